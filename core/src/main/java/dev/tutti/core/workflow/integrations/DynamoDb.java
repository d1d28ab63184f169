package dev.tutti.core.workflow.integrations;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.asl.Resource;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Request;
import java.util.Set;

/**
 * {@code dynamodb:getItem}, {@code putItem}, {@code updateItem} and {@code deleteItem}: the
 * operation as it is called, wherever DynamoDB is.
 */
record DynamoDb(String operation) implements Integration {
  private static final Set<String> ACTIONS =
      Set.of("getItem", "putItem", "updateItem", "deleteItem");

  /** Errors that DynamoDB answers and its model has no class for. */
  private static final Set<String> WITHOUT_CLASS =
      Set.of(
          "AccessDeniedException",
          "IncompleteSignatureException",
          "MissingAuthenticationTokenException",
          "SerializationException",
          "UnknownOperationException",
          "UnrecognizedClientException",
          "ValidationException");

  /** The integration of an action; {@link Unsupported} where it isn't one of the four. */
  static Integration of(String action) {
    return ACTIONS.contains(action)
        ? new DynamoDb(Character.toUpperCase(action.charAt(0)) + action.substring(1))
        : new Unsupported();
  }

  @Override
  public Set<Resource.Pattern> patterns() {
    return Set.of(Resource.Pattern.REQUEST_RESPONSE);
  }

  @Override
  public String lane(Work work) {
    return "dynamodb/" + work.parameters().path("TableName").asText();
  }

  @Override
  public Request request(Work work) {
    ObjectNode input = Json.object();
    work.parameters()
        .properties()
        .forEach(member -> {
          if (!member.getValue().isNull()) {
            input.set(member.getKey(), member.getValue()); // null is none, as in an SDK
          }
        });
    return new Request.Operation(work.context(), work.region(), "dynamodb", operation, input);
  }

  @Override
  public Result result(Work work, Outcome outcome, long millis) {
    return switch (outcome) {
      case Outcome.Succeeded done -> {
        ObjectNode output = Json.object();
        if (done.output() instanceof ObjectNode members) {
          output.setAll(members);
        }
        int length = Json.bytes(done.output()).length;
        Answers.describe(
            output, work, Answers.headers(work, length, "application/x-amz-json-1.0", millis));
        yield new Result.Output(output);
      }
      case Outcome.Failed failed -> {
        Result.Failure failure = Answers.failure(work, failed, "DynamoDB", "AmazonDynamoDBv2");
        yield WITHOUT_CLASS.contains(failed.error())
            ? new Result.Failure("DynamoDB.AmazonDynamoDBException", failure.cause())
            : failure;
      }
    };
  }
}
