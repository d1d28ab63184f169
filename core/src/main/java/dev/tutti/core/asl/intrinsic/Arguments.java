package dev.tutti.core.asl.intrinsic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.asl.data.Entropy;
import java.math.BigInteger;
import java.util.List;

/**
 * The values that a function was called with.
 *
 * @param template the first one as a template with escapes, where it is a literal text
 */
record Arguments(Intrinsic function, List<JsonNode> values, String template, Entropy entropy) {
  /** Longest text that the encoding functions take, in characters. */
  private static final int LONGEST_TEXT = 10_000;

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
    JsonNode value = at(index);
    if (!value.isNumber() || value.decimalValue().precision() - value.decimalValue().scale() > 11) {
      throw invalid();
    }
    BigInteger whole = value.decimalValue().toBigInteger();
    if (whole.bitLength() > 31) {
      throw invalid();
    }
    return whole.intValue();
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
