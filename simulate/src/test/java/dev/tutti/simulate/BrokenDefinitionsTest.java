package dev.tutti.simulate;

import static dev.tutti.simulate.Breaking.compiles;
import static dev.tutti.simulate.Breaking.isCaught;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import org.junit.jupiter.api.Test;

/** What runs is not what was written. */
final class BrokenDefinitionsTest {
  @Test
  void triesOnceTooOften() {
    isCaught(
        compiles(text ->
            text.replace("\"MaxAttempts\":0", "\"MaxAttempts\":1")
                .replace("\"MaxAttempts\":1,", "\"MaxAttempts\":2,")),
        "I8:");
  }

  @Test
  void triesAgainTooSoon() {
    isCaught(
        compiles(text -> text.replace("\"IntervalSeconds\":4", "\"IntervalSeconds\":3")), "I19:");
  }

  @Test
  void catchesByTheLastThatMatches() {
    isCaught(
        compiles(text -> {
          JsonNode definition = Json.parse(text);
          definition.findValues("Catch").forEach(BrokenDefinitionsTest::turnRound);
          return Json.write(definition);
        }),
        "I8:");
  }

  /** The other way round; {@code States.ALL} has to stay last, so the names stay where they are. */
  private static void turnRound(JsonNode catchers) {
    if (catchers.size() == 2) {
      ObjectNode first = (ObjectNode) catchers.get(0);
      ObjectNode second = (ObjectNode) catchers.get(1);
      String next = first.path("Next").asText();
      first.put("Next", second.path("Next").asText());
      second.put("Next", next);
    }
  }
}
