package dev.tutti.core.asl.data;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What it costs to call a function of the library's, by what it is given: in what it takes to make
 * an element, about a ten-millionth of a second ({@code ./tutti bench inner Hostile}).
 *
 * @param elements for each element of a list that is given
 * @param characters for each character of a text that is given
 * @param deep whether the function looks into elements, too
 */
record JsonataCost(double elements, double characters, boolean deep) {
  /** Goes over what it is given once. */
  private static final JsonataCost PLAIN = new JsonataCost(0.25, 0.125, false);

  /** Doesn't look at it. */
  private static final JsonataCost NONE = new JsonataCost(0, 0, false);

  /** Makes a number of each element on its way. */
  private static final JsonataCost ADDING = new JsonataCost(0.75, 0.125, false);

  private static final JsonataCost COPYING = new JsonataCost(5, 0.125, true);
  private static final JsonataCost SPELLING = new JsonataCost(0.25, 2, false);
  private static final JsonataCost PICTURE = new JsonataCost(0.25, 0.5, false);

  /** All functions of the library's that this runtime has not made itself. */
  static final List<Own> OWN =
      List.of(
          new Own("abs", "<n-:n>", PLAIN),
          new Own("append", "<xx:a>", PLAIN),
          new Own("assert", "<bs?:x>", PLAIN),
          new Own("average", "<a<n>:n>", ADDING),
          new Own("base64decode", "<s-:s>", PLAIN),
          new Own("base64encode", "<s-:s>", PLAIN),
          new Own("boolean", "<x-:b>", PLAIN),
          new Own("ceil", "<n-:n>", PLAIN),
          new Own("clone", "<(oa)-:o>", COPYING),
          new Own("count", "<a:n>", NONE),
          new Own("decodeUrl", "<s-:s>", PLAIN),
          new Own("decodeUrlComponent", "<s-:s>", SPELLING),
          new Own("distinct", "<x:x>", COPYING),
          new Own("each", "<o-f:a>", PLAIN),
          new Own("encodeUrl", "<s-:s>", PLAIN),
          new Own("encodeUrlComponent", "<s-:s>", SPELLING),
          new Own("error", "<s?:x>", PLAIN),
          new Own("exists", "<x:b>", NONE),
          new Own("filter", "<af>", PLAIN),
          new Own("floor", "<n-:n>", PLAIN),
          new Own("formatBase", "<n-n?:s>", PLAIN),
          new Own("formatInteger", "<n-s:s>", PICTURE),
          new Own("formatNumber", "<n-so?:s>", PICTURE),
          new Own("keys", "<x-:a<s>>", PLAIN),
          new Own("length", "<s-:n>", PLAIN),
          new Own("lookup", "<x-s:x>", NONE),
          new Own("lowercase", "<s-:s>", PLAIN),
          new Own("map", "<af>", PLAIN),
          new Own("max", "<a<n>:n>", ADDING),
          new Own("merge", "<a<o>:o>", PLAIN),
          new Own("min", "<a<n>:n>", ADDING),
          new Own("not", "<x-:b>", PLAIN),
          new Own("number", "<(nsb)-:n>", PLAIN),
          new Own("power", "<n-n:n>", PLAIN),
          new Own("reduce", "<afj?:j>", PLAIN),
          new Own("reverse", "<a:a>", PLAIN),
          new Own("round", "<n-n?:n>", PLAIN),
          new Own("sift", "<o-f?:o>", PLAIN),
          new Own("single", "<af?>", PLAIN),
          new Own("spread", "<x-:a<o>>", PLAIN),
          new Own("sqrt", "<n-:n>", PLAIN),
          new Own("string", "<x-b?:s>", COPYING),
          new Own("substring", "<s-nn?:s>", PLAIN),
          new Own("substringAfter", "<s-s:s>", PLAIN),
          new Own("substringBefore", "<s-s:s>", PLAIN),
          new Own("sum", "<a<n>:n>", ADDING),
          new Own("toMillis", "<s-s?:n>", PICTURE),
          new Own("trim", "<s-:s>", PLAIN),
          new Own("type", "<x:s>", NONE),
          new Own("uppercase", "<s-:s>", PLAIN),
          new Own("zip", "<a+>", PLAIN));

  /**
   * A function of the library's.
   *
   * @param signature in JSONata's notation
   */
  record Own(String name, String signature, JsonataCost cost) {}

  /**
   * The cost of a call.
   *
   * @param weight what a value would take written out
   */
  long of(@Nullable List<?> arguments, JsonataWeight weight) {
    double sum = 0;
    if (arguments != null) {
      for (Object argument : arguments) {
        sum +=
            switch (argument) {
              case String text -> characters * text.length();
              case List<?> list -> elements * (deep ? weight.of(list) : list.size());
              case Map<?, ?> map -> elements * (deep ? weight.of(map) : map.size());
              case null, default -> 0;
            };
      }
    }
    return (long) sum;
  }
}
