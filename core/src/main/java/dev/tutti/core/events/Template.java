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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a target receives: the event, a part of it, a constant, or a template filled in.
 *
 * <p>AWS's rules for templates ("Amazon EventBridge input transformation"): a template that starts
 * with a brace or bracket is JSON, in which a variable outside quotes becomes its JSON value, and
 * inside quotes its text. Any other template is text, from whose objects and lists the quotes are
 * taken away. A variable whose path finds nothing is empty.
 */
final class Template {
  private static final Pattern VARIABLE = Pattern.compile("<([^<>\\s]+)>");

  private Template() {}

  /** What a template is filled from. */
  record Given(JsonNode event, String ruleArn, String ruleName, long ingestionMillis) {}

  /** Whether a path can be read. */
  static boolean isPath(String path) {
    boolean fromTheEvent = path.equals("$") || path.startsWith("$.") || path.startsWith("$[");
    return fromTheEvent && Paths.parse(path) != null;
  }

  /**
   * The input of a target; null where it is the event itself.
   *
   * @throws Unfit where the template doesn't become JSON with this event
   */
  static @Nullable String render(Target target, Given given) {
    String constant = target.input();
    if (constant != null) {
      return constant;
    }
    String path = target.inputPath();
    if (path != null) {
      JsonNode found = find(given.event(), path);
      return path.equals("$") ? null : found.isMissingNode() ? "null" : Json.write(found);
    }
    Target.Transformer transformer = target.transformer();
    return transformer == null ? null : fill(transformer, given);
  }

  private static String fill(Target.Transformer transformer, Given given) {
    String template = transformer.template();
    String start = template.stripLeading();
    boolean json = start.startsWith("{") || start.startsWith("[");
    StringBuilder filled = new StringBuilder();
    Matcher variable = VARIABLE.matcher(template);
    int done = 0;
    boolean quoted = false;
    while (variable.find()) {
      String before = template.substring(done, variable.start());
      quoted ^= oddQuotes(before);
      JsonNode value = value(variable.group(1), transformer, given);
      filled.append(before).append(json ? inJson(value, quoted) : inText(value));
      done = variable.end();
    }
    filled.append(template.substring(done));
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

  /** As AWS does, an object or list inside quotes keeps its own quotes, and so spoils the JSON. */
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
    String text = scalar.asText();
    String written = Json.write(Json.text(text));
    return written.substring(1, written.length() - 1);
  }

  private static JsonNode value(String name, Target.Transformer transformer, Given given) {
    String path = transformer.paths().get(name);
    if (path != null) {
      return find(given.event(), path);
    }
    return switch (name) {
      case "aws.events.rule-arn" -> Json.text(given.ruleArn());
      case "aws.events.rule-name" -> Json.text(given.ruleName());
      case "aws.events.event.ingestion-time" ->
          Json.text(
              Instant.ofEpochMilli(given.ingestionMillis())
                  .truncatedTo(ChronoUnit.SECONDS)
                  .toString());
      case "aws.events.event.json" -> given.event();
      case "aws.events.event" -> withoutDetail(given.event());
      default -> Json.object().path("");
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
  private static JsonNode find(JsonNode event, String path) {
    Path parsed = Paths.parse(path);
    return parsed == null
        ? MissingNode.getInstance()
        : parsed.find(Scope.of(event, Json.object(), NoChance.INSTANCE));
  }

  /** Paths need neither chance nor time. */
  private enum NoChance implements Entropy {
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
  static final class Unfit extends RuntimeException {
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
