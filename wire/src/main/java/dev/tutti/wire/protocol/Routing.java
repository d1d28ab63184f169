package dev.tutti.wire.protocol;

import dev.tutti.wire.ServiceError;
import dev.tutti.wire.message.Parameters;
import dev.tutti.wire.message.Request;
import dev.tutti.wire.model.Metadata;
import dev.tutti.wire.model.Models;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which service, and so which protocol, a request is for; all share one port.
 *
 * <p>In this order: {@code X-Amz-Target}'s prefix; a query's {@code Action}, by the service signed
 * for, or else by {@code Version}, or, as in a link of a mail, by the action alone; a REST service
 * signed for; the REST service of JSON that has the path.
 */
public final class Routing {
  private final List<Metadata> services = Models.services();
  private final Map<String, Protocol> protocols = new ConcurrentHashMap<>();
  private final Map<String, Protocol> formerProtocols = new ConcurrentHashMap<>();

  /** What a request is for. */
  public sealed interface Route {}

  /** A service that there is. */
  public record Known(Protocol protocol) implements Route {}

  /** No service; how to say so. */
  public record Unknown(Dialect dialect, ServiceError error) implements Route {}

  /**
   * Chooses the service.
   *
   * @param signedFor signing name of the service in the caller's credential, or null
   */
  public Route choose(Request request, @Nullable String signedFor) {
    String target = request.header("X-Amz-Target");
    if (target != null) {
      return byTarget(target);
    }
    Parameters parameters = request.parameters();
    String action = parameters.first("Action");
    if (action != null) {
      return byAction(action, parameters.first("Version"), signedFor);
    }
    for (Metadata service : services) {
      boolean candidate = signedFor == null || signedFor.equals(service.signingName());
      if (signedFor != null && candidate && service.protocol().equals("rest-xml")) {
        return new Known(protocol(service));
      }
      if (candidate && service.protocol().equals("rest-json")) {
        Protocol protocol = protocol(service);
        if (signedFor != null || hasPath(protocol, request)) {
          return new Known(protocol);
        }
      }
    }
    return byForm(request, signedFor);
  }

  private Route byTarget(String target) {
    int dot = target.lastIndexOf('.');
    String prefix = target.substring(0, Math.max(dot, 0));
    return find(service -> service.targetPrefix().equals(prefix) && !prefix.isEmpty())
        .orElseGet(() -> unknown(Dialect.JSON, "No service here has the target " + target));
  }

  private Route byAction(String action, @Nullable String version, @Nullable String signedFor) {
    return services.stream()
        .filter(service -> service.protocol().equals("query") || service.queryCompatible())
        .filter(service ->
            signedFor == null
                ? isOf(service, action, version)
                : service.signingName().equals(signedFor))
        .findFirst()
        .<Route>map(service -> new Known(queryProtocol(service)))
        .orElseGet(() ->
            unknown(
                Dialect.QUERY,
                "Could not find operation %s%s: no service here has it%s"
                    .formatted(
                        action,
                        version == null ? "" : " for version " + version,
                        named(signedFor))));
  }

  private static boolean isOf(Metadata service, String action, @Nullable String version) {
    return version == null
        ? Models.of(service.name()).operation(action).isPresent()
        : service.apiVersion().equals(version);
  }

  private Route byForm(Request request, @Nullable String signedFor) {
    String type = request.header("Content-Type");
    Dialect dialect =
        type != null && type.startsWith("application/x-amz-json") ? Dialect.JSON : Dialect.REST;
    return unknown(
        dialect,
        "No service here has %s %s%s"
            .formatted(request.method(), request.path(), named(signedFor)));
  }

  private static String named(@Nullable String signedFor) {
    return signedFor == null ? "" : " (signed for " + signedFor + ")";
  }

  private static boolean hasPath(Protocol protocol, Request request) {
    try {
      protocol.target(request);
      return true;
    } catch (ServiceError e) {
      return false;
    }
  }

  private Optional<Route> find(Predicate<Metadata> matches) {
    return services.stream()
        .filter(matches)
        .findFirst()
        .map(service -> new Known(protocol(service)));
  }

  private Protocol protocol(Metadata service) {
    return protocols.computeIfAbsent(service.name(), name -> Protocol.of(Models.of(name)));
  }

  private Protocol queryProtocol(Metadata service) {
    return service.queryCompatible()
        ? formerProtocols.computeIfAbsent(
            service.name(), name -> Protocol.formerOf(Models.of(name)))
        : protocol(service);
  }

  private static Route unknown(Dialect dialect, String message) {
    return new Unknown(dialect, dialect.unknownOperation(message));
  }
}
