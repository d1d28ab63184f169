package dev.tutti.wire.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.wire.message.Request;
import dev.tutti.wire.message.Response;
import dev.tutti.wire.model.Metadata;
import dev.tutti.wire.model.Operation;
import dev.tutti.wire.model.ServiceModel;
import dev.tutti.wire.model.Shape;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The AWS query protocol: {@code Action} names the operation, members are parameters of a form or
 * query string, answers are XML. What a request of SQS's is about may be the path that it goes to.
 */
final class AwsQuery implements Protocol {
  private static final Map<String, String> HEADERS = Map.of("Content-Type", "text/xml");

  /** The member that a path of two parts stands for where it isn't given, by service. */
  private static final Map<String, String> ADDRESSED = Map.of("sqs", "QueueUrl");

  private static final Pattern ADDRESS = Pattern.compile("/[^/]+/[^/]+/?");

  private final ServiceModel model;

  AwsQuery(ServiceModel model) {
    this.model = model;
  }

  @Override
  public ServiceModel model() {
    return model;
  }

  @Override
  public Dialect dialect() {
    return Dialect.QUERY;
  }

  @Override
  public Target target(Request request) {
    String action = request.parameters().first("Action");
    Metadata metadata = model.metadata();
    return model
        .operation(action == null ? "" : action)
        .map(operation -> new Target(operation, Map.of()))
        .orElseThrow(() ->
            Dialect.QUERY.unknownOperation(
                "Could not find operation %s for version %s"
                    .formatted(action, metadata.apiVersion())));
  }

  @Override
  public ObjectNode read(Target target, Request request) {
    Shape.Structure shape = target.operation().input();
    ObjectNode input = QueryInput.read(shape, request.parameters());
    String member = ADDRESSED.get(model.metadata().name());
    if (member != null
        && shape.members().containsKey(member)
        && !input.has(member)
        && ADDRESS.matcher(request.path()).matches()) {
      input.put(member, request.path());
    }
    return input;
  }

  @Override
  public Response answer(Operation operation, JsonNode output, String requestId) {
    String name = operation.name() + "Response";
    Xml xml = new Xml().root(name, model.metadata().xmlNamespace());
    String wrapper = operation.resultWrapper();
    if (wrapper == null) {
      XmlOutput.members(xml, operation.output(), output);
    } else {
      xml.open(wrapper);
      XmlOutput.members(xml, operation.output(), output);
      xml.close(wrapper);
    }
    xml.open("ResponseMetadata").text("RequestId", requestId).close("ResponseMetadata");
    return new Response(operation.status(), HEADERS, xml.close(name).bytes());
  }
}
