package dev.tutti.core.asl.data;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Words failures as JSONata does. The library knows the sentences, but has the word "function"
 * wrong in all of them, leaves some values out and writes the others as Java does.
 */
final class JsonataWording {
  /** They stand for the two values that the library puts into a sentence. */
  static final String FIRST = "\u0001";

  static final String SECOND = "\u0002";

  /** Codes of failures that the library tells without them. */
  private static final List<String> FORGOTTEN =
      List.of("D3010", "D3130", "D3131", "D3132", "D3133", "D3134", "D3135", "D3136");

  private static final Map<String, String> ELEMENTS =
      Map.of(
          "a", "arrays",
          "b", "booleans",
          "f", "functions",
          "n", "numbers",
          "o", "objects",
          "s", "strings");

  private static final Pattern QUOTED = Pattern.compile("'[^']*'|\"[^\"]*\"");
  private static final Pattern COMPARISON = Pattern.compile("(?<![~<>])[<>]=?");

  /** The library's sentence for a code, with {@link #FIRST} and {@link #SECOND} in it. */
  private final UnaryOperator<String> sentences;

  JsonataWording(UnaryOperator<String> sentences) {
    this.sentences = sentences;
  }

  /**
   * A failure that the library has told with its code.
   *
   * @param expression in which it was
   */
  JsonataError of(String code, String expression, @Nullable Object first, @Nullable Object second) {
    String sentence = sentence(code);
    if (code.equals("T2009")) {
      sentence = sentence.replace("{{token}}", operator(expression));
    }
    Object told = code.equals("D1002") ? second : first;
    return JsonataError.coded(code, filled(sentence, told, second));
  }

  /** A failure that the library has told without its code; null where it isn't known. */
  @Nullable JsonataError of(@Nullable String message) {
    if (message == null) {
      return null;
    }
    for (String code : FORGOTTEN) {
      String sentence = sentence(code);
      Matcher matcher =
          Pattern.compile(
                  Pattern.quote(sentence)
                      .replaceAll("\"?[" + FIRST + SECOND + "]\"?", "\\\\E\"?(.*?)\"?\\\\Q"))
              .matcher(message.replace('\'', '"'));
      if (matcher.matches()) {
        return JsonataError.coded(
            code, filled(sentence, matcher.groupCount() > 0 ? matcher.group(1) : "", ""));
      }
    }
    return null;
  }

  /** Elements of a list that aren't what a function takes. */
  JsonataError elements(String function, int index, String type) {
    String sentence = sentence("T0412").replace("{{type}}", '"' + ELEMENTS.get(type) + '"');
    return JsonataError.coded("T0412", filled(sentence, index, function));
  }

  private String sentence(String code) {
    return sentences.apply(code).replace("Object", "function");
  }

  private static String filled(String sentence, @Nullable Object first, @Nullable Object second) {
    return filled(filled(sentence, FIRST, first), SECOND, second);
  }

  private static String filled(String sentence, String mark, @Nullable Object value) {
    return sentence
        .replace("{\"" + mark + "\"}", String.valueOf(value))
        .replace('"' + mark + '"', json(value))
        .replace(mark, String.valueOf(value));
  }

  private static String json(@Nullable Object value) {
    if (value instanceof Character) {
      return json(String.valueOf(value));
    }
    try {
      JsonNode node = JsonataValues.json(value);
      return node == null ? "null" : Json.write(node);
    } catch (IllegalStateException _) {
      return String.valueOf(value); // a function, or a number that JSON doesn't have
    }
  }

  /** The one comparison of an expression; nothing where there are several. */
  private static String operator(String expression) {
    List<String> found = new ArrayList<>();
    Matcher matcher = COMPARISON.matcher(QUOTED.matcher(expression).replaceAll("''"));
    while (matcher.find()) {
      if (!found.contains(matcher.group())) {
        found.add(matcher.group());
      }
    }
    return found.size() == 1 ? '"' + found.getFirst() + '"' : "";
  }
}
