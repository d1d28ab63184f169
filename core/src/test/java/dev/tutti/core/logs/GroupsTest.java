package dev.tutti.core.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.kernel.Cause;
import dev.tutti.core.kernel.GoldenFacts;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.kernel.Stage;
import dev.tutti.core.kernel.Transcripts;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class GroupsTest {
  @TestFactory
  Stream<DynamicTest> transcripts() {
    return Transcripts.of(
        "logs",
        () -> new Stage().plays(new Groups()).plays(new LogStreams()).plays(new LogPolicies()));
  }

  @Test
  void factsAreAsReleased() {
    GoldenFacts.check("logGroup", GroupFact.class);
    GoldenFacts.check("logStream", StreamFact.class);
    GoldenFacts.check("logPolicy", PolicyFact.class);
  }

  @Test
  void theCatalogueFindsGroupsByTheBeginningOfTheirNames() {
    var catalogue = new GroupCatalogue();
    for (String name : new String[] {"a", "ab", "b"}) {
      catalogue.on(
          new Recorded<>(
              new Key(Groups.KIND, name),
              1,
              1,
              new Cause("", "", ""),
              new GroupFact.Created(Map.of())));
    }
    catalogue.on(
        new Recorded<>(
            new Key(Groups.KIND, "ab"), 2, 1, new Cause("", "", ""), new GroupFact.Deleted()));
    assertThat(catalogue.startingWith("a").stream().map(Group::arn)).containsExactly("a");
    assertThat(catalogue.group("ab").exists()).isFalse();
  }
}
