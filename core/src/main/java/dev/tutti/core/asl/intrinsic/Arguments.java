package dev.tutti.core.asl.intrinsic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.asl.data.Entropy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;

/**
 * The values that a function was called with.
 *
 * @param template the first one as a template with escapes, where it is a literal text
 */
record Arguments(Intrinsic function, List<JsonNode> values, String template, Entropy entropy) {
  /** Longest text that the encoding functions take, in characters. */
  private static final int LONGEST_TEXT = 10_000;

  /** Digits that a number may have before its point, and that count behind it. */
  private static final int MOST_DIGITS = 20;

  private static final BigDecimal HALF = new BigDecimal("0.5");

  int count() {
    return values.size();
  }

  JsonNode at(int index) {
    return values.get(index);
  }

  String text(int index) {
    JsonNode value = at(index);
    if (!value.isTextual()) {
      throw invalid();
    }
    return value.textValue();
  }

  /** A text for encoding or hashing; AWS takes no more than 10,000 characters. */
  String shortText(int index) {
    String text = text(index);
    if (text.codePointCount(0, text.length()) > LONGEST_TEXT) {
      throw invalid();
    }
    return text;
  }

  JsonNode array(int index) {
    JsonNode value = at(index);
    if (!value.isArray()) {
      throw invalid();
    }
    return value;
  }

  /** A whole number of 32 bits; AWS cuts off what is behind the point. */
  int integer(int index) {
    return integer(index, RoundingMode.DOWN);
  }

  /** As {@link #integer(int)}, to the nearest, halves up. */
  int rounded(int index) {
    BigDecimal value = number(index);
    boolean half = value.remainder(BigDecimal.ONE).abs().compareTo(HALF) == 0;
    return integer(index, half ? RoundingMode.CEILING : RoundingMode.HALF_UP);
  }

  private int integer(int index, RoundingMode rounding) {
    BigInteger whole = number(index).setScale(0, rounding).toBigInteger();
    if (whole.bitLength() > 31) {
      throw invalid();
    }
    return whole.intValue();
  }

  private BigDecimal number(int index) {
    JsonNode value = at(index);
    if (!value.isNumber()) {
      throw invalid();
    }
    BigDecimal number = value.decimalValue();
    if (number.precision() - number.scale() > MOST_DIGITS) {
      throw invalid();
    }
    return number.scale() > MOST_DIGITS ? number.setScale(MOST_DIGITS, RoundingMode.DOWN) : number;
  }

  /** These arguments do not suit the function. */
  IntrinsicFault invalid() {
    return new IntrinsicFault("Invalid arguments in " + function.written());
  }

  /** As {@link #invalid()}, with a reason. */
  IntrinsicFault invalid(String reason) {
    return new IntrinsicFault("Invalid arguments in " + function.written() + ": " + reason);
  }
}
