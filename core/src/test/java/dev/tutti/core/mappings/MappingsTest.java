package dev.tutti.core.mappings;

import dev.tutti.core.kernel.GoldenFacts;
import dev.tutti.core.kernel.Stage;
import dev.tutti.core.kernel.Transcripts;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class MappingsTest {
  @TestFactory
  Stream<DynamicTest> transcripts() {
    return Transcripts.of("mappings", () -> new Stage().plays(new Mappings()));
  }

  @Test
  void factsStayReadable() {
    GoldenFacts.check("mappings", MappingFact.class);
  }
}
