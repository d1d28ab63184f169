package dev.tutti.services.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.functions.Configuration;
import dev.tutti.core.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the settings of CreateFunction and UpdateFunctionConfiguration, and checks them. */
final class Settings {
  /** In the order in which Lambda names them. */
  private static final List<String> RUNTIMES =
      List.of(
          "nodejs20.x",
          "python3.14",
          "provided.al2023",
          "python3.12",
          "python3.13",
          "nodejs24.x",
          "nodejs22.x",
          "java25",
          "python3.10",
          "python3.11",
          "java21",
          "ruby3.3",
          "ruby3.4",
          "ruby3.2",
          "python3.8",
          "python3.9",
          "java17",
          "nodejs16.x",
          "dotnet10",
          "dotnet8",
          "java11",
          "dotnet6",
          "nodejs18.x",
          "provided.al2",
          "java8.al2");

  private static final Set<String> RETIRED =
      Set.of(
          "nodejs",
          "nodejs4.3",
          "nodejs4.3-edge",
          "nodejs6.10",
          "nodejs8.10",
          "nodejs10.x",
          "nodejs12.x",
          "nodejs14.x",
          "java8",
          "python2.7",
          "python3.6",
          "python3.7",
          "dotnetcore1.0",
          "dotnetcore2.0",
          "dotnetcore2.1",
          "dotnetcore3.1",
          "go1.x",
          "ruby2.5",
          "ruby2.7",
          "provided");

  /** What would change how a function runs, and isn't done here. */
  private static final List<String> UNSUPPORTED =
      List.of(
          "Layers",
          "FileSystemConfigs",
          "VpcConfig",
          "ImageConfig",
          "KMSKeyArn",
          "CodeSigningConfigArn",
          "TenancyConfig",
          "CapacityProviderConfig",
          "DurableConfig");

  private static final Set<String> RESERVED =
      Set.of(
          "_HANDLER",
          "_X_AMZN_TRACE_ID",
          "AWS_DEFAULT_REGION",
          "AWS_REGION",
          "AWS_EXECUTION_ENV",
          "AWS_LAMBDA_FUNCTION_NAME",
          "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
          "AWS_LAMBDA_FUNCTION_VERSION",
          "AWS_LAMBDA_INITIALIZATION_TYPE",
          "AWS_LAMBDA_LOG_GROUP_NAME",
          "AWS_LAMBDA_LOG_STREAM_NAME",
          "AWS_ACCESS_KEY",
          "AWS_ACCESS_KEY_ID",
          "AWS_SECRET_ACCESS_KEY",
          "AWS_SESSION_TOKEN",
          "AWS_LAMBDA_RUNTIME_API",
          "LAMBDA_TASK_ROOT",
          "LAMBDA_RUNTIME_DIR");

  private static final int MAX_ENVIRONMENT_BYTES = 4096;

  private Settings() {}

  /**
   * What a request asks for.
   *
   * @throws dev.tutti.wire.ServiceError where it is refused by Lambda, or isn't done here
   */
  static Configuration.Change of(JsonNode input) {
    refuseUnsupported(input);
    JsonNode logging = input.path("LoggingConfig");
    return new Configuration.Change(
        text(input, "Role"),
        runtime(input),
        text(input, "Handler"),
        text(input, "Description"),
        number(input, "Timeout"),
        number(input, "MemorySize"),
        number(input.path("EphemeralStorage"), "Size"),
        environment(input),
        architectures(input),
        text(input.path("TracingConfig"), "Mode"),
        text(input.path("SnapStart"), "ApplyOn"),
        text(logging, "LogFormat"),
        text(logging, "LogGroup"),
        text(logging, "ApplicationLogLevel"),
        text(logging, "SystemLogLevel"),
        deadLetters(input));
  }

  /** Who gets events that were given up; empty takes it back. */
  private static @Nullable String deadLetters(JsonNode input) {
    String arn = text(input.path("DeadLetterConfig"), "TargetArn");
    if (arn == null || arn.isEmpty()) {
      return arn;
    }
    String[] parts = arn.split(":", -1);
    if (parts.length != 6 || !List.of("sns", "sqs").contains(parts[2])) {
      throw Errors.invalid("The dead letter target " + arn + " is neither a queue nor a topic.");
    }
    return arn;
  }

  /** Refuses what isn't done here by its name; an empty value asks for nothing. */
  private static void refuseUnsupported(JsonNode input) {
    for (String member : UNSUPPORTED) {
      if (asksFor(input.path(member))) {
        throw Errors.invalid(member + " is not supported here yet.");
      }
    }
    if (input.path("PackageType").asText("Zip").equals("Image")) {
      throw Errors.invalid("PackageType Image is not supported here yet.");
    }
  }

  private static boolean asksFor(JsonNode value) {
    if (value.isContainerNode()) {
      for (JsonNode each : value) {
        if (asksFor(each)) {
          return true;
        }
      }
      return false;
    }
    return value.isTextual() ? !value.asText().isEmpty() : value.isNumber() || value.asBoolean();
  }

  private static @Nullable String runtime(JsonNode input) {
    String runtime = text(input, "Runtime");
    if (runtime == null || RUNTIMES.contains(runtime)) {
      return runtime;
    }
    if (RETIRED.contains(runtime)) {
      throw Errors.invalid(
          "The runtime parameter of "
              + runtime
              + " is no longer supported for creating or updating AWS Lambda functions. We"
              + " recommend you use a supported runtime while creating or updating functions.");
    }
    throw Errors.invalid(
        "Value "
            + runtime
            + " at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: "
            + RUNTIMES
            + " or be a valid ARN");
  }

  private static @Nullable Map<String, String> environment(JsonNode input) {
    JsonNode environment = input.path("Environment");
    if (!environment.isObject()) {
      return null;
    }
    JsonNode variables = environment.path("Variables");
    Map<String, String> all = new LinkedHashMap<>();
    variables.properties().forEach(each -> all.put(each.getKey(), each.getValue().asText()));
    TreeSet<String> reserved = new TreeSet<>(all.keySet());
    reserved.retainAll(RESERVED);
    if (!reserved.isEmpty()) {
      throw Errors.invalid(
          "Lambda was unable to configure your environment variables because the environment"
              + " variables you have provided contains reserved keys that are currently not"
              + " supported for modification. Reserved keys used in this request: "
              + String.join(", ", reserved));
    }
    String measured = variables.isObject() ? Json.write(variables) : "{}";
    if (measured.getBytes(StandardCharsets.UTF_8).length > MAX_ENVIRONMENT_BYTES) {
      throw Errors.invalid(
          "Lambda was unable to configure your environment variables because the environment"
              + " variables you have provided exceeded the 4KB limit. String measured: "
              + measured);
    }
    return all;
  }

  static @Nullable List<String> architectures(JsonNode input) {
    JsonNode given = input.path("Architectures");
    if (!given.isArray() || given.isEmpty()) {
      return null;
    }
    List<String> architectures = new ArrayList<>();
    given.forEach(each -> architectures.add(each.asText()));
    return architectures;
  }

  static @Nullable String text(JsonNode input, String member) {
    JsonNode value = input.path(member);
    return value.isTextual() ? value.asText() : null;
  }

  static @Nullable Integer number(JsonNode input, String member) {
    JsonNode value = input.path(member);
    return value.isNumber() ? value.asInt() : null;
  }

  static Map<String, String> texts(JsonNode members) {
    Map<String, String> texts = new LinkedHashMap<>();
    members.properties().forEach(each -> texts.put(each.getKey(), each.getValue().asText()));
    return texts;
  }
}
