package dev.tutti.wire.http;

import dev.tutti.wire.ServiceError;
import dev.tutti.wire.auth.AuthRefused;
import dev.tutti.wire.protocol.Dialect;

/** What a refused caller is told, by the names that AWS has for it in each protocol. */
final class AuthErrors {
  private AuthErrors() {}

  static ServiceError of(AuthRefused refused, Dialect dialect) {
    boolean query = dialect == Dialect.QUERY;
    boolean xml = dialect == Dialect.REST_XML;
    int status = dialect == Dialect.JSON ? 400 : 403;
    String message = refused.getMessage();
    return switch (refused.reason()) {
      case MISSING ->
          new ServiceError(
              xml
                  ? "AccessDenied"
                  : query ? "MissingAuthenticationToken" : "MissingAuthenticationTokenException",
              message,
              status);
      case INCOMPLETE ->
          new ServiceError(
              xml
                  ? "AuthorizationHeaderMalformed"
                  : query ? "IncompleteSignature" : "IncompleteSignatureException",
              message,
              status);
      case UNKNOWN_KEY ->
          new ServiceError(
              xml
                  ? "InvalidAccessKeyId"
                  : query ? "InvalidClientTokenId" : "UnrecognizedClientException",
              message,
              status);
      case MISMATCH ->
          new ServiceError(
              query || xml ? "SignatureDoesNotMatch" : "InvalidSignatureException",
              message,
              status);
    };
  }
}
