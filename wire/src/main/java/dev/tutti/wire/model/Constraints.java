package dev.tutti.wire.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The constraints of a single shape, in AWS's words. */
final class Constraints {
  static final String FAILED = "failed to satisfy constraint: ";
  static final String NOT_NULL = "Member must not be null";

  private static final String LONGER = "Member must have length greater than or equal to ";
  private static final String SHORTER = "Member must have length less than or equal to ";
  private static final String LARGER = "Member must have value greater than or equal to ";
  private static final String SMALLER = "Member must have value less than or equal to ";

  private Constraints() {}

  /** Those that the value breaks; what the value holds inside is not looked at. */
  static List<String> broken(Shape shape, JsonNode value) {
    return switch (shape) {
      case Shape.Text text -> text(text, value.asText());
      case Shape.Listing listing -> size(listing.size(), value.size());
      case Shape.Mapping mapping -> size(mapping.size(), value.size());
      case Shape.Blob blob -> size(blob.length(), decodedLength(value.asText()));
      case Shape.Whole whole -> range(whole.value(), value.doubleValue(), true);
      case Shape.Decimal decimal -> range(decimal.value(), value.doubleValue(), false);
      case Shape.Structure _, Shape.Flag _, Shape.Timestamp _ -> List.of();
    };
  }

  /** As {@link #broken}, for a map's key. */
  static List<String> brokenKey(Shape key, String name) {
    return key instanceof Shape.Text text ? text(text, name) : List.of();
  }

  /** All of a plain shape's constraints, as AWS lists them for the elements of a list or map. */
  static List<String> all(Shape shape) {
    List<String> all = new ArrayList<>();
    switch (shape) {
      case Shape.Text text -> {
        both(all, text.length(), SHORTER, LONGER, true);
        if (!text.values().isEmpty()) {
          all.add(oneOf(text));
        }
        if (text.pattern() != null) {
          all.add(pattern(text.pattern()));
        }
      }
      case Shape.Blob blob -> both(all, blob.length(), SHORTER, LONGER, true);
      case Shape.Whole whole -> both(all, whole.value(), SMALLER, LARGER, true);
      case Shape.Decimal decimal -> both(all, decimal.value(), SMALLER, LARGER, false);
      case Shape.Structure _, Shape.Listing _, Shape.Mapping _ -> {}
      case Shape.Flag _, Shape.Timestamp _ -> {}
    }
    return all;
  }

  private static void both(
      List<String> all, Limits limits, String most, String least, boolean whole) {
    if (limits.hasMax()) {
      all.add(most + number(limits.max(), whole));
    }
    if (limits.hasMin()) {
      all.add(least + number(limits.min(), whole));
    }
  }

  private static List<String> text(Shape.Text shape, String value) {
    TextPattern pattern = shape.pattern();
    boolean misfit = pattern != null && !pattern.matches(value);
    boolean stranger = !shape.values().isEmpty() && !shape.values().contains(value);
    List<String> size = size(shape.length(), value.codePointCount(0, value.length()));
    if (!misfit && !stranger) {
      return size;
    }
    List<String> broken = new ArrayList<>(3);
    if (pattern != null && misfit) {
      broken.add(pattern(pattern));
    }
    broken.addAll(size);
    if (stranger) {
      broken.add(oneOf(shape));
    }
    return broken;
  }

  private static List<String> size(Limits limits, int size) {
    if (size > limits.max()) {
      return List.of(SHORTER + number(limits.max(), true));
    }
    return size < limits.min() ? List.of(LONGER + number(limits.min(), true)) : List.of();
  }

  private static List<String> range(Limits limits, double value, boolean whole) {
    if (value > limits.max()) {
      return List.of(SMALLER + number(limits.max(), whole));
    }
    return value < limits.min() ? List.of(LARGER + number(limits.min(), whole)) : List.of();
  }

  private static String pattern(TextPattern pattern) {
    return "Member must satisfy regular expression pattern: " + pattern.text();
  }

  private static String oneOf(Shape.Text shape) {
    return "Member must satisfy enum value set: " + shape.values();
  }

  private static String number(double limit, boolean whole) {
    return whole ? Long.toString((long) limit) : Double.toString(limit);
  }

  private static int decodedLength(String base64) {
    int padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
    return base64.length() / 4 * 3 - padding;
  }
}
