package dev.tutti.core.asl.data;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata.JFunction;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.pattern.Regex;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A JSONata expression, compiled. It sees {@code $states} and the variables; the document itself
 * ({@code $}) is empty, as on AWS.
 *
 * <p>An expression may do only so much: steps, nesting and the size of what it makes are bounded
 * ({@link JsonataBounds}), and time and chance are those of the decision, so a replay computes the
 * same.
 *
 * <p>This and {@link JsonataLibrary} are the only places that know the library.
 */
public final class Jsonata implements Expression {
  /** How the library holds JSON's null, which isn't undefined. */
  static final Object NULL = com.dashjoin.jsonata.Jsonata.NULL_VALUE;

  private static final String NONE = "Value is not a valid JSONata expression";
  private static final Pattern CODE = Pattern.compile("[A-Z]\\d{4}");

  private final String text;

  /** The text, with names in the places of regular expressions. */
  private final String plain;

  private final com.dashjoin.jsonata.Jsonata compiled;
  private final List<RegexLiterals.Literal> literals;

  /** Those that it names. */
  private final Map<String, JFunction> functions;

  private Jsonata(String text, com.dashjoin.jsonata.Jsonata compiled, RegexLiterals taken) {
    this.text = text;
    this.plain = taken.expression();
    this.compiled = compiled;
    this.literals = taken.literals();
    this.functions = new LinkedHashMap<>(JsonataLibrary.FUNCTIONS);
    functions.keySet().removeIf(name -> !names(name));
  }

  private boolean names(String function) {
    return text.contains("$" + function);
  }

  /** What a field may ask of its value. */
  public enum Type {
    ARRAY,
    NUMBER,
    STRING,
    BOOLEAN;

    private boolean fits(JsonNode value) {
      return switch (this) {
        case ARRAY -> value.isArray();
        case NUMBER -> value.isNumber();
        case STRING -> value.isTextual();
        case BOOLEAN -> value.isBoolean();
      };
    }

    private String written() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether a text of a definition is marked as an expression, well or not. */
  public static boolean marked(String written) {
    return written.startsWith("{%") || written.endsWith("%}");
  }

  private static boolean isClosed(String written) {
    return written.length() >= 4 && written.startsWith("{%") && written.endsWith("%}");
  }

  /** The expression between <code>{%</code> and <code>%}</code>; null where it is none. */
  public static @Nullable Jsonata parse(String written) {
    if (!isClosed(written)) {
      return null;
    }
    String text = written.substring(2, written.length() - 2).strip();
    try {
      RegexLiterals taken = RegexLiterals.of(text);
      var compiled = com.dashjoin.jsonata.Jsonata.jsonata(taken.expression());
      compiled.setOutputConvertNulls(false);
      return compiled.getErrors() == null || compiled.getErrors().isEmpty()
          ? new Jsonata(text, compiled, taken)
          : null;
    } catch (RuntimeException | StackOverflowError e) {
      return null;
    }
  }

  /** Why a marked text is no expression; empty where it isn't closed. */
  public static String fault(String written) {
    if (!isClosed(written)) {
      return "";
    }
    try {
      String text = written.substring(2, written.length() - 2).strip();
      var _ = com.dashjoin.jsonata.Jsonata.jsonata(RegexLiterals.of(text).expression());
    } catch (JException failed) {
      return String.valueOf(
          JsonataLibrary.WORDING
              .of(
                  String.valueOf(failed.getError()),
                  written,
                  failed.getCurrent(),
                  failed.getExpected())
              .getMessage());
    } catch (RuntimeException | StackOverflowError _) {
      return NONE; // too deeply nested, for one
    }
    return NONE;
  }

  /**
   * What it refers to that isn't there, in AWS's words.
   *
   * @param caught whether there is an error that was caught
   */
  public List<String> missing(boolean caught) {
    List<String> missing = new ArrayList<>();
    for (String name : JsonataReferences.of(plain)) {
      if (name.equals("$$")) {
        missing.add("Reference to '$$' is not supported.");
      } else if (!name.equals(JsonataReferences.ERROR_OUTPUT)) {
        missing.add("Reference to '" + name + "' at the top level is not supported.");
      } else if (!caught) {
        missing.add("Field '" + name + "' does not exist.");
      }
    }
    return missing;
  }

  @Override
  public String text() {
    return text;
  }

  @Override
  public JsonNode evaluate(Scope scope, String field) {
    JsonNode value;
    var bounds = new JsonataBounds();
    try {
      value = value(null, scope, bounds);
    } catch (RuntimeException | StackOverflowError e) {
      if (e instanceof JException failed && bounds.isOfAll() && isOutOfRange(failed)) {
        return TextNode.valueOf(String.valueOf(failed.getCurrent()));
      }
      JsonataError known = known(e);
      throw StatesError.query(
          field,
          described(field)
              + (known == null
                  ? " threw an internal error during evaluation. " + e.getMessage()
                  : " threw an error during evaluation" + known.told()));
    }
    if (value == null) {
      throw StatesError.query(field, described(field) + " returned nothing (undefined).");
    }
    return value;
  }

  /**
   * The value over a document, which no expression of a definition has; null where it is undefined.
   *
   * @throws RuntimeException where the evaluation fails
   */
  @Nullable JsonNode value(@Nullable JsonNode document, Scope scope) {
    return value(document, scope, new JsonataBounds());
  }

  private @Nullable JsonNode value(@Nullable JsonNode document, Scope scope, JsonataBounds bounds) {
    Object input = document == null ? null : JsonataValues.bound(document);
    return ScopedValue.where(JsonataBounds.CURRENT, bounds)
        .call(() -> JsonataValues.json(compiled.evaluate(input, frame(scope, bounds))));
  }

  /**
   * As {@link #evaluate}, of a type.
   *
   * @throws StatesError States.QueryEvaluationError also where the value is of another type
   */
  public JsonNode typed(Scope scope, String field, Type type) {
    JsonNode value = evaluate(scope, field);
    if (!type.fits(value)) {
      throw StatesError.query(
          field,
          described(field)
              + " returned an unexpected result type. Expected '"
              + type.written()
              + "', but was '"
              + value.getNodeType().name().toLowerCase(Locale.ROOT)
              + "' for value: "
              + Json.write(value));
    }
    return value;
  }

  private String described(String field) {
    return "The JSONata expression '" + text + "' specified for the field '" + field + "'";
  }

  /** Whether a number is infinite: the library refuses it, AWS gives it by its name. */
  private static boolean isOutOfRange(JException failed) {
    return "D1001".equals(failed.getError()) && failed.getCurrent() instanceof Double;
  }

  /** A failure as JSONata words it; null where it has no words for it. */
  private @Nullable JsonataError known(Throwable e) {
    return switch (e) {
      case JsonataError known -> known;
      case StackOverflowError _ -> JsonataError.tooDeep();
      case JException failed when CODE.matcher(String.valueOf(failed.getError())).matches() ->
          JsonataLibrary.WORDING.of(
              failed.getError(), text, failed.getCurrent(), failed.getExpected());
      // The library has some failures' sentences where their codes belong.
      case JException failed -> JsonataLibrary.WORDING.of(failed.getError());
      default -> JsonataLibrary.WORDING.of(e.getMessage());
    };
  }

  private com.dashjoin.jsonata.Jsonata.Frame frame(Scope scope, JsonataBounds bounds) {
    var frame = compiled.createFrame();
    ObjectNode states = Json.object();
    states.set("input", scope.input());
    states.set("context", scope.context());
    if (scope.result() != null) {
      states.set("result", scope.result());
    }
    if (scope.errorOutput() != null) {
      states.set("errorOutput", scope.errorOutput());
    }
    frame.bind("eval", (Object) null);
    frame.bind(
        "now",
        new JFunction(
            (input, args) -> JsonataLibrary.now(scope.entropy().millis(), args), "<s?s?:s>"));
    for (JsonataFunctions.Named drawn : JsonataFunctions.drawn(scope.entropy())) {
      if (names(drawn.name())) {
        frame.bind(drawn.name(), JsonataLibrary.function(drawn));
      }
    }
    functions.forEach(frame::bind);
    // A variable may have a function's name, which then is the variable.
    for (Map.Entry<String, JsonNode> variable : scope.variables().properties()) {
      frame.bind(variable.getKey(), JsonataValues.bound(variable.getValue()));
    }
    frame.bind("states", JsonataValues.bound(states));
    for (RegexLiterals.Literal literal : literals) {
      frame.bind(
          literal.name(),
          JsonataLibrary.matcher(Regex.compile(literal.pattern(), literal.flags())));
    }
    frame.setEvaluateEntryCallback((expression, input, environment) -> bounds.enter());
    frame.setEvaluateExitCallback((expression, input, environment, result) -> bounds.leave(result));
    return frame;
  }
}
