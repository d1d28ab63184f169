package dev.tutti.core.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Ids;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** A function as Lambda's API shows it. */
public final class FunctionJson {
  private static final DateTimeFormatter MODIFIED =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'+0000'").withZone(ZoneOffset.UTC);
  private static final String REASON = "The function is being created.";

  private FunctionJson() {}

  /**
   * A {@code FunctionConfiguration} with its state.
   *
   * @param qualifier as the caller named it; empty leaves the ARN unqualified
   */
  public static ObjectNode configuration(Function function, Release release, String qualifier) {
    ObjectNode json = listed(function, release, qualifier);
    return release.number() == 0 ? state(json, function.phase()) : settled(json);
  }

  /** As {@link #configuration}, of a version that was published in the same request as its code. */
  static ObjectNode created(Function function, Release release, String qualifier) {
    return state(listed(function, release, qualifier), Function.Phase.CREATING);
  }

  /** As {@link #configuration}, without state: so lists show it. */
  public static ObjectNode listed(Function function, Release release, String qualifier) {
    Configuration of = release.configuration();
    ObjectNode json = Json.object();
    json.put("FunctionName", function.name());
    json.put(
        "FunctionArn", qualifier.isEmpty() ? function.arn() : function.arn() + ':' + qualifier);
    json.put("Runtime", of.runtime()).put("Role", of.role()).put("Handler", of.handler());
    json.put("CodeSize", release.code().sizeBytes());
    json.put("Description", of.description());
    json.put("Timeout", of.timeoutSeconds()).put("MemorySize", of.memoryMegabytes());
    json.put("LastModified", MODIFIED.format(Instant.ofEpochMilli(release.modifiedMillis())));
    json.put("CodeSha256", release.code().sha256());
    json.put("Version", release.version());
    if (of.environment() != null) {
      ObjectNode variables = json.putObject("Environment").putObject("Variables");
      of.environment().forEach(variables::put);
    }
    json.putObject("TracingConfig").put("Mode", of.tracing());
    if (of.deadLetters() != null && !of.deadLetters().isEmpty()) {
      json.putObject("DeadLetterConfig").put("TargetArn", of.deadLetters());
    }
    json.put("RevisionId", release.revision());
    json.put("PackageType", "Zip");
    of.architectures().forEach(json.putArray("Architectures")::add);
    json.putObject("EphemeralStorage").put("Size", of.storageMegabytes());
    json.putObject("SnapStart").put("ApplyOn", of.snapStart()).put("OptimizationStatus", "Off");
    json.putObject("RuntimeVersionConfig")
        .put(
            "RuntimeVersionArn",
            "arn:aws:lambda:" + function.region() + "::runtime:" + Ids.hex(of.runtime(), 64));
    json.set("LoggingConfig", logging(of.logging()));
    return json;
  }

  private static JsonNode logging(Logging logging) {
    ObjectNode json = Json.object();
    json.put("LogFormat", logging.format());
    if (logging.applicationLevel() != null) {
      json.put("ApplicationLogLevel", logging.applicationLevel());
    }
    if (logging.systemLevel() != null) {
      json.put("SystemLogLevel", logging.systemLevel());
    }
    return json.put("LogGroup", logging.group());
  }

  private static ObjectNode state(ObjectNode json, Function.Phase phase) {
    return switch (phase) {
      case CREATING ->
          json.put("State", "Pending")
              .put("StateReason", REASON)
              .put("StateReasonCode", "Creating");
      case UPDATING ->
          json.put("State", "Active")
              .put("LastUpdateStatus", "InProgress")
              .put("LastUpdateStatusReason", REASON)
              .put("LastUpdateStatusReasonCode", "Creating");
      case SETTLED -> settled(json);
    };
  }

  private static ObjectNode settled(ObjectNode json) {
    return json.put("State", "Active").put("LastUpdateStatus", "Successful");
  }

  /** An {@code AliasConfiguration}. */
  public static ObjectNode alias(Function function, Alias alias) {
    ObjectNode json = Json.object();
    json.put("AliasArn", function.arn() + ':' + alias.name());
    json.put("Name", alias.name());
    json.put("FunctionVersion", alias.version());
    json.put("Description", alias.description());
    if (!alias.weights().isEmpty()) {
      ObjectNode weights = json.putObject("RoutingConfig").putObject("AdditionalVersionWeights");
      alias.weights().forEach(weights::put);
    }
    return json.put("RevisionId", alias.revision());
  }

  /** A {@code FunctionEventInvokeConfig}; {@code LastModified} in epoch seconds. */
  public static ObjectNode eventInvoke(
      Function function, String qualifier, EventInvoke eventInvoke) {
    ObjectNode json = Json.object();
    json.put("LastModified", eventInvoke.modifiedMillis() / 1000.0);
    json.put("FunctionArn", function.arn() + ':' + (qualifier.isEmpty() ? "$LATEST" : qualifier));
    if (eventInvoke.retries() != null) {
      json.put("MaximumRetryAttempts", eventInvoke.retries());
    }
    if (eventInvoke.maxAgeSeconds() != null) {
      json.put("MaximumEventAgeInSeconds", eventInvoke.maxAgeSeconds());
    }
    ObjectNode destinations = json.putObject("DestinationConfig");
    destination(destinations.putObject("OnSuccess"), eventInvoke.onSuccess());
    destination(destinations.putObject("OnFailure"), eventInvoke.onFailure());
    return json;
  }

  private static void destination(ObjectNode json, @Nullable String arn) {
    if (arn != null) {
      json.put("Destination", arn);
    }
  }
}
