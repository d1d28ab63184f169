package dev.tutti.services.connections;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.services.http.Web;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request as its sender wants it, before a connection adds its own.
 *
 * @param body null where there is none
 * @param writer how the body becomes text
 * @param timeout for the whole exchange
 * @param mostBytes how much of the answer's body is read
 */
public record Draft(
    String method,
    String address,
    List<Web.Pair> headers,
    List<Web.Pair> query,
    @Nullable JsonNode body,
    Function<JsonNode, String> writer,
    Duration timeout,
    int mostBytes) {

  /** The request by itself: what a connection would add is not there. */
  public Web.Ask alone() {
    return new Web.Ask(
        method, Addresses.withQuery(address, query), headers, text(List.of()), timeout, mostBytes);
  }

  /**
   * The request, with what the connection adds to all of its requests. Where both have the same,
   * the connection's counts.
   *
   * @param authorization the header that authorizes
   */
  Web.Ask with(AuthParameters connection, Web.Pair authorization) {
    List<Web.Pair> own = new ArrayList<>(connection.ofInvocations(AuthParameters.Part.HEADER));
    own.add(authorization);
    return new Web.Ask(
        method,
        Addresses.withQuery(
            address, merged(query, connection.ofInvocations(AuthParameters.Part.QUERY), false)),
        merged(headers, own, true),
        text(connection.ofInvocations(AuthParameters.Part.BODY)),
        timeout,
        mostBytes);
  }

  private static List<Web.Pair> merged(
      List<Web.Pair> given, List<Web.Pair> stronger, boolean ignoreCase) {
    List<Web.Pair> merged = new ArrayList<>();
    for (Web.Pair pair : given) {
      if (stronger.stream().noneMatch(other -> same(pair, other, ignoreCase))) {
        merged.add(pair);
      }
    }
    merged.addAll(stronger);
    return merged;
  }

  private static boolean same(Web.Pair one, Web.Pair other, boolean ignoreCase) {
    return ignoreCase ? one.name().equalsIgnoreCase(other.name()) : one.name().equals(other.name());
  }

  /** The body's text; what the connection adds goes into an object, or makes one. */
  private @Nullable String text(List<Web.Pair> added) {
    if (added.isEmpty() || (body != null && !body.isObject())) {
      return body == null ? null : writer.apply(body);
    }
    ObjectNode all = body instanceof ObjectNode object ? object.deepCopy() : Json.object();
    added.forEach(pair -> all.put(pair.name(), pair.value()));
    return writer.apply(all);
  }
}
