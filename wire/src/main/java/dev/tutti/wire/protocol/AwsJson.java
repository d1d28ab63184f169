package dev.tutti.wire.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.wire.message.Request;
import dev.tutti.wire.message.Response;
import dev.tutti.wire.model.Operation;
import dev.tutti.wire.model.ServiceModel;
import java.util.Map;

/** AWS JSON 1.0 and 1.1: {@code X-Amz-Target} names the operation, bodies are JSON objects. */
final class AwsJson implements Protocol {
  private final ServiceModel model;
  private final Map<String, String> headers;

  AwsJson(ServiceModel model) {
    this.model = model;
    this.headers =
        Map.of("Content-Type", "application/x-amz-json-" + model.metadata().jsonVersion());
  }

  @Override
  public ServiceModel model() {
    return model;
  }

  @Override
  public Dialect dialect() {
    return Dialect.JSON;
  }

  @Override
  public Target target(Request request) {
    String target = request.header("X-Amz-Target");
    String name = target == null ? "" : target.substring(target.lastIndexOf('.') + 1);
    return model
        .operation(name)
        .map(operation -> new Target(operation, Map.of()))
        .orElseThrow(() ->
            Dialect.JSON.unknownOperation(
                "The service " + model.metadata().name() + " has no operation " + name));
  }

  @Override
  public ObjectNode read(Target target, Request request) {
    return JsonInput.structure(target.operation().input(), JsonInput.body(request.body()));
  }

  @Override
  public Response answer(Operation operation, JsonNode output, String requestId) {
    return new Response(
        operation.status(), headers, Json.bytes(JsonOutput.structure(operation.output(), output)));
  }
}
