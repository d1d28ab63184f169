package dev.tutti.wire.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.wire.Call;
import dev.tutti.wire.Door;
import dev.tutti.wire.ServiceError;
import dev.tutti.wire.TraceHeader;
import dev.tutti.wire.auth.Accounts;
import dev.tutti.wire.auth.AuthRefused;
import dev.tutti.wire.auth.Credential;
import dev.tutti.wire.auth.SignatureCheck;
import dev.tutti.wire.message.Request;
import dev.tutti.wire.message.Response;
import dev.tutti.wire.model.Operation;
import dev.tutti.wire.model.Validator;
import dev.tutti.wire.protocol.Dialect;
import dev.tutti.wire.protocol.Protocol;
import dev.tutti.wire.protocol.Routing;
import dev.tutti.wire.protocol.Target;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request from bytes to bytes.
 *
 * <p>In this order: whether a page of somebody else sent it; a plain route; the service; the
 * signature, where it is checked; the operation and whether it is served; the account; the content,
 * unpacked; the input's types; the input's constraints; the door; the output. Whatever fails is
 * answered in the protocol's own form, and only what came through the door is answered with
 * success.
 */
final class Front {
  private static final Logger LOG = LoggerFactory.getLogger(Front.class);

  /** Operations that SNS's mails link to; the token in the link is their proof. */
  private static final Set<String> LINKED = Set.of("ConfirmSubscription", "Unsubscribe");

  private final Door door;
  private final Served served;
  private final Accounts accounts;
  private final String defaultRegion;
  private final @Nullable SignatureCheck signatures;
  private final List<Route> routes;
  private final int maxBodyBytes;
  private final ForeignPages foreign;
  private final Routing routing = new Routing();

  Front(Server.Settings settings, Door door) {
    this.door = door;
    this.served = settings.served();
    this.accounts = settings.accounts();
    this.defaultRegion = settings.defaultRegion();
    this.signatures = settings.signatures();
    this.routes = settings.routes();
    this.maxBodyBytes = settings.maxBodyBytes();
    this.foreign = new ForeignPages(settings.hosts());
  }

  Response handle(Request request, String requestId) {
    String refusal = foreign.refusal(request);
    if (refusal != null) {
      return Response.text(403, "text/plain", refusal + '\n');
    }
    for (Route route : routes) {
      if (route.matches(request)) {
        return plain(route, request, requestId);
      }
    }
    Credential credential = Credential.of(request).orElse(null);
    String signedFor = credential == null ? null : credential.service();
    return switch (routing.choose(request, signedFor)) {
      case Routing.Unknown unknown -> unknown.dialect().refuse(unknown.error(), null, requestId);
      case Routing.Known known -> service(known.protocol(), credential, request, requestId);
    };
  }

  Response tooLarge(Request headOnly, String requestId) {
    String message = "The request is larger than " + maxBodyBytes + " bytes";
    return unread(
        headOnly, new ServiceError("RequestEntityTooLargeException", message, 413), requestId);
  }

  Response tooBusy(Request headOnly, String requestId) {
    String message = "Too many large requests at once. Please try again later.";
    return unread(headOnly, new ServiceError("ServiceUnavailable", message, 503), requestId);
  }

  /** Refuses what wasn't read to its end, in the form that its client most likely expects. */
  private Response unread(Request headOnly, ServiceError error, String requestId) {
    Credential credential = Credential.of(headOnly).orElse(null);
    return switch (routing.choose(headOnly, credential == null ? null : credential.service())) {
      case Routing.Unknown unknown -> unknown.dialect().refuse(error, null, requestId);
      case Routing.Known known -> known.protocol().refuse(error, requestId);
    };
  }

  private Response plain(Route route, Request request, String requestId) {
    try {
      return route.handler().handle(request);
    } catch (RuntimeException e) {
      LOG.error("request {} {} failed", requestId, route.pathPrefix(), e);
      return Response.text(500, "text/plain", "internal error, request " + requestId + "\n");
    }
  }

  private Response service(
      Protocol protocol, @Nullable Credential credential, Request request, String requestId) {
    try {
      return operation(protocol, credential, request, requestId);
    } catch (ServiceError e) {
      return protocol.refuse(e, requestId);
    } catch (AuthRefused e) {
      return protocol.refuse(AuthErrors.of(e, protocol.dialect()), requestId);
    } catch (RuntimeException | StackOverflowError e) {
      LOG.error("request {} to {} failed", requestId, protocol.model().metadata().name(), e);
      String message = "The request failed because of an internal error. Request id: " + requestId;
      return protocol.refuse(protocol.dialect().internal(message), requestId);
    }
  }

  private Response operation(
      Protocol protocol, @Nullable Credential credential, Request request, String requestId) {
    String service = protocol.model().metadata().name();
    Dialect dialect = protocol.dialect();
    Target target = protocol.target(request);
    Operation operation = target.operation();
    boolean anonymous = operation.unsigned() && credential == null;
    if (signatures != null && !anonymous) {
      signatures.check(request);
    }
    if (!LINKED.contains(operation.name()) && ForeignPages.isLink(request)) {
      throw new ServiceError(
          "AccessDeniedException", "Links of other sites may not call operations here", 403);
    }
    if (!served.isServed(service, operation.name())) {
      throw dialect.unknownOperation(
          "The operation %s of %s is not served here".formatted(operation.name(), service));
    }
    String account = account(credential);
    Request unpacked = dialect == Dialect.REST_XML ? request : Unpacked.of(request, maxBodyBytes);
    JsonNode input = protocol.read(target, unpacked);
    Validator.check(operation.input(), input)
        .ifPresent(violations -> {
          throw dialect.invalid(violations);
        });
    Call call =
        new Call(
            account,
            credential == null ? defaultRegion : credential.region(),
            service,
            operation.name(),
            input,
            requestId,
            trace(request),
            credential == null ? "" : credential.accessKey());
    return protocol.answer(operation, door.call(call), requestId);
  }

  private String account(@Nullable Credential credential) {
    return accounts
        .accountOf(credential == null ? "" : credential.accessKey())
        .orElseThrow(() ->
            credential == null
                ? new AuthRefused(AuthRefused.Reason.MISSING, "Missing Authentication Token")
                : new AuthRefused(
                    AuthRefused.Reason.UNKNOWN_KEY,
                    "The security token included in the request is invalid."));
  }

  private static @Nullable TraceHeader trace(Request request) {
    String header = request.header("X-Amzn-Trace-Id");
    return header == null ? null : TraceHeader.parse(header).orElse(null);
  }
}
