package dev.tutti.wire.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.wire.message.Request;
import dev.tutti.wire.message.Response;
import dev.tutti.wire.model.Member;
import dev.tutti.wire.model.Operation;
import dev.tutti.wire.model.ServiceModel;
import dev.tutti.wire.model.Shape;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * REST with JSON: method and path name the operation; members are parts of the path, query
 * parameters, headers, the status, members of a JSON body or the body as a whole.
 */
final class RestJson implements Protocol {
  private final ServiceModel model;
  private final List<PathTemplate> templates;

  RestJson(ServiceModel model) {
    this.model = model;
    this.templates =
        model.operations().stream()
            .map(PathTemplate::new)
            .sorted(Comparator.comparingInt(PathTemplate::literals).reversed())
            .toList();
  }

  @Override
  public ServiceModel model() {
    return model;
  }

  @Override
  public Dialect dialect() {
    return Dialect.REST;
  }

  @Override
  public Target target(Request request) {
    List<String> path = PathTemplate.split(request.path());
    for (PathTemplate template : templates) {
      Map<String, String> labels = template.match(request.method(), path, request.parameters());
      if (labels != null) {
        return new Target(template.operation(), labels);
      }
    }
    throw Dialect.REST.unknownOperation(
        "The service %s has no operation %s %s"
            .formatted(model.metadata().name(), request.method(), request.path()));
  }

  @Override
  public ObjectNode read(Target target, Request request) {
    Shape.Structure shape = target.operation().input();
    ObjectNode input = RestInput.outsideBody(shape, target, request);
    String payload = shape.payload();
    if (payload == null) {
      boolean hasBody =
          shape.members().values().stream()
              .anyMatch(member -> member.location() == Member.Location.BODY);
      if (hasBody) {
        input.setAll(JsonInput.structure(shape, JsonInput.body(request.body())));
      }
    } else if (request.body().length > 0) {
      Shape whole = JsonOutput.member(shape, payload).shape();
      input.set(payload, RestInput.payload(whole, request.body()));
    }
    return input;
  }

  @Override
  public Response answer(Operation operation, JsonNode output, String requestId) {
    Shape.Structure shape = operation.output();
    ObjectNode members = JsonOutput.structure(shape, output);
    int status = operation.status();
    Map<String, String> headers = new LinkedHashMap<>();
    for (var entry : output.properties()) {
      Member member = JsonOutput.member(shape, entry.getKey());
      JsonNode value = entry.getValue();
      if (value.isNull()) {
        continue;
      }
      if (member.location() == Member.Location.STATUS) {
        status = value.intValue();
      } else if (member.location() == Member.Location.HEADER) {
        headers.put(member.wireName(), header(member, value));
      }
    }
    byte[] body = body(shape, members);
    if (status == 204 || shape.members().isEmpty()) {
      body = new byte[0];
    }
    if (body.length > 0) {
      headers.put("Content-Type", "application/json");
    }
    return new Response(status, headers, body);
  }

  private static byte[] body(Shape.Structure shape, ObjectNode members) {
    String payload = shape.payload();
    if (payload == null) {
      return Json.bytes(members);
    }
    Member member = JsonOutput.member(shape, payload);
    @Nullable JsonNode whole = members.get(member.wireName());
    if (whole == null) {
      return new byte[0];
    }
    return switch (member.shape()) {
      case Shape.Blob _ -> Base64.getDecoder().decode(whole.textValue());
      case Shape.Text _ -> whole.textValue().getBytes(StandardCharsets.UTF_8);
      case Shape.Structure _, Shape.Listing _, Shape.Mapping _ -> Json.bytes(whole);
      case Shape.Whole _, Shape.Decimal _, Shape.Flag _, Shape.Timestamp _ -> Json.bytes(whole);
    };
  }

  private static String header(Member member, JsonNode value) {
    if (member.shape() instanceof Shape.Timestamp timestamp) {
      String format = member.timestampFormat();
      String own = format == null ? timestamp.format() : format;
      return Timestamps.write(own == null ? Timestamps.RFC822 : own, value.decimalValue());
    }
    return JsonOutput.value(member.shape(), null, value).asText();
  }
}
