package dev.tutti.services.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.events.HttpParameters;
import dev.tutti.core.events.Target;
import dev.tutti.core.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A target in AWS's form. */
final class TargetMembers {
  private static final String[] UNSUPPORTED = {
    "KinesisParameters",
    "RunCommandParameters",
    "EcsParameters",
    "BatchParameters",
    "RedshiftDataParameters",
    "SageMakerPipelineParameters",
    "AppSyncParameters"
  };

  private TargetMembers() {}

  static Target read(JsonNode target) {
    Members.refuse(target, UNSUPPORTED);
    JsonNode transformer = target.path("InputTransformer");
    JsonNode retry = target.path("RetryPolicy");
    return new Target(
        Members.required(target, "Id"),
        Members.required(target, "Arn"),
        Members.text(target, "RoleArn"),
        Members.text(target, "Input"),
        Members.text(target, "InputPath"),
        transformer.isObject() ? transformer(transformer) : null,
        number(retry, "MaximumRetryAttempts"),
        number(retry, "MaximumEventAgeInSeconds"),
        Members.text(target.path("SqsParameters"), "MessageGroupId"),
        Members.text(target.path("DeadLetterConfig"), "Arn"),
        target.path("HttpParameters").isObject()
            ? HttpParameters.of(target.path("HttpParameters"))
            : null);
  }

  private static Target.Transformer transformer(JsonNode transformer) {
    Map<String, String> paths = new LinkedHashMap<>();
    transformer
        .path("InputPathsMap")
        .properties()
        .forEach(path -> paths.put(path.getKey(), path.getValue().asText()));
    return new Target.Transformer(paths, Members.required(transformer, "InputTemplate"));
  }

  private static @Nullable Integer number(JsonNode input, String member) {
    return input.path(member).isNumber() ? (Integer) input.path(member).intValue() : null;
  }

  static ObjectNode write(Target target) {
    ObjectNode output = Json.object().put("Id", target.id()).put("Arn", target.arn());
    put(output, "RoleArn", target.roleArn());
    put(output, "Input", target.input());
    put(output, "InputPath", target.inputPath());
    Target.Transformer transformer = target.transformer();
    if (transformer != null) {
      ObjectNode written = output.putObject("InputTransformer");
      if (!transformer.paths().isEmpty()) {
        ObjectNode paths = written.putObject("InputPathsMap");
        transformer.paths().forEach(paths::put);
      }
      written.put("InputTemplate", transformer.template());
    }
    Integer attempts = target.maximumRetryAttempts();
    Integer seconds = target.maximumEventAgeInSeconds();
    if (attempts != null || seconds != null) {
      ObjectNode retry = output.putObject("RetryPolicy");
      if (attempts != null) {
        retry.put("MaximumRetryAttempts", attempts);
      }
      if (seconds != null) {
        retry.put("MaximumEventAgeInSeconds", seconds);
      }
    }
    if (target.messageGroup() != null) {
      output.putObject("SqsParameters").put("MessageGroupId", target.messageGroup());
    }
    if (target.http() != null) {
      output.set("HttpParameters", target.http().members());
    }
    if (target.deadLetterArn() != null) {
      output.putObject("DeadLetterConfig").put("Arn", target.deadLetterArn());
    }
    return output;
  }

  private static void put(ObjectNode output, String member, @Nullable String text) {
    if (text != null) {
      output.put(member, text);
    }
  }
}
