package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import dev.tutti.services.gateway.Gateway;
import dev.tutti.services.gateway.Gateways;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A text message over the wire: published by a client, kept over a restart, got by a gateway. */
class PhonesTest {
  private static final String ACCOUNT = "111122223333";

  @TempDir private Path data;

  @Test
  void whatWasPublishedWithoutAGatewayIsSentOnceThereIsOne() throws Exception {
    try (Assembly without = open(null);
        PlainClient client = new PlainClient(without.port(), ACCOUNT)) {
      assertThat(client.query("sns", "Action=Publish&PhoneNumber=%2B15551234567&Message=hello"))
          .contains("<MessageId>");
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> parked(without).path(0).path("Error").asText().equals("NoTextGateway"));
    }
    try (Listener gateway = new Listener();
        Assembly with = open(Gateway.of(gateway.url() + "sms", null))) {
      String handle = parked(with).path(0).path("Handle").asText();
      new RemoteOptions(with.port())
          .post("/_tutti/parked/redrive", Json.object().put("Delivery", handle));

      await().atMost(Duration.ofSeconds(20)).until(() -> !gateway.posted().isEmpty());

      assertThat(Json.parse(gateway.posted().remove()).path("phoneNumber").asText())
          .isEqualTo("+15551234567");
      await().atMost(Duration.ofSeconds(20)).until(() -> parked(with).isEmpty());
    }
  }

  private static JsonNode parked(Assembly runtime) {
    return new RemoteOptions(runtime.port()).get("/_tutti/parked").path("Deliveries");
  }

  private Assembly open(@Nullable Gateway text) {
    return Assembly.open(RuntimeSettings.of(data, 0).withGateways(new Gateways(null, text)));
  }
}
