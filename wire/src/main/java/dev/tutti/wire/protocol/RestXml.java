package dev.tutti.wire.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.wire.ServiceError;
import dev.tutti.wire.message.Parameters;
import dev.tutti.wire.message.Request;
import dev.tutti.wire.message.Response;
import dev.tutti.wire.model.Member;
import dev.tutti.wire.model.Operation;
import dev.tutti.wire.model.ServiceModel;
import dev.tutti.wire.model.Shape;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * REST with XML, as S3 speaks it: as {@link RestJson}, but bodies that aren't bytes are XML, and a
 * query parameter that the operation doesn't know names another operation, one that isn't here.
 */
final class RestXml implements Protocol {
  private static final String XML = "application/xml";
  private static final int NOT_MODIFIED = 304;

  private final ServiceModel model;
  private final List<PathTemplate> templates;

  RestXml(ServiceModel model) {
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
    return Dialect.REST_XML;
  }

  @Override
  public Target target(Request request) {
    List<String> whole = PathTemplate.splitWhole(request.path());
    List<String> path =
        whole.size() == 2 && whole.getLast().isEmpty() ? whole.subList(0, 1) : whole;
    Parameters parameters = Parameters.parse(request.query());
    for (PathTemplate template : templates) {
      Map<String, String> labels = template.match(request.method(), path, parameters);
      if (labels != null && knowsAll(template, parameters)) {
        return new Target(template.operation(), labels);
      }
    }
    throw Dialect.REST_XML.unknownOperation(
        "The service %s has no operation %s %s%s here"
            .formatted(
                model.metadata().name(),
                request.method(),
                request.path(),
                request.query().isEmpty() ? "" : "?" + request.query()));
  }

  private static boolean knowsAll(PathTemplate template, Parameters parameters) {
    return parameters.names().stream()
        .allMatch(name ->
            name.equals("x-id")
                || name.startsWith("X-Amz-")
                || template.demands(name)
                || template.operation().input().members().values().stream()
                    .anyMatch(member ->
                        member.location() == Member.Location.QUERY
                            && member.wireName().equals(name)));
  }

  @Override
  public ObjectNode read(Target target, Request request) {
    Shape.Structure shape = target.operation().input();
    ObjectNode input = RestInput.outsideBody(shape, target, request);
    String payload = shape.payload();
    byte[] body = Chunks.joined(request);
    if (payload == null) {
      return input;
    }
    Shape whole = JsonOutput.member(shape, payload).shape();
    if (whole instanceof Shape.Blob) {
      input.put(payload, Base64.getEncoder().encodeToString(body));
    } else if (body.length > 0) {
      input.set(payload, XmlInput.read(whole, body));
    }
    return input;
  }

  @Override
  public Response answer(Operation operation, JsonNode output, String requestId) {
    Shape.Structure shape = operation.output();
    Map<String, String> headers = headers(shape, output, operation.method().equals("HEAD"));
    if (shape.payload() != null) {
      String bytes = output.path(shape.payload()).asText("");
      int status = headers.containsKey("Content-Range") ? 206 : operation.status();
      return new Response(status, headers, Base64.getDecoder().decode(bytes));
    }
    ObjectNode members = Json.object();
    for (var entry : output.properties()) {
      if (JsonOutput.member(shape, entry.getKey()).location() == Member.Location.BODY) {
        members.set(entry.getKey(), entry.getValue());
      }
    }
    boolean hasBody =
        shape.members().values().stream().anyMatch(m -> m.location() == Member.Location.BODY);
    if (!hasBody) {
      return new Response(operation.status(), headers, new byte[0]);
    }
    String wrapper = operation.resultWrapper();
    String root = wrapper == null ? operation.name() + "Result" : wrapper;
    Xml xml = new Xml().root(root, model.metadata().xmlNamespace());
    XmlOutput.members(xml, shape, members);
    headers.put("Content-Type", XML);
    return new Response(operation.status(), headers, xml.close(root).bytes());
  }

  /**
   * Members that are headers.
   *
   * @param head whether the length of the content has to be told, since there is none
   */
  private static Map<String, String> headers(Shape.Structure shape, JsonNode output, boolean head) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (var entry : output.properties()) {
      Member member = JsonOutput.member(shape, entry.getKey());
      JsonNode value = entry.getValue();
      if (value.isNull() || (!head && member.wireName().equals("Content-Length"))) {
        continue;
      }
      if (member.location() == Member.Location.HEADER) {
        headers.put(member.wireName(), text(member, value));
      } else if (member.location() == Member.Location.HEADERS) {
        value
            .properties()
            .forEach(
                each -> headers.put(member.wireName() + each.getKey(), each.getValue().asText()));
      }
    }
    return headers;
  }

  private static String text(Member member, JsonNode value) {
    if (member.shape() instanceof Shape.Timestamp timestamp) {
      String own = timestamp.format();
      return Timestamps.write(own == null ? Timestamps.RFC822 : own, value.decimalValue());
    }
    return JsonOutput.value(member.shape(), null, value).asText();
  }

  /** An error, by its code; one that may have no content says in headers what it says. */
  static Response refusal(int status, ServiceError error, @Nullable String requestId) {
    if (status == NOT_MODIFIED) {
      Map<String, String> headers = new LinkedHashMap<>();
      for (var member : error.members().properties()) {
        headers.put(member.getKey(), member.getValue().asText());
      }
      return new Response(status, headers, new byte[0]);
    }
    Xml xml = new Xml().root("Error", "");
    xml.text("Code", error.code()).text("Message", error.getMessage());
    for (var member : error.members().properties()) {
      xml.text(member.getKey(), member.getValue().asText());
    }
    xml.text("RequestId", String.valueOf(requestId));
    return new Response(status, Map.of("Content-Type", XML), xml.close("Error").bytes());
  }
}
