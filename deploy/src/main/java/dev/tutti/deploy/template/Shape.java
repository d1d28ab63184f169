package dev.tutti.deploy.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a mapping by the names that are expected in it; {@link #done} then reports every name that
 * nobody asked for. So a property either has a meaning here or is refused.
 *
 * <p>A value of a wrong form is reported and read as absent.
 */
public final class Shape {
  private final String title;
  private final Node.Fields node;
  private final Problems problems;
  private final Set<String> read = new HashSet<>();

  /**
   * @param title what the mapping is, for problems: {@code AWS::SNS::Topic}
   */
  public Shape(String title, Node.Fields node, Problems problems) {
    this.title = title;
    this.node = node;
    this.problems = problems;
  }

  /** As the constructor; anything but a mapping is reported and read as an empty one. */
  public static Shape of(String title, Node node, Problems problems) {
    if (node instanceof Node.Fields fields) {
      return new Shape(title, fields, problems);
    }
    if (!node.isUnknown()) {
      problems.add(node.place(), title + " must be a mapping");
    }
    return new Shape(title, new Node.Fields(node.place(), Map.of()), problems);
  }

  public Place place() {
    return node.place();
  }

  /** Where a name stands, or the mapping itself where it doesn't. */
  public Place place(String name) {
    Node.Field field = node.fields().get(name);
    return field == null ? node.place() : field.place();
  }

  /** A mapping without anything in it, at the same place. */
  public Node emptyNode() {
    return new Node.Fields(node.place(), Map.of());
  }

  public Set<String> names() {
    return node.fields().keySet();
  }

  /** The value as it is; null where there is none. */
  public @Nullable Node node(String name) {
    read.add(name);
    Node.Field field = node.fields().get(name);
    if (field == null || (field.value() instanceof Node.Scalar s && s.kind() == Node.Kind.NULL)) {
      return null;
    }
    return field.value();
  }

  /** A single value's text, whatever its kind; null where there is none. */
  public @Nullable String text(String name) {
    Node value = node(name);
    if (value == null || value instanceof Node.Scalar) {
      return value == null ? null : ((Node.Scalar) value).text();
    }
    wrong(name, "a single value");
    return null;
  }

  /** As {@link #text}; what is missing is reported, and {@code unknown} is read for it. */
  public String required(String name) {
    String text = text(name);
    if (text == null) {
      if (!node.fields().containsKey(name)) {
        problems.add(node.place(), title + " needs " + name);
      }
      return "unknown";
    }
    return text;
  }

  /** A whole number; null where there is none. */
  public @Nullable Integer integer(String name) {
    Node value = node(name);
    if (value == null || value.isUnknown()) {
      return null;
    }
    if (value instanceof Node.Scalar scalar && scalar.text().matches("-?\\d{1,9}")) {
      return Integer.valueOf(scalar.text());
    }
    wrong(name, "a whole number");
    return null;
  }

  /** A truth value; null where there is none. */
  public @Nullable Boolean flag(String name) {
    Node value = node(name);
    if (value == null || value.isUnknown()) {
      return null;
    }
    if (value instanceof Node.Scalar scalar && scalar.text().matches("(?i)true|false")) {
      return Boolean.valueOf(scalar.text());
    }
    wrong(name, "true or false");
    return null;
  }

  /** Any value as JSON; null where there is none or it isn't known. */
  public @Nullable JsonNode json(String name) {
    Node value = node(name);
    return value == null || value.isUnknown() ? null : value.json();
  }

  /** A list's values; empty where there is none. */
  public List<Node> list(String name) {
    Node value = node(name);
    if (value instanceof Node.Items items) {
      return items.items();
    }
    if (value != null && !value.isUnknown()) {
      wrong(name, "a list");
    }
    return List.of();
  }

  /** A list of texts; empty where there is none. */
  public List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (Node item : list(name)) {
      if (item instanceof Node.Scalar scalar) {
        texts.add(scalar.text());
      } else {
        wrong(name, "a list of texts");
      }
    }
    return texts;
  }

  /** A mapping of texts, in its order; empty where there is none. */
  public Map<String, String> textsByName(String name) {
    Map<String, String> texts = new LinkedHashMap<>();
    Shape shape = shape(name);
    if (shape != null) {
      for (String key : shape.names()) {
        String text = shape.text(key);
        if (text != null) {
          texts.put(key, text);
        }
      }
    }
    return texts;
  }

  /** A mapping; null where there is none. */
  public @Nullable Shape shape(String name) {
    Node value = node(name);
    return value == null ? null : of(title + "." + name, value, problems);
  }

  /** Names that are accepted and mean nothing here. */
  public void noEffect(String... names) {
    read.addAll(List.of(names));
  }

  /** Reports a name with a reason, where it stands. */
  public void refuse(String name, String reason) {
    read.add(name);
    if (node.fields().containsKey(name)) {
      problems.add(place(name), title + "." + name + " is not supported: " + reason);
    }
  }

  /** Reports a problem where a name stands. */
  public void problem(String name, String message) {
    problems.add(place(name), title + "." + name + ": " + message);
  }

  /** Reports every name that nobody asked for. */
  public void done() {
    node.fields()
        .forEach((name, field) -> {
          if (!read.contains(name)) {
            problems.add(field.place(), title + "." + name + " is not supported");
          }
        });
  }

  private void wrong(String name, String expected) {
    Node.Field field = node.fields().get(name);
    if (field != null && !field.value().isUnknown()) {
      problems.add(field.place(), title + "." + name + " must be " + expected);
    }
  }
}
