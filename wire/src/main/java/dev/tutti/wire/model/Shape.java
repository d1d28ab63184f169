package dev.tutti.wire.model;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A type of a service's model and what its values must satisfy. */
public sealed interface Shape {
  /** The name in the model. */
  String name();

  /** Whether a value must not appear in error texts and logs. */
  boolean sensitive();

  /**
   * Named members.
   *
   * @param members by name, in the model's order
   * @param required names of members that must be given
   * @param payload name of the member that is a REST body's whole content, or null
   * @param fault what it says as an error, or null where it is none
   */
  record Structure(
      String name,
      boolean sensitive,
      Map<String, Member> members,
      Set<String> required,
      @Nullable String payload,
      @Nullable Fault fault)
      implements Shape {}

  /** What an error shape says of HTTP. Status 0 means that the model gives none. */
  record Fault(int status, @Nullable String code, boolean server) {}

  /** Elements of one shape; {@code elementName} is what XML calls each. */
  record Listing(
      String name,
      boolean sensitive,
      Ref element,
      String elementName,
      boolean flattened,
      Limits size)
      implements Shape {}

  /** Values of one shape by text keys, with the names that XML gives to key and value. */
  record Mapping(
      String name,
      boolean sensitive,
      Ref key,
      Ref value,
      String keyName,
      String valueName,
      boolean flattened,
      Limits size)
      implements Shape {}

  /** Text. {@code values} is the enum in AWS's order, empty where any text will do. */
  record Text(
      String name,
      boolean sensitive,
      Limits length,
      @Nullable TextPattern pattern,
      List<String> values)
      implements Shape {}

  /** A whole number of 32 bits, or of 64. */
  record Whole(String name, boolean sensitive, boolean wide, Limits value) implements Shape {}

  /** A floating-point number; {@code wide} tells a double from a float. */
  record Decimal(String name, boolean sensitive, boolean wide, Limits value) implements Shape {}

  /** True or false. */
  record Flag(String name, boolean sensitive) implements Shape {}

  /** Bytes: base64 text in calls. */
  record Blob(String name, boolean sensitive, Limits length) implements Shape {}

  /** A point in time: epoch seconds in calls. {@code format} is null for the protocol's own. */
  record Timestamp(String name, boolean sensitive, @Nullable String format) implements Shape {}
}
