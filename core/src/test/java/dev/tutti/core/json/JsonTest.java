package dev.tutti.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "true",
        "-9223372036854775808",
        "1.000000000000000000000000000000000001",
        "\"\"",
        "\"ünï\\u0001\\\"\\\\\"",
        "[]",
        "{}",
        "[1,[2,[3,\"four\"]],{}]",
        "{\"a\":{\"b\":[null,false,\"c\"]},\"d\\n\":1e10}"
      })
  void aValueIsLongerThanOneByteLessThanItsTextAndNotThanItsText(String text) {
    JsonNode value = Json.parse(text);
    int length = Json.bytes(value).length;

    assertThat(Json.isLongerThan(length, value)).isFalse();
    assertThat(Json.isLongerThan(length - 1, value)).isTrue();
  }

  @Test
  void aNumberOfManyDigitsCountsAllOfThem() {
    JsonNode value = Json.array().add(new BigDecimal("7".repeat(5000)));

    assertThat(Json.isLongerThan(5001, value)).isTrue();
    assertThat(Json.isLongerThan(5002, value)).isFalse();
  }
}
