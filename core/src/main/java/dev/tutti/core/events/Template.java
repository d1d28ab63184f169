package dev.tutti.core.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.asl.data.Entropy;
import dev.tutti.core.asl.data.Path;
import dev.tutti.core.asl.data.Paths;
import dev.tutti.core.asl.data.Scope;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a target receives: the event, a part of it, a constant, or a template filled in.
 * Compiled once from its target, paths and all.
 *
 * <p>AWS's rules for templates ("Amazon EventBridge input transformation"): a template that starts
 * with a brace or bracket is JSON, in which a variable outside quotes becomes its JSON value, and
 * inside quotes its text. Any other template is text, from whose objects and lists the quotes are
 * taken away. A variable whose path finds nothing is empty.
 */
sealed interface Template {
  /** What a template is filled from. */
  record Given(JsonNode event, String ruleArn, String ruleName, long ingestionMillis) {}

  /**
   * The input of a target; null where it is the event itself.
   *
   * @throws Unfit where the template doesn't become JSON with this event
   */
  @Nullable String render(Given given);

  /** Whether a path can be read. */
  static boolean isPath(String path) {
    boolean fromTheEvent = path.equals("$") || path.startsWith("$.") || path.startsWith("$[");
    return fromTheEvent && Paths.parse(path) != null;
  }

  /** What a path finds in the event; missing where it finds nothing. */
  static JsonNode find(String path, Given given) {
    return value(path).apply(given);
  }

  /** What a target wants to receive. */
  static Template of(Target target) {
    String constant = target.input();
    if (constant != null) {
      return new Constant(constant);
    }
    String path = target.inputPath();
    if (path != null && !path.equals("$")) {
      return new Part(value(path));
    }
    Target.Transformer transformer = target.transformer();
    return transformer == null ? new Whole() : Filled.of(transformer);
  }

  /** The event itself. */
  record Whole() implements Template {
    @Override
    public @Nullable String render(Given given) {
      return null;
    }
  }

  /** The same for every event. */
  record Constant(String text) implements Template {
    @Override
    public String render(Given given) {
      return text;
    }
  }

  /** What a path finds. */
  record Part(Function<Given, JsonNode> value) implements Template {
    @Override
    public String render(Given given) {
      JsonNode found = value.apply(given);
      return found.isMissingNode() ? "null" : Json.write(found);
    }
  }

  /**
   * Text with variables.
   *
   * @param pieces in order
   * @param tail text after the last one
   * @param json whether it has to become JSON
   */
  record Filled(List<Piece> pieces, String tail, boolean json) implements Template {
    private static final Pattern VARIABLE = Pattern.compile("<([^<>\\s]+)>");

    /**
     * A variable and the text before it.
     *
     * @param quoted whether it stands inside quotes
     */
    record Piece(String before, Function<Given, JsonNode> value, boolean quoted) {}

    static Filled of(Target.Transformer transformer) {
      String template = transformer.template();
      String start = template.stripLeading();
      List<Piece> pieces = new ArrayList<>();
      Matcher variable = VARIABLE.matcher(template);
      int done = 0;
      boolean quoted = false;
      while (variable.find()) {
        String before = template.substring(done, variable.start());
        quoted ^= oddQuotes(before);
        String path = transformer.paths().get(variable.group(1));
        pieces.add(
            new Piece(before, path == null ? reserved(variable.group(1)) : value(path), quoted));
        done = variable.end();
      }
      boolean json = start.startsWith("{") || start.startsWith("[");
      return new Filled(List.copyOf(pieces), template.substring(done), json);
    }

    private static boolean oddQuotes(String text) {
      boolean odd = false;
      for (int i = 0; i < text.length(); i++) {
        if (text.charAt(i) == '\\') {
          i++;
        } else if (text.charAt(i) == '"') {
          odd = !odd;
        }
      }
      return odd;
    }

    @Override
    public String render(Given given) {
      StringBuilder filled = new StringBuilder();
      for (Piece piece : pieces) {
        JsonNode value = piece.value().apply(given);
        filled.append(piece.before()).append(json ? inJson(value, piece.quoted()) : inText(value));
      }
      filled.append(tail);
      return json ? checked(filled.toString()) : filled.toString();
    }

    private static String checked(String filled) {
      try {
        Json.parse(filled);
        return filled;
      } catch (MalformedJson e) {
        throw new Unfit(filled, "The input template does not become JSON: " + e.getMessage());
      }
    }

    /**
     * As AWS does, an object or list inside quotes keeps its own quotes, and so spoils the JSON.
     */
    private static String inJson(JsonNode value, boolean quoted) {
      if (!quoted) {
        return value.isMissingNode() ? "\"\"" : Json.write(value);
      }
      return value.isContainerNode() ? Json.write(value) : escaped(value);
    }

    private static String inText(JsonNode value) {
      return value.isContainerNode() ? Json.write(value).replace("\"", "") : escaped(value);
    }

    private static String escaped(JsonNode scalar) {
      if (scalar.isMissingNode()) {
        return "";
      }
      String written = Json.write(Json.text(scalar.asText()));
      return written.substring(1, written.length() - 1);
    }
  }

  /** AWS's own variables; a name that is none is empty. */
  private static Function<Given, JsonNode> reserved(String name) {
    return switch (name) {
      case "aws.events.rule-arn" -> given -> Json.text(given.ruleArn());
      case "aws.events.rule-name" -> given -> Json.text(given.ruleName());
      case "aws.events.event.ingestion-time" ->
          given ->
              Json.text(
                  Instant.ofEpochMilli(given.ingestionMillis())
                      .truncatedTo(ChronoUnit.SECONDS)
                      .toString());
      case "aws.events.event.json" -> Given::event;
      case "aws.events.event" -> given -> withoutDetail(given.event());
      default -> given -> MissingNode.getInstance();
    };
  }

  /** The event as AWS gives it under that name: no detail, and detail-type as detailType. */
  private static JsonNode withoutDetail(JsonNode event) {
    ObjectNode rest = Json.object();
    event
        .properties()
        .forEach(member -> {
          if (!member.getKey().equals("detail")) {
            rest.set(
                member.getKey().equals("detail-type") ? "detailType" : member.getKey(),
                member.getValue());
          }
        });
    return rest;
  }

  /** What a path finds; missing where it finds nothing. */
  private static Function<Given, JsonNode> value(String path) {
    Path parsed = Paths.parse(path);
    return parsed == null
        ? given -> MissingNode.getInstance()
        : given -> parsed.find(Scope.of(given.event(), Json.object(), NoChance.INSTANCE));
  }

  /** Paths need neither chance nor time. */
  enum NoChance implements Entropy {
    INSTANCE;

    @Override
    public double fraction() {
      throw new IllegalStateException("a path takes no chances");
    }

    @Override
    public String uuid() {
      throw new IllegalStateException("a path takes no chances");
    }

    @Override
    public long millis() {
      throw new IllegalStateException("a path takes no time");
    }
  }

  /** A template that doesn't fit an event. */
  final class Unfit extends RuntimeException {
    private final String filled;

    Unfit(String filled, String message) {
      super(message, null, false, false);
      this.filled = filled;
    }

    /** What the template became. */
    String filled() {
      return filled;
    }
  }
}
