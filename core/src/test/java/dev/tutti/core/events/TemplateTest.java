package dev.tutti.core.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.template.EventPath;
import dev.tutti.core.template.FilledTemplate;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TemplateTest {
  private static final JsonNode EVENT =
      Json.parse(
          """
          {"version":"0","id":"e","detail-type":"Updated","source":"shop","account":"111111111111",
           "time":"2026-01-01T00:00:00Z","region":"us-east-1","resources":[],
           "detail":{"user":"u-1","payload":{"user":"u-1","n":1.50},"one":["HIGH"],
                     "two":["A","B"],"yes":true,"quoted":"say \\"hi\\""}}
          """);
  private static final Map<String, String> PATHS =
      Map.of(
          "user", "$.detail.user",
          "payload", "$.detail.payload",
          "one", "$.detail.one",
          "two", "$.detail.two",
          "yes", "$.detail.yes",
          "quoted", "$.detail.quoted",
          "first", "$.detail.two[0]",
          "gone", "$.detail.gone");

  private static @Nullable String render(
      @Nullable String input, @Nullable String path, Target.@Nullable Transformer transformer) {
    return Template.of(
            new Target("t", "arn", null, input, path, transformer, null, null, null, null, null))
        .render(new Template.Given(EVENT, "arn:rule", "orders", 1_767_225_601_999L));
  }

  private static @Nullable String fill(String template) {
    return render(null, null, new Target.Transformer(PATHS, template));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // text: quotes of objects and lists are taken away
        "\"<one> item\" | \"[HIGH] item\"",
        "\"<two>\" | \"[A,B]\"",
        "\"It is <yes>!\" | \"It is true!\"",
        "\"<payload> of users/<user> and <user>\" | \"{user:u-1,n:1.50} of users/u-1 and u-1\"",
        "\"nothing: <gone>\" | \"nothing: \"",
        "\"{[/ <user>\" | \"{[/ u-1\"",
        "\"<quoted>\" | \"say \\\"hi\\\"\"",
        "\"<aws.events.rule-arn> <aws.events.rule-name> <aws.events.event.ingestion-time>\" |"
            + " \"arn:rule orders 2026-01-01T00:00:01Z\"",
        // JSON: values outside quotes, text inside
        "{\"id\" : <user>} | {\"id\" : \"u-1\"}",
        "{\"id\" : \"<user>\"} | {\"id\" : \"u-1\"}",
        "{\"a\":\"x/<user>/y/<user>\",\"b\":[<user>,\"fixed\"]} |"
            + " {\"a\":\"x/u-1/y/u-1\",\"b\":[\"u-1\",\"fixed\"]}",
        "{\"p\":<payload>,\"q\":<yes>,\"r\":<one>} |"
            + " {\"p\":{\"user\":\"u-1\",\"n\":1.50},\"q\":true,\"r\":[\"HIGH\"]}",
        "{\"q\":\"it is <yes>\"} | {\"q\":\"it is true\"}",
        "{\"q\":<quoted>} | {\"q\":\"say \\\"hi\\\"\"}",
        "{\"q\":\"<quoted>\"} | {\"q\":\"say \\\"hi\\\"\"}",
        "{\"q\":<gone>} | {\"q\":\"\"}",
        "[<first>] | [\"A\"]",
        "{\"o\":<aws.events.event>} |"
            + " {\"o\":{\"version\":\"0\",\"id\":\"e\",\"detailType\":\"Updated\",\"source\":\"shop\",\"account\":\"111111111111\",\"time\":\"2026-01-01T00:00:00Z\",\"region\":\"us-east-1\",\"resources\":[]}}",
      })
  void fillsTemplates(String template, String filled) {
    assertThat(fill(template)).isEqualTo(filled);
  }

  @Test
  void knowsTheWholeEvent() {
    assertThat(fill("{\"o\":<aws.events.event.json>}"))
        .isEqualTo("{\"o\":" + Json.write(EVENT) + "}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"p\":\"<payload>\"}", "{\"p\":\"<two>\"}", "{\"p\":<user>"})
  void refusesWhatDoesNotBecomeJson(String template) {
    assertThatThrownBy(() -> fill(template)).isInstanceOf(FilledTemplate.Unfit.class);
  }

  @Test
  void rendersConstantsPathsAndTheEventItself() {
    assertThat(render("{\"a\":1}", null, null)).isEqualTo("{\"a\":1}");
    assertThat(render(null, "$.detail.payload", null)).isEqualTo("{\"user\":\"u-1\",\"n\":1.50}");
    assertThat(render(null, "$.detail.gone", null)).isEqualTo("null");
    assertThat(render(null, "$", null)).isNull();
    assertThat(render(null, null, null)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"$.detail, true", "$.detail.a[0], true", "detail, false", "$.[, false"})
  void knowsPaths(String path, boolean valid) {
    assertThat(EventPath.isPath(path)).isEqualTo(valid);
  }
}
