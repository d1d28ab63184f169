package dev.tutti.core.events;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.tutti.core.delivery.Deliveries;
import dev.tutti.core.delivery.MessageGroups;
import dev.tutti.core.kernel.GoldenFacts;
import dev.tutti.core.kernel.Stage;
import dev.tutti.core.kernel.Transcripts;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class EventTranscriptsTest {
  @TestFactory
  Stream<DynamicTest> transcripts() {
    return Transcripts.of(
        "events",
        () -> {
          BusCatalogue catalogue = new BusCatalogue();
          return new Stage()
              .plays(new Buses(), catalogue::on)
              .plays(new Events(catalogue))
              .plays(new Archives(), catalogue::onArchive)
              .plays(new Replays())
              .plays(new LogKeepers())
              .plays(new RuleTimers())
              .plays(new Deliveries())
              .plays(new MessageGroups());
        });
  }

  @Test
  void factsStayAsReleased() {
    assertThatCode(
            () -> {
              GoldenFacts.check("bus", BusFact.class);
              GoldenFacts.check("event", EventFact.class);
              GoldenFacts.check("archive", ArchiveFact.class);
              GoldenFacts.check("replay", ReplayFact.class);
              GoldenFacts.check("log-keeper", LogKeeperFact.class);
              GoldenFacts.check("rule-timer", RuleTimerFact.class);
            })
        .doesNotThrowAnyException();
  }
}
