package dev.tutti.core.delivery;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.tutti.core.kernel.GoldenFacts;
import dev.tutti.core.kernel.Stage;
import dev.tutti.core.kernel.Transcripts;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class DeliveryTranscriptsTest {
  @TestFactory
  Stream<DynamicTest> transcripts() {
    return Transcripts.of(
        "delivery", () -> new Stage().plays(new Deliveries()).plays(new MessageGroups()));
  }

  @Test
  void factsStayAsReleased() {
    assertThatCode(
            () -> {
              GoldenFacts.check("delivery", DeliveryFact.class);
              GoldenFacts.check("message-group", MessageGroupFact.class);
            })
        .doesNotThrowAnyException();
  }
}
