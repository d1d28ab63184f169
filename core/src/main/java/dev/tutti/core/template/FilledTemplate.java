package dev.tutti.core.template;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text with variables, {@code <name>}, compiled once.
 *
 * <p>AWS's rules ("Amazon EventBridge input transformation"): a template that starts with a brace
 * or bracket is JSON, in which a variable outside quotes becomes its JSON value, and inside quotes
 * its text. Any other template is text, from whose objects and lists the quotes are taken away. A
 * variable that finds nothing is empty.
 *
 * @param <G> what it is filled from
 * @param pieces in order
 * @param tail text after the last one
 * @param json whether it has to become JSON
 */
public record FilledTemplate<G>(List<Piece<G>> pieces, String tail, boolean json) {
  private static final Pattern VARIABLE = Pattern.compile("<([^<>\\s]+)>");

  /**
   * A variable and the text before it.
   *
   * @param value missing where there is none
   * @param quoted whether it stands inside quotes
   */
  public record Piece<G>(String before, Function<G, JsonNode> value, boolean quoted) {}

  /** A template that doesn't become JSON. */
  public static final class Unfit extends RuntimeException {
    private final String filled;

    Unfit(String filled, String message) {
      super(message, null, false, false);
      this.filled = filled;
    }

    /** What the template became. */
    public String filled() {
      return filled;
    }
  }

  /**
   * Compiles a template.
   *
   * @param variable what a name between angle brackets stands for
   */
  public static <G> FilledTemplate<G> of(
      String template, Function<String, Function<G, JsonNode>> variable) {
    String start = template.stripLeading();
    List<Piece<G>> pieces = new ArrayList<>();
    Matcher matcher = VARIABLE.matcher(template);
    int done = 0;
    boolean quoted = false;
    while (matcher.find()) {
      String before = template.substring(done, matcher.start());
      quoted ^= oddQuotes(before);
      pieces.add(new Piece<>(before, variable.apply(matcher.group(1)), quoted));
      done = matcher.end();
    }
    boolean json = start.startsWith("{") || start.startsWith("[");
    return new FilledTemplate<>(List.copyOf(pieces), template.substring(done), json);
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

  /**
   * Fills it.
   *
   * @throws Unfit where it should become JSON and doesn't
   */
  public String render(G given) {
    StringBuilder filled = new StringBuilder();
    for (Piece<G> piece : pieces) {
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
    String written = Json.write(Json.text(scalar.asText()));
    return written.substring(1, written.length() - 1);
  }
}
