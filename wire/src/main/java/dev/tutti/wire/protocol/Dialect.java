package dev.tutti.wire.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.wire.ServiceError;
import dev.tutti.wire.message.Response;
import dev.tutti.wire.model.Member;
import dev.tutti.wire.model.Metadata;
import dev.tutti.wire.model.ServiceModel;
import dev.tutti.wire.model.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The form of a protocol's errors, and what common errors are called in it. Needs no model, so that
 * a request for a service that isn't there is refused in the form that its client understands.
 */
public enum Dialect {
  JSON,
  QUERY,
  REST,
  REST_XML;

  /** The error for an operation that a service doesn't have, or that isn't served. */
  public ServiceError unknownOperation(String message) {
    return switch (this) {
      case JSON -> new ServiceError("UnknownOperationException", message, 400);
      case QUERY -> new ServiceError("InvalidAction", message, 400);
      case REST -> new ServiceError("UnknownOperationException", message, 404);
      case REST_XML -> new ServiceError("NotImplemented", message, 501);
    };
  }

  /** The error for an input that breaks the model's constraints. */
  public ServiceError invalid(String message) {
    return new ServiceError(
        switch (this) {
          case JSON, REST -> "ValidationException";
          case QUERY -> "ValidationError";
          case REST_XML -> "InvalidRequest";
        },
        message);
  }

  /** The error for a failure of this program. */
  public ServiceError internal(String message) {
    return new ServiceError(
        switch (this) {
          case JSON -> "InternalServerException";
          case QUERY -> "InternalFailure";
          case REST -> "ServiceException";
          case REST_XML -> "InternalError";
        },
        message,
        500);
  }

  /** Answers an error; the model is null where there is no such service. */
  public Response refuse(ServiceError error, @Nullable ServiceModel model, String requestId) {
    Shape.Structure shape = model == null ? null : model.error(error.code()).orElse(null);
    Shape.Fault fault = shape == null ? null : shape.fault();
    int status = status(error, fault);
    if (this == QUERY) {
      String code = fault == null || fault.code() == null ? error.code() : fault.code();
      String namespace = model == null ? "" : model.metadata().xmlNamespace();
      return QueryErrors.response(status, code, error, namespace, requestId);
    }
    if (this == REST_XML) {
      return RestXml.refusal(status, error, requestId);
    }
    String code = shape == null ? error.code() : shape.name();
    ObjectNode body = Json.object();
    if (this == JSON) {
      body.put("__type", code);
    }
    Set<String> members = shape == null ? Set.of() : shape.members().keySet();
    if (this == REST && members.contains("Type")) {
      body.put("Type", status < 500 ? "User" : "Service");
    }
    body.setAll(error.members());
    body.put(members.contains("Message") ? "Message" : "message", error.getMessage());
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", contentType(model));
    if (this == REST) {
      headers.put("x-amzn-ErrorType", code);
      moveHeaders(shape, body, headers);
    }
    if (model != null && model.metadata().queryCompatible()) {
      String old = fault == null || fault.code() == null ? code : fault.code();
      headers.put("x-amzn-query-error", old + (status < 500 ? ";Sender" : ";Receiver"));
    }
    return new Response(status, headers, Json.bytes(body));
  }

  /** What an error shape keeps in headers, for example {@code Retry-After}. */
  private static void moveHeaders(
      Shape.@Nullable Structure shape, ObjectNode body, Map<String, String> headers) {
    if (shape == null) {
      return;
    }
    for (Member member : shape.members().values()) {
      if (member.location() == Member.Location.HEADER && body.has(member.name())) {
        headers.put(member.wireName(), body.remove(member.name()).asText());
      }
    }
  }

  private static int status(ServiceError error, Shape.@Nullable Fault fault) {
    if (fault == null) {
      return error.status();
    }
    if (fault.status() != 0) {
      return fault.status();
    }
    return fault.server() ? 500 : error.status();
  }

  private String contentType(@Nullable ServiceModel model) {
    if (this == REST) {
      return "application/json";
    }
    Metadata metadata = model == null ? null : model.metadata();
    return "application/x-amz-json-" + (metadata == null ? "1.0" : metadata.jsonVersion());
  }
}
