package dev.tutti.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import dev.tutti.services.parked.Workbench;
import dev.tutti.wire.ServiceError;
import dev.tutti.wire.http.Route;
import dev.tutti.wire.message.Parameters;
import dev.tutti.wire.message.Request;
import dev.tutti.wire.message.Response;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The workbench over HTTP.
 *
 * <pre>
 * GET  /_tutti/parked?context&amp;rule&amp;target&amp;cause&amp;group&amp;event&amp;since&amp;until&amp;after&amp;limit
 * GET  /_tutti/parked/groups?...
 * GET  /_tutti/parked/show?delivery
 * POST /_tutti/parked/edit     {Delivery, Payload}
 * POST /_tutti/parked/redrive  {Delivery} or {Group} or {All: true}, and a filter
 * POST /_tutti/parked/discard  the same, with Reason
 * </pre>
 */
final class ParkedPages {
  /** Parameters of a query to the members of a filter. */
  private static final Map<String, String> MEMBERS =
      Map.of(
          "context", "Context",
          "rule", "Rule",
          "target", "Target",
          "cause", "Cause",
          "group", "Group",
          "event", "EventId",
          "after", "After");

  private static final Map<String, String> NUMBERS =
      Map.of("since", "Since", "until", "Until", "limit", "Limit");

  private final Workbench workbench;

  ParkedPages(Workbench workbench) {
    this.workbench = workbench;
  }

  /** The more particular first, as the first that matches answers. */
  List<Route> routes() {
    return List.of(
        get("/_tutti/parked/groups", request -> workbench.groups(filter(request))),
        get("/_tutti/parked/show", request -> workbench.show(parameter(request, "delivery"))),
        get("/_tutti/parked", request -> workbench.list(filter(request))),
        post("/_tutti/parked/edit", this::edit),
        post("/_tutti/parked/redrive", body -> change(body, "Redrive")),
        post("/_tutti/parked/discard", body -> change(body, "Discard")));
  }

  private interface Getting {
    JsonNode get(Request request);
  }

  private interface Posting {
    JsonNode post(ObjectNode body);
  }

  private static Route get(String path, Getting page) {
    return new Route("GET", path, request -> answer(() -> page.get(request)));
  }

  private static Route post(String path, Posting page) {
    return new Route("POST", path, request -> answer(() -> page.post(object(request))));
  }

  private static Response answer(Supplier<JsonNode> page) {
    try {
      return Response.text(200, "application/json", Json.write(page.get()));
    } catch (ServiceError e) {
      return message(e.status(), e.getMessage());
    } catch (MalformedJson | NumberFormatException e) {
      return message(400, e.getMessage());
    }
  }

  private static Response message(int status, @Nullable String message) {
    return Response.text(
        status, "application/json", Json.write(Json.object().put("message", message)));
  }

  private static ObjectNode object(Request request) {
    if (Json.parse(request.body()) instanceof ObjectNode object) {
      return object;
    }
    throw new ServiceError("ValidationException", "The content has to be a JSON object.");
  }

  private static String parameter(Request request, String name) {
    String value = request.parameters().first(name);
    return value == null ? "" : value;
  }

  private static ObjectNode filter(Request request) {
    ObjectNode filter = Json.object();
    Parameters given = request.parameters();
    MEMBERS.forEach((name, member) -> {
      String value = given.first(name);
      if (value != null) {
        filter.put(member, value);
      }
    });
    NUMBERS.forEach((name, member) -> {
      String value = given.first(name);
      if (value != null) {
        filter.put(member, Long.parseLong(value));
      }
    });
    return filter;
  }

  private JsonNode edit(ObjectNode body) {
    workbench.edit(body.path("Delivery").asText(), body.path("Payload").asText());
    return Json.object();
  }

  private JsonNode change(ObjectNode body, String operation) {
    String delivery = body.path("Delivery").asText("");
    String reason = body.path("Reason").asText("");
    if (delivery.isEmpty()) {
      if (!body.path("All").asBoolean() && body.path("Group").asText("").isEmpty()) {
        throw new ServiceError(
            "ValidationException", "Name a Delivery, or a Group, or say All: true.");
      }
      return Json.object().put("Changed", workbench.changeAll(body, operation, reason));
    }
    if (operation.equals("Redrive")) {
      workbench.redrive(delivery);
    } else {
      workbench.discard(delivery, reason);
    }
    return Json.object().put("Changed", 1);
  }
}
