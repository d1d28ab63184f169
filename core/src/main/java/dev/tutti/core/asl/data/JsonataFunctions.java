package dev.tutti.core.asl.data;

import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Functions that differ here from the library's: those that AWS adds (developer guide, "JSONata
 * functions provided by Step Functions"), those that read a clock or draw, and those that could
 * make a value of any size from nothing. {@code $eval} isn't there, as on AWS.
 */
final class JsonataFunctions {
  /** Longest list that an expression may make on the way; twice what a payload can hold. */
  private static final int MOST = 250_000;

  /** Longest text that it may make on the way, in characters: more than any payload. */
  private static final int MOST_CHARACTERS = 300_000;

  private static final Map<String, String> HASHES =
      Map.of(
          "MD5", "MD5",
          "SHA-1", "SHA-1",
          "SHA-256", "SHA-256",
          "SHA-384", "SHA-384",
          "SHA-512", "SHA-512");

  private JsonataFunctions() {}

  /**
   * A function.
   *
   * @param signature in JSONata's notation
   */
  record Named(String name, String signature, Body body) {}

  /** What a function does with its arguments; null is undefined. */
  interface Body {
    @Nullable Object apply(@Nullable List<?> args);
  }

  /** Those that draw, or tell the time. */
  static List<Named> drawn(Entropy entropy) {
    return List.of(
        new Named("uuid", "<:s>", args -> entropy.uuid()),
        new Named("millis", "<:n>", args -> entropy.millis()),
        new Named("random", "<n?:n>", args -> random(entropy, args)),
        new Named("shuffle", "<a:a>", args -> shuffle(entropy, args)));
  }

  /** Those that give the same each time. */
  static List<Named> fixed() {
    return List.of(
        new Named("pad", "<s-ns?:s>", JsonataFunctions::pad),
        new Named("join", "<a<s>s?:s>", JsonataText::join),
        new Named("contains", "<s-(sf):b>", JsonataText::contains),
        new Named("split", "<s-(sf)n?:a<s>>", JsonataText::split),
        new Named("partition", "<x?n?:a>", JsonataFunctions::partition),
        new Named("range", "<n?n?n?:x>", JsonataFunctions::range),
        new Named("hash", "<s?s?:s>", JsonataFunctions::hash),
        new Named("parse", "<s?:x>", JsonataFunctions::parse));
  }

  /** Refuses what is too large to go on with. */
  static void checkSize(@Nullable Object value) {
    switch (value) {
      case String text -> checkLength(text.length());
      case List<?> list when list.size() > MOST -> throw JsonataError.tooMuch();
      case null, default -> {
        // small enough
      }
    }
  }

  /** Refuses a text that gets too long. */
  static void checkLength(int length) {
    if (length > MOST_CHARACTERS) {
      throw JsonataError.tooMuch();
    }
  }

  static @Nullable Object argument(@Nullable List<?> args, int index) {
    return args == null || index >= args.size() ? null : args.get(index);
  }

  private static Object random(Entropy entropy, @Nullable List<?> args) {
    return argument(args, 0) instanceof Number seed
        ? (Object) new Random(seed.longValue()).nextDouble()
        : (Object) entropy.fraction();
  }

  private static @Nullable Object shuffle(Entropy entropy, @Nullable List<?> args) {
    if (!(argument(args, 0) instanceof List<?> list)) {
      return null;
    }
    var shuffled = new ArrayList<Object>(list);
    for (int i = shuffled.size() - 1; i > 0; i--) {
      Collections.swap(shuffled, i, (int) (entropy.fraction() * (i + 1)));
    }
    return shuffled;
  }

  private static @Nullable Object pad(@Nullable List<?> args) {
    if (!(argument(args, 0) instanceof String text) || !(argument(args, 1) instanceof Number n)) {
      return null;
    }
    long width = n.longValue();
    if (Math.abs(width) > MOST_CHARACTERS) {
      throw JsonataError.tooMuch();
    }
    String with = argument(args, 2) instanceof String given && !given.isEmpty() ? given : " ";
    int units = with.codePointCount(0, with.length());
    int missing = (int) Math.abs(width) - text.codePointCount(0, text.length());
    if (missing <= 0) {
      return text;
    }
    String padding =
        with.repeat(missing / units)
            + with.substring(0, with.offsetByCodePoints(0, missing % units));
    return width > 0 ? text + padding : padding + text;
  }

  /** Without a size in one part; in parts of size 0 undefined, as nothing is. */
  private static @Nullable Object partition(@Nullable List<?> args) {
    Object given = argument(args, 0);
    if (given == null) {
      return null;
    }
    if (!(given instanceof List<?> list)) {
      throw JsonataError.coded(
          "T0412", "Argument 1 of function \"partition\" must be an array of undefined");
    }
    int size = argument(args, 1) instanceof Number n ? n.intValue() : Math.max(1, list.size());
    if (size < 0) {
      throw JsonataError.own("Second argument must be zero or greater");
    }
    if (size == 0 || list.isEmpty()) {
      return null;
    }
    var chunks = new ArrayList<Object>();
    for (int i = 0; i < list.size(); i += size) {
      int end = (int) Math.min((long) i + size, list.size());
      chunks.add(new ArrayList<Object>(list.subList(i, end)));
      if (end == list.size()) {
        break;
      }
    }
    return chunks;
  }

  /** Whole numbers, rounded towards zero; undefined where no step leads to the end. */
  private static @Nullable Object range(@Nullable List<?> args) {
    long from = whole("range", args, 0);
    long to = whole("range", args, 1);
    if (argument(args, 2) == null) {
      return null;
    }
    long step = whole("range", args, 2);
    if (step == 0 || (step > 0 ? from > to : from < to)) {
      return null;
    }
    BigInteger last =
        BigInteger.valueOf(to).subtract(BigInteger.valueOf(from)).divide(BigInteger.valueOf(step));
    if (last.compareTo(BigInteger.valueOf(MOST)) >= 0) {
      throw JsonataError.tooMuch();
    }
    var numbers = new ArrayList<Object>();
    for (int i = 0; i <= last.intValue(); i++) {
      numbers.add(JsonataValues.whole(from + i * step));
    }
    return numbers.size() == 1 ? numbers.getFirst() : numbers;
  }

  private static long whole(String function, @Nullable List<?> args, int index) {
    if (argument(args, index) instanceof Number number) {
      return number.longValue();
    }
    throw JsonataError.argument(function, index + 1);
  }

  private static @Nullable Object hash(@Nullable List<?> args) {
    if (!(argument(args, 0) instanceof String text)) {
      throw JsonataError.argument("hash", 1);
    }
    if (!(argument(args, 1) instanceof String algorithm)) {
      return null;
    }
    String known = HASHES.get(algorithm);
    if (known == null) {
      throw JsonataError.own(
          "Hash algorithm '"
              + algorithm
              + "' must be one of SHA-1, SHA-384, SHA-256, SHA-512, MD5");
    }
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance(known).digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + known, e);
    }
  }

  private static @Nullable Object parse(@Nullable List<?> args) {
    Object given = argument(args, 0);
    if (given == null) {
      return null;
    }
    if (!(given instanceof String text)) {
      throw JsonataError.argument("parse", 1);
    }
    try {
      return JsonataValues.bound(Json.parse(text));
    } catch (MalformedJson e) {
      throw JsonataError.own("Invalid JSON");
    }
  }
}
