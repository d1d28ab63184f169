package dev.tutti.core.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Cause;
import dev.tutti.core.kernel.GoldenFacts;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.kernel.Stage;
import dev.tutti.core.kernel.Transcripts;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class ConnectionsTest {
  private static final ConnectionArn ARN =
      ConnectionArn.destination("us-east-1", "111111111111", "hook");

  @TestFactory
  Stream<DynamicTest> transcripts() {
    return Transcripts.of(
        "connections", () -> new Stage().plays(new Connections()).plays(new ApiDestinations()));
  }

  @Test
  void factsAreAsReleased() {
    GoldenFacts.check("connections", ConnectionFact.class);
    GoldenFacts.check("api-destinations", ApiDestinationFact.class);
  }

  @Test
  void anArnIsReadWithItsOwnIdOnly() {
    assertThat(ConnectionArn.parse(ARN.text())).contains(ARN);
    assertThat(ConnectionArn.parse(ARN.text() + "0")).isEmpty();
    assertThat(ConnectionArn.nameIn(ARN.text() + "0")).isEqualTo("hook");
  }

  @Test
  void ratesFollowTheDestinations() {
    DestinationRates rates = new DestinationRates();
    var settings = new ApiDestination.Settings(null, "c", "POST", "https://example.com", 7);
    assertThat(rates.applyAsInt(ARN.text())).isZero();
    rates.on(recorded(1, new ApiDestinationFact.DestinationCreated(settings)));
    assertThat(rates.applyAsInt(ARN.text())).isEqualTo(7);
    rates.on(recorded(2, new ApiDestinationFact.DestinationDeleted()));
    assertThat(rates.applyAsInt(ARN.text())).isZero();
  }

  private static Recorded<ApiDestinationFact> recorded(long seq, ApiDestinationFact fact) {
    Key key = ApiDestinations.key(ARN);
    return new Recorded<>(key, seq, 1, new Cause("", "", ""), fact);
  }

  @Test
  void whatIsSealedIsNotPrinted() {
    Authorization authorization =
        new Authorization(Authorization.Type.BASIC, Json.object(), "v1.sealed");
    assertThat(authorization.toString()).doesNotContain("sealed");
  }
}
