package dev.tutti.wire.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.wire.ServiceError;
import dev.tutti.wire.message.Request;
import dev.tutti.wire.message.Response;
import dev.tutti.wire.model.Operation;
import dev.tutti.wire.model.ServiceModel;

/** How one service is spoken to. Stateless; any number of requests at once. */
public interface Protocol {
  /** The protocol that a service's model names. */
  static Protocol of(ServiceModel model) {
    String name = model.metadata().protocol();
    return switch (name) {
      case "json" -> new AwsJson(model);
      case "query" -> new AwsQuery(model);
      case "rest-json" -> new RestJson(model);
      case "rest-xml" -> new RestXml(model);
      default -> throw new IllegalArgumentException("no such protocol: " + name);
    };
  }

  /** The query protocol of a service that kept it beside the one that its model names. */
  static Protocol formerOf(ServiceModel model) {
    return new AwsQuery(model);
  }

  ServiceModel model();

  Dialect dialect();

  /**
   * Finds the operation.
   *
   * @throws ServiceError naming the operation, where the service has none of that name
   */
  Target target(Request request);

  /**
   * Reads an operation's input: members by their model names, of the right types, nothing that the
   * model doesn't know. Constraints are not checked.
   *
   * @throws ServiceError {@code SerializationException} where a type is wrong
   */
  ObjectNode read(Target target, Request request);

  /**
   * Answers an output.
   *
   * @throws UnknownOutput where the output has what the model doesn't
   */
  Response answer(Operation operation, JsonNode output, String requestId);

  /** Answers an error: the status and members of the model's error shape where it has one. */
  default Response refuse(ServiceError error, String requestId) {
    return dialect().refuse(error, model(), requestId);
  }
}
