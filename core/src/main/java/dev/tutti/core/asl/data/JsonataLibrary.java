package dev.tutti.core.asl.data;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata.JFunction;
import com.dashjoin.jsonata.Utils;
import com.dashjoin.jsonata.utils.DateTimeUtils;
import com.dashjoin.jsonata.utils.Signature;
import dev.tutti.core.pattern.Regex;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The functions that expressions call: the library's, charged for and with AWS's words where they
 * fail, and those that stand in for the library's or that AWS adds.
 */
final class JsonataLibrary {
  static final JsonataWording WORDING =
      new JsonataWording(
          code -> JException.msg(code, -1, JsonataWording.FIRST, JsonataWording.SECOND));

  /** Those that depend on nothing but their arguments, by name. */
  static final Map<String, JFunction> FUNCTIONS = functions();

  private JsonataLibrary() {}

  private static Map<String, JFunction> functions() {
    Map<String, JFunction> functions = own();
    functions.putAll(fixed());
    return functions;
  }

  /** A regular expression, which is a function too. */
  static JFunction matcher(Regex regex) {
    return new Matcher(regex);
  }

  /** As the library has it; what it makes is charged for. */
  static JFunction function(JsonataFunctions.Named named) {
    return new Named(
        named.name(),
        named.signature(),
        new Signature(named.signature(), named.name()).getNumberOfArgs(),
        (input, args) -> charged(named.body().apply(args)));
  }

  /** What a function made; the result of a call in tail position is seen nowhere else. */
  private static @Nullable Object charged(@Nullable Object made) {
    JsonataBounds.CURRENT.get().charge(made);
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
                JsonataBounds.CURRENT.get().charge(own.cost(), args);
                checkPicture(own, args);
                try {
                  return charged(function.call(input, args));
                } catch (DateTimeException | IllegalArgumentException | JException e) {
                  throw worded(own.name(), args, e);
                }
              }));
    }
    return functions;
  }

  /** The library takes pictures as Java's DecimalFormat has them. */
  private static void checkPicture(JsonataCost.Own own, @Nullable List<?> args) {
    if (own.name().equals("formatNumber")
        && JsonataFunctions.argument(args, 0) != null
        && JsonataFunctions.argument(args, 1) instanceof String picture) {
      Map<?, ?> options =
          JsonataFunctions.argument(args, 2) instanceof Map<?, ?> given ? given : Map.of();
      String broken = JsonataPicture.broken(picture, options);
      if (broken != null) {
        throw WORDING.of(broken, "", null, null);
      }
    }
  }

  /** Whether the library could not call a function with what it was given. */
  private static boolean isOfArguments(RuntimeException failure) {
    return String.valueOf(failure.getMessage()).contains("Argument error calling function");
  }

  private static boolean isReworded(String function, JException failure) {
    return function.equals("formatBase")
        || (function.equals("number") && !String.valueOf(failure.getError()).startsWith("T"));
  }

  /** What the library complains of in Java's words, or without the value, in JSONata's. */
  private static RuntimeException worded(
      String function, @Nullable List<?> args, RuntimeException failure) {
    if (failure instanceof JException failed && !isReworded(function, failed)) {
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
      try {
        return body.apply(input, args);
      } catch (RuntimeException e) {
        throw isOfArguments(e) ? signature.refused(args == null ? List.of() : args) : e;
      }
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
            "replace",
            "<s-(sf)(sf)n?:s>",
            args -> JsonataText.replace(args, JsonataLibrary::call)));
    all.add(
        new JsonataFunctions.Named(
            "parseInteger",
            "<s-s:n>",
            args -> JsonataNumbers.parseInteger(args, Functions::parseInteger)));
    all.add(
        new JsonataFunctions.Named(
            "sort", "<af?:a>", args -> JsonataOrder.sort(args, JsonataLibrary::call)));
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
      JsonataBounds.CURRENT.get().search(regex, text);
      return regex;
    }

    private static @Nullable Object first(Regex regex, @Nullable List<?> args) {
      if (!(JsonataFunctions.argument(args, 0) instanceof String text)) {
        return null;
      }
      JsonataBounds.CURRENT.get().search(regex, text);
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

  /** A moment as text. */
  static @Nullable Object now(long millis, @Nullable List<?> args) {
    return DateTimeUtils.formatDateTime(
        millis,
        (String) JsonataFunctions.argument(args, 0),
        (String) JsonataFunctions.argument(args, 1));
  }
}
