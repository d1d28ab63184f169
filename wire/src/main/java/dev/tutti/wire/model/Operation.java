package dev.tutti.wire.model;

import org.jspecify.annotations.Nullable;

/**
 * An operation of a service.
 *
 * @param method HTTP method; what follows is REST's
 * @param uri path template with labels in braces, and possibly a literal query string
 * @param status HTTP status of success
 * @param resultWrapper name of the element around an XML answer's members, or null for the
 *     protocol's own
 * @param unsigned whether callers need no credentials
 */
public record Operation(
    String name,
    String method,
    String uri,
    int status,
    Ref inputShape,
    Ref outputShape,
    @Nullable String resultWrapper,
    boolean unsigned) {

  public Shape.Structure input() {
    return (Shape.Structure) inputShape.shape();
  }

  public Shape.Structure output() {
    return (Shape.Structure) outputShape.shape();
  }
}
