package dev.tutti.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.contexts.ContextCatalogue;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import dev.tutti.runner.code.CodeStore;
import dev.tutti.services.map.MapReader;
import dev.tutti.services.sns.SigningKey;
import dev.tutti.services.trace.TraceReader;
import dev.tutti.wire.http.Route;
import dev.tutti.wire.message.Request;
import dev.tutti.wire.message.Response;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The runtime's own pages, JSON under {@code /_tutti/}, and {@code /health}. */
final class Pages {
  private static final Logger LOG = LoggerFactory.getLogger(Pages.class);
  private static final int ROOTS_SHOWN = 50;

  private final TraceReader traces;
  private final MapReader map;
  private final Deploying deploying;
  private final CodeStore code;
  private final ContextCatalogue contexts;
  private final SigningKey seal;

  Pages(
      TraceReader traces,
      MapReader map,
      Deploying deploying,
      CodeStore code,
      ContextCatalogue contexts,
      SigningKey seal) {
    this.seal = seal;
    this.contexts = contexts;
    this.traces = traces;
    this.map = map;
    this.deploying = deploying;
    this.code = code;
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", "/health", request -> json(200, Json.object().put("status", "ok"))),
        new Route("GET", SigningKey.PATH_PREFIX, this::certificate),
        new Route("GET", "/_tutti/traces", request -> guarded(this::roots)),
        new Route("GET", "/_tutti/trace/", request -> guarded(() -> trace(request))),
        new Route("GET", "/_tutti/map", request -> guarded(() -> json(200, map.read()))),
        new Route("GET", "/_tutti/code/", request -> guarded(() -> code(request))),
        new Route("POST", "/_tutti/deploy", request -> guarded(() -> deploy(request))),
        new Route("POST", "/_tutti/remove", request -> guarded(() -> remove(request))));
  }

  private Response certificate(Request request) {
    return request.path().equals(seal.path())
        ? Response.text(200, "application/x-pem-file", seal.certificate())
        : message(404, "no such certificate");
  }

  private interface Page {
    Response answer() throws IOException;
  }

  /** Answers complaints as what they are, and anything else as our own fault. */
  private static Response guarded(Page page) {
    try {
      return page.answer();
    } catch (Complaint | MalformedJson e) {
      return message(400, String.valueOf(e.getMessage()));
    } catch (IOException | RuntimeException e) {
      LOG.error("a page could not be made", e);
      return message(500, "an internal error; the runtime's log has it");
    }
  }

  private Response roots() {
    ObjectNode page = Json.object();
    page.putArray("traces").addAll(traces.roots(ROOTS_SHOWN));
    return json(200, page);
  }

  private Response trace(Request request) {
    String id = last(request);
    return traces
        .tree(id)
        .map(tree -> json(200, named(tree.json())))
        .orElseGet(() -> message(404, "there is no trace of " + id));
  }

  /** Adds the contexts' names, by account, for whoever shows the tree to people. */
  private ObjectNode named(ObjectNode tree) {
    ObjectNode names = tree.putObject("contexts");
    contexts.names().forEach(names::put);
    return tree;
  }

  private Response code(Request request) throws IOException {
    String sha = last(request).replace('-', '+').replace('_', '/');
    if (!code.contains(sha)) {
      return message(404, "there is no such package");
    }
    return new Response(200, Map.of("Content-Type", "application/zip"), code.zip(sha));
  }

  /** Body {@code {folder}}: an absolute path on this machine. */
  private Response deploy(Request request) {
    String folder = Json.parse(request.body()).path("folder").asText();
    var deployed = deploying.deploy(Path.of(folder), Map.of());
    return json(200, Json.object().put("report", deployed.deployment().toString()));
  }

  /** Body {@code {context}}: its name or account. */
  private Response remove(Request request) {
    String context = Json.parse(request.body()).path("context").asText();
    StringBuilder report = new StringBuilder();
    deploying.remove(context).forEach(report::append);
    return json(200, Json.object().put("report", report.toString()));
  }

  private static String last(Request request) {
    String[] parts = request.path().split("/", 4);
    return URLDecoder.decode(parts[3], StandardCharsets.UTF_8);
  }

  private static Response json(int status, JsonNode body) {
    return Response.text(status, "application/json", Json.write(body));
  }

  private static Response message(int status, String message) {
    return json(status, Json.object().put("message", message));
  }
}
