package dev.tutti.services.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Cause;
import dev.tutti.wire.TraceHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CloudEventsTest {
  private static final String BUS = "arn:aws:events:us-east-1:111111111111:event-bus/b";
  private static final Cause CAUSE =
      new Cause("1-5759e988-bd862e3fe1be46a994272793", "53995c3f42cd8ad8", "111111111111 x:Y");
  private static final String SPAN = "00f067aa0ba902b7";

  private static ObjectNode there(JsonNode given) {
    CloudEvents.check(given);
    return CloudEvents.event(BUS, "111111111111", "us-east-1", given);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        {"specversion":"1.0","id":"7","source":"/shop","type":"Ordered","data":{"n":1}}\
        """,
        """
        {"specversion":"1.0","id":"7","source":"/shop","type":"Ordered"}\
        """,
        """
        {"specversion":"1.0","id":"7","source":"urn:x","type":"Ordered","data":[1,null,"a"],\
        "subject":"42","time":"2026-01-02T03:04:05.678+01:00","dataschema":"http://s",\
        "correlationid":"c","causationid":"p","tracestate":"a=b","flag":true}\
        """,
        """
        {"specversion":"1.0","id":"7","source":"/shop","type":"Ordered","data":"text",\
        "datacontenttype":"text/plain"}\
        """,
        """
        {"specversion":"1.0","id":"7","source":"/shop","type":"Ordered","data":null}\
        """,
        """
        {"specversion":"1.0","id":"7","source":"/shop","type":"Ordered","data_base64":"AAE=",\
        "datacontenttype":"image/png"}\
        """
      })
  void nothingOfACloudEventIsLost(String text) {
    JsonNode given = Json.parse(text);

    ObjectNode back = CloudEvents.of(there(given), BUS, CAUSE, SPAN);

    given
        .properties()
        .forEach(attribute ->
            assertThat(back.get(attribute.getKey()))
                .as(attribute.getKey())
                .isEqualTo(attribute.getValue()));
    assertThat(back.has("data")).isEqualTo(given.has("data"));
    assertThat(back.has("data_base64")).isEqualTo(given.has("data_base64"));
  }

  @Test
  void anEventOfAwsFormBecomesACloudEvent() {
    JsonNode event =
        Json.parse(
            """
            {"version":"0","id":"e","detail-type":"Ordered","source":"shop","account":"111111111111",
            "time":"2026-01-02T03:04:05Z","region":"us-east-1","resources":["a","b"],
            "detail":{"n":1}}\
            """);

    assertThat(CloudEvents.of(event, BUS, CAUSE, SPAN))
        .isEqualTo(
            Json.parse(
                """
                {"specversion":"1.0","id":"e","source":"shop","type":"Ordered",
                "time":"2026-01-02T03:04:05Z","datacontenttype":"application/json",
                "account":"111111111111","region":"us-east-1","bus":"%s","resources":"a,b",
                "correlationid":"1-5759e988-bd862e3fe1be46a994272793",
                "causationid":"53995c3f42cd8ad8",
                "traceparent":"00-5759e988bd862e3fe1be46a994272793-00f067aa0ba902b7-01",
                "data":{"n":1}}\
                """
                    .formatted(BUS)));
  }

  @Test
  void sourceAndIdTellOneFromAnother() {
    ObjectNode given =
        (ObjectNode)
            Json.parse(
                """
                {"specversion":"1.0","id":"7","source":"/shop","type":"Ordered","data":{"n":1}}\
                """);
    String id = there(given).path("id").asText();

    assertThat(there(given.deepCopy().put("type", "Other")).path("id").asText()).isEqualTo(id);
    assertThat(there(given.deepCopy().put("source", "/x")).path("id").asText()).isNotEqualTo(id);
    assertThat(there(given.deepCopy().put("id", "8")).path("id").asText()).isNotEqualTo(id);
  }

  @Test
  void aTraceparentIsTheCause() {
    JsonNode given =
        Json.parse(
            """
            {"traceparent":"00-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8-01"}\
            """);

    assertThat(CloudEvents.trace(given))
        .contains(new TraceHeader("1-5759e988-bd862e3fe1be46a994272793", "53995c3f42cd8ad8"));
    assertThat(CloudEvents.trace(Json.object())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{\"specversion\":\"1.0\",\"id\":\"7\",\"source\":\"/shop\"}",
        "{\"specversion\":\"0.3\",\"id\":\"7\",\"source\":\"/s\",\"type\":\"t\"}",
        "{\"specversion\":\"1.0\",\"id\":\"\",\"source\":\"/s\",\"type\":\"t\"}",
        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"t\",\"Upper\":1}",
        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"t\",\"x\":{}}",
        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"t\",\"time\":\"now\"}",
        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"aws.s3\",\"type\":\"t\"}"
      })
  void refusesWhatIsNone(String text) {
    assertThatThrownBy(() -> CloudEvents.check(Json.parse(text)))
        .isInstanceOf(dev.tutti.wire.ServiceError.class);
  }
}
