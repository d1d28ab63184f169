package dev.tutti.services;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageAttributesTest {
  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "+1.5", ".5", "1.", "1e3", "1.5E-7"})
  void numbers(String text) {
    assertThat(MessageAttributes.isNumber(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", ".", "1e", "0x1", "1 ", "NaN", "1.5.1"})
  void noNumbers(String text) {
    assertThat(MessageAttributes.isNumber(text)).isFalse();
  }

  @Test
  void attributesCountWithTheirNamesAndTypes() {
    JsonNode attributes =
        Json.parse(
            """
            {"a":{"DataType":"String","StringValue":"\u00e9"},
             "bb":{"DataType":"Binary","BinaryValue":"AQI="}}
            """);

    assertThat(MessageAttributes.bytes("body", attributes))
        .isEqualTo(4 + (1 + 6 + 2) + (2 + 6 + 2));
    assertThat(MessageAttributes.bytes("body", Json.object().path("none"))).isEqualTo(4);
  }
}
