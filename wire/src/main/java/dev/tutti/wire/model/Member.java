package dev.tutti.wire.model;

import org.jspecify.annotations.Nullable;

/**
 * A member of a structure.
 *
 * @param name as operations know it
 * @param target its shape
 * @param location where REST protocols carry it
 * @param wireName its name there: member of a JSON or XML body, header, query parameter, path label
 * @param queryName its name in the query protocol, where its service speaks that beside another
 * @param flattened whether a list or map has no element of its own around its entries
 * @param timestampFormat {@code iso8601}, {@code rfc822}, {@code unixTimestamp}, or null for the
 *     protocol's own
 * @param printedOnly whether only AWS's error texts know it: never read, never sent
 */
public record Member(
    String name,
    Ref target,
    Location location,
    String wireName,
    String queryName,
    boolean flattened,
    @Nullable String timestampFormat,
    boolean printedOnly) {

  /** The part of an HTTP message that holds a member. */
  public enum Location {
    BODY,
    URI,
    QUERY,
    HEADER,
    /** A map: all headers whose names begin with the wire name. */
    HEADERS,
    STATUS
  }

  public Shape shape() {
    return target.shape();
  }
}
