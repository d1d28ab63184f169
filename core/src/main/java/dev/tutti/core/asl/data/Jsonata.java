package dev.tutti.core.asl.data;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata.JFunction;
import com.dashjoin.jsonata.Utils;
import com.dashjoin.jsonata.utils.DateTimeUtils;
import com.dashjoin.jsonata.utils.Signature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.pattern.Regex;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A JSONata expression, compiled. It sees {@code $states} and the variables; the document itself
 * ({@code $}) is empty, as on AWS.
 *
 * <p>An expression may do only so much: steps, nesting and the size of what it makes are bounded
 * ({@link JsonataFunctions}), and time and chance are those of the decision, so a replay computes
 * the same.
 *
 * <p>This is the only place that knows the library.
 */
public final class Jsonata implements Expression {
  /** How the library holds JSON's null, which isn't undefined. */
  static final Object NULL = com.dashjoin.jsonata.Jsonata.NULL_VALUE;

  private static final String NONE = "Value is not a valid JSONata expression";
  private static final Pattern CODE = Pattern.compile("[A-Z]\\d{4}");

  /** Nodes that one evaluation looks at: a tenth of a second, or two. */
  private static final int MOST_STEPS = 200_000;

  private static final int DEEPEST = 302;

  private static final JsonataWording WORDING =
      new JsonataWording(
          code -> JException.msg(code, -1, JsonataWording.FIRST, JsonataWording.SECOND));

  /** Steps of a regular expression that take the time in which an element is made. */
  private static final int WORK_OF_AN_ELEMENT = 16;

  /** Of the evaluation under way: functions charge it for what they make. */
  private static final ScopedValue<Bounds> BOUNDS = ScopedValue.newInstance();

  /** The library's own functions, by name. */
  private static final Map<String, JFunction> OWN = own();

  /** Functions that depend on nothing but their arguments, by name. */
  private static final Map<String, JFunction> FIXED = fixed();

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
    this.functions = new LinkedHashMap<>(OWN);
    functions.putAll(FIXED);
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
          WORDING
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
    var bounds = new Bounds();
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
    return value(document, scope, new Bounds());
  }

  private @Nullable JsonNode value(@Nullable JsonNode document, Scope scope, Bounds bounds) {
    Object input = document == null ? null : JsonataValues.bound(document);
    return ScopedValue.where(BOUNDS, bounds)
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
          WORDING.of(failed.getError(), text, failed.getCurrent(), failed.getExpected());
      // The library has some failures' sentences where their codes belong.
      case JException failed -> WORDING.of(failed.getError());
      default -> WORDING.of(e.getMessage());
    };
  }

  private com.dashjoin.jsonata.Jsonata.Frame frame(Scope scope, Bounds bounds) {
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
        "now", new JFunction((input, args) -> now(scope.entropy().millis(), args), "<s?s?:s>"));
    for (JsonataFunctions.Named drawn : JsonataFunctions.drawn(scope.entropy())) {
      if (names(drawn.name())) {
        frame.bind(drawn.name(), function(drawn));
      }
    }
    functions.forEach(frame::bind);
    // A variable may have a function's name, which then is the variable.
    for (Map.Entry<String, JsonNode> variable : scope.variables().properties()) {
      frame.bind(variable.getKey(), JsonataValues.bound(variable.getValue()));
    }
    frame.bind("states", JsonataValues.bound(states));
    for (RegexLiterals.Literal literal : literals) {
      frame.bind(literal.name(), new Matcher(Regex.compile(literal.pattern(), literal.flags())));
    }
    frame.setEvaluateEntryCallback((expression, input, environment) -> bounds.enter());
    frame.setEvaluateExitCallback((expression, input, environment, result) -> bounds.leave(result));
    return frame;
  }

  private static JFunction function(JsonataFunctions.Named named) {
    return new Named(
        named.name(),
        named.signature(),
        new Signature(named.signature(), named.name()).getNumberOfArgs(),
        (input, args) -> charged(named.body().apply(args)));
  }

  /** What a function made; the result of a call in tail position is seen nowhere else. */
  private static @Nullable Object charged(@Nullable Object made) {
    BOUNDS.get().charge(made);
    return made;
  }

  private static Map<String, JFunction> own() {
    var functions = new LinkedHashMap<String, JFunction>();
    for (JsonataCost.Own own : JsonataCost.OWN) {
      Object value = com.dashjoin.jsonata.Jsonata.jsonata("$" + own.name()).evaluate(null);
      if (!(value instanceof JFunction function)) {
        throw new IllegalStateException("the library has no function " + own.name());
      }
      functions.put(
          own.name(),
          new Named(
              own.name(),
              own.signature(),
              function.getNumberOfArgs(),
              (input, args) -> {
                BOUNDS.get().charge(own.cost(), args);
                try {
                  return charged(function.call(input, args));
                } catch (DateTimeException | IllegalArgumentException | JException e) {
                  throw worded(own.name(), args, e);
                }
              }));
    }
    return functions;
  }

  /** What the library complains of in Java's words, or without the value, in JSONata's. */
  private static RuntimeException worded(
      String function, @Nullable List<?> args, RuntimeException failure) {
    if (failure instanceof JException && !function.equals("formatBase")) {
      return failure;
    }
    Object given = JsonataFunctions.argument(args, 0);
    return switch (function) {
      case "number" -> WORDING.of("D3030", "", given, null);
      case "toMillis" -> WORDING.of("D3110", "", given, null);
      case "formatBase" -> WORDING.of("D3100", "", JsonataFunctions.argument(args, 1), null);
      case "decodeUrl", "decodeUrlComponent", "encodeUrl", "encodeUrlComponent" ->
          WORDING.of("D3140", "", function, given);
      default -> failure;
    };
  }

  /** A function that an expression may also apply in part. */
  private static final class Named extends JFunction {
    private final String name;
    private final JsonataSignature signature;
    private final int arguments;
    private final BiFunction<@Nullable Object, @Nullable List<?>, @Nullable Object> body;

    /**
     * @param signature in JSONata's notation
     * @param arguments how many it takes at most
     */
    Named(
        String name,
        String signature,
        int arguments,
        BiFunction<@Nullable Object, @Nullable List<?>, @Nullable Object> body) {
      // Of a function that is applied in part the library writes a call by name, and only this
      // constructor takes a name. The method that it wants is never called.
      super(name, signature, Functions.class, null, "sum");
      this.name = name;
      this.signature = new JsonataSignature(name, signature);
      this.arguments = arguments;
      this.body = body;
    }

    @Override
    @SuppressWarnings("rawtypes") // the library's
    public @Nullable Object call(@Nullable Object input, @Nullable List args) {
      return body.apply(input, args);
    }

    /** The library tells the wrong argument, or which function it was, wrong. */
    @Override
    public @Nullable Object validate(@Nullable Object args, @Nullable Object context) {
      try {
        return super.validate(args, context);
      } catch (JException e) {
        List<?> given = args instanceof List<?> list ? list : List.of();
        throw switch (String.valueOf(e.getError())) {
          case "T0410" -> signature.refused(given);
          case "T0411" -> WORDING.of("T0411", "", e.getExpected(), name);
          case "T0412" ->
              WORDING.elements(
                  name, 1 + given.indexOf(e.getCurrent()), String.valueOf(e.getExpected()));
          default -> e;
        };
      }
    }

    @Override
    public int getNumberOfArgs() {
      return arguments;
    }
  }

  private static Map<String, JFunction> fixed() {
    var functions = new LinkedHashMap<String, JFunction>();
    List<JsonataFunctions.Named> all = new ArrayList<>(JsonataFunctions.fixed());
    all.add(
        new JsonataFunctions.Named(
            "match", "<s-f<s:o>n?:a<o>>", args -> sequence(JsonataText.match(args))));
    all.add(
        new JsonataFunctions.Named(
            "replace", "<s-(sf)(sf)n?:s>", args -> JsonataText.replace(args, Jsonata::call)));
    all.add(
        new JsonataFunctions.Named(
            "parseInteger",
            "<s-s:n>",
            args -> JsonataNumbers.parseInteger(args, Functions::parseInteger)));
    all.add(
        new JsonataFunctions.Named(
            "sort", "<af?:a>", args -> JsonataOrder.sort(args, Jsonata::call)));
    all.add(
        new JsonataFunctions.Named(
            "fromMillis",
            "<n-s?s?:s>",
            args -> JsonataDates.fromMillis(args, DateTimeUtils::formatDateTime)));
    all.forEach(named -> functions.put(named.name(), function(named)));
    return functions;
  }

  private static @Nullable Object call(Object function, List<?> args) {
    try {
      return Functions.funcApply(function, args);
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(String.valueOf(e.getMessage()), e);
    }
  }

  /** A list that is its only element, where it has but one. */
  private static @Nullable Object sequence(@Nullable List<Object> elements) {
    if (elements == null) {
      return null;
    }
    List<Object> sequence = Utils.createSequence();
    sequence.addAll(elements);
    return sequence;
  }

  /** A regular expression; called on a text it gives the first match, which knows the next. */
  private static final class Matcher extends JFunction implements JsonataText.Pattern {
    private final Regex regex;

    Matcher(Regex regex) {
      super((input, args) -> first(regex, args), null);
      this.regex = regex;
    }

    @Override
    public Regex over(String text) {
      BOUNDS.get().search(regex, text);
      return regex;
    }

    private static @Nullable Object first(Regex regex, @Nullable List<?> args) {
      if (!(JsonataFunctions.argument(args, 0) instanceof String text)) {
        return null;
      }
      BOUNDS.get().search(regex, text);
      return closure(regex.all(text, Integer.MAX_VALUE), 0);
    }

    private static @Nullable Object closure(List<Regex.Match> matches, int index) {
      if (index >= matches.size()) {
        return null;
      }
      Regex.Match match = matches.get(index);
      var object = new LinkedHashMap<String, Object>();
      object.put("match", match.text());
      object.put("start", match.start());
      object.put("end", match.end());
      object.put("groups", new ArrayList<Object>(match.groups()));
      object.put("next", new JFunction((input, args) -> closure(matches, index + 1), null));
      return object;
    }
  }

  private static @Nullable Object now(long millis, @Nullable List<?> args) {
    return DateTimeUtils.formatDateTime(
        millis,
        (String) JsonataFunctions.argument(args, 0),
        (String) JsonataFunctions.argument(args, 1));
  }

  /** How much one evaluation has done. */
  private static final class Bounds {
    private final JsonataWeight weight = new JsonataWeight();
    private int steps;
    private int depth;

    void enter() {
      if (++steps > MOST_STEPS) {
        throw JsonataError.tooLong();
      }
      if (++depth > DEEPEST) {
        throw JsonataError.tooDeep();
      }
    }

    /** Whether what failed is the expression, and not a part of it: a failure leaves nothing. */
    boolean isOfAll() {
      return depth == 1;
    }

    void leave(@Nullable Object result) {
      depth--;
      charge(result);
    }

    void charge(JsonataCost cost, @Nullable List<?> arguments) {
      weight.charge(cost.of(arguments, weight));
    }

    /** Of a search by a regular expression. */
    void search(Regex regex, String text) {
      weight.charge(regex.work(text) / WORK_OF_AN_ELEMENT);
    }

    void charge(@Nullable Object result) {
      JsonataFunctions.checkSize(result);
      weight.add(result);
    }
  }
}
