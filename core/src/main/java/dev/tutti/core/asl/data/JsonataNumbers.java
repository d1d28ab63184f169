package dev.tutti.core.asl.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code $parseInteger}: the library takes no digits but those of ASCII. */
final class JsonataNumbers {
  private JsonataNumbers() {}

  /** Reads a number by a picture. */
  interface Parse {
    @Nullable Object read(String text, String picture) throws Exception;
  }

  /** Not a number where the picture can't read the text. */
  static @Nullable Object parseInteger(@Nullable List<?> args, Parse parse) {
    if (!(JsonataFunctions.argument(args, 0) instanceof String text)
        || !(JsonataFunctions.argument(args, 1) instanceof String picture)) {
      return null;
    }
    try {
      Object read = parse.read(ascii(text), ascii(picture).replaceAll("\\d", "0"));
      return read == null ? (Object) Double.NaN : read;
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Every decimal digit, of whatever script, as that of ASCII. */
  private static String ascii(String text) {
    var out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c ->
            out.appendCodePoint(
                Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER
                    ? '0' + Character.digit(c, 10)
                    : c));
    return out.toString();
  }
}
