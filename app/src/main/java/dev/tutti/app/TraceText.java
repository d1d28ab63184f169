package dev.tutti.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** A trace as text: a line a node, its start after the root's, its duration, its status. */
final class TraceText {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final int NAME_WIDTH = 80;

  private final StringBuilder text = new StringBuilder();
  private final long begin;
  private final JsonNode contexts;

  private TraceText(long begin, JsonNode contexts) {
    this.begin = begin;
    this.contexts = contexts;
  }

  /** Renders {@link dev.tutti.services.trace.TraceNode#json}. */
  static String of(JsonNode root) {
    long begin = root.path("at").longValue();
    TraceText tree = new TraceText(begin, root.path("contexts"));
    tree.text
        .append(root.path("id").textValue())
        .append("  ")
        .append(CLOCK.format(Instant.ofEpochMilli(begin)))
        .append("  ")
        .append(tree.title(root))
        .append('\n');
    tree.children(root, "");
    return tree.text.toString();
  }

  private void children(JsonNode node, String indent) {
    int last = node.path("children").size() - 1;
    for (int i = 0; i <= last; i++) {
      JsonNode child = node.path("children").get(i);
      line(child, indent + (i == last ? "└─ " : "├─ "));
      children(child, indent + (i == last ? "   " : "│  "));
    }
  }

  private void line(JsonNode node, String indent) {
    String name = indent + sign(node) + node.path("kind").textValue() + " " + title(node);
    String line =
        name
            + " ".repeat(Math.max(1, NAME_WIDTH - name.length()))
            + "%9s".formatted("+" + (node.path("at").longValue() - begin) + " ms")
            + "%10s".formatted(duration(node))
            + "  "
            + node.path("status").textValue();
    text.append(line.stripTrailing()).append('\n');
  }

  /** The title, with contexts by their names. */
  private String title(JsonNode node) {
    String title = node.path("title").textValue();
    for (var context : contexts.properties()) {
      if (!context.getValue().textValue().isEmpty()) {
        title = title.replace(context.getKey(), context.getValue().textValue());
      }
    }
    return title;
  }

  private static String duration(JsonNode node) {
    return node.has("end")
        ? node.path("end").longValue() - node.path("at").longValue() + " ms"
        : "";
  }

  /** A mark before what did not simply go well. */
  private static String sign(JsonNode node) {
    String status = node.path("status").textValue();
    if (status.startsWith("failed") || status.startsWith("FAILED") || status.startsWith("parked")) {
      return "✗ ";
    }
    return status.startsWith("caught") ? "! " : "";
  }
}
