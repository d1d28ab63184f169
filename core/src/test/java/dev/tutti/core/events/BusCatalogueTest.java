package dev.tutti.core.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Cause;
import dev.tutti.core.kernel.Recorded;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class BusCatalogueTest {
  private static final BusArn BUS = new BusArn("us-east-1", "111111111111", "orders");
  private static final Cause CAUSE = new Cause("1-00000000-000000000000000000000000", "", "");

  private final BusCatalogue catalogue = new BusCatalogue();
  private long seq;

  private void on(BusFact fact) {
    catalogue.on(new Recorded<>(Buses.key(BUS), ++seq, 1_000 + seq, CAUSE, fact));
  }

  private void put(String name, String account, int value, boolean enabled) {
    on(
        new BusFact.RulePut(
            name, "{\"n\":[" + value + "]}", enabled, null, null, account, Map.of(), null));
  }

  private List<String> match(int value) {
    return catalogue.bus(BUS).match(Json.object().put("n", value)).stream()
        .map(found -> found.rule().name())
        .toList();
  }

  @Test
  void matchesLikeAListOfRulesWhateverWasChanged() {
    on(new BusFact.BusCreated(null, Map.of()));
    SplittableRandom random = new SplittableRandom(11);
    Map<String, Integer> enabled = new HashMap<>();
    Map<String, Integer> disabled = new HashMap<>();
    for (int step = 0; step < 2_000; step++) {
      String name = "r" + random.nextInt(150);
      int value = random.nextInt(5);
      switch (random.nextInt(5)) {
        case 0 -> {
          on(new BusFact.RuleDeleted(name));
          enabled.remove(name);
          disabled.remove(name);
        }
        case 1 -> {
          on(new BusFact.RuleDisabled(name));
          Integer was = enabled.remove(name);
          if (was != null) {
            disabled.put(name, was);
          }
        }
        case 2 -> {
          on(new BusFact.RuleEnabled(name));
          Integer was = disabled.remove(name);
          if (was != null) {
            enabled.put(name, was);
          }
        }
        default -> {
          put(name, BUS.account(), value, true);
          enabled.put(name, value);
          disabled.remove(name);
        }
      }
      if (step % 20 == 0) {
        TreeSet<String> expected = new TreeSet<>();
        enabled.forEach((rule, wanted) -> {
          if (wanted == value) {
            expected.add(rule);
          }
        });
        assertThat(match(value)).as("seed 11, step " + step).containsExactlyElementsOf(expected);
      }
    }
  }

  @Test
  void takesOverThousandsOfRulesQuickly() {
    on(new BusFact.BusCreated(null, Map.of()));
    for (int i = 0; i < 20_000; i++) {
      put("r" + i, BUS.account(), i, true);
    }

    assertThat(match(19_999)).containsExactly("r19999");
  }

  @Test
  void aStrangersRuleCountsAsLongAsThePolicyAllowsIt() {
    on(new BusFact.BusCreated(null, Map.of()));
    put("theirs", "222222222222", 1, true);
    JsonNode open =
        Json.parse(
            "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"events:PutRule\",\"Resource\":\"*\"}}");

    assertThat(match(1)).isEmpty();
    on(new BusFact.PolicyChanged(open));
    assertThat(match(1)).containsExactly("theirs");
    on(new BusFact.PolicyChanged(null));
    assertThat(match(1)).isEmpty();
  }

  @Test
  void aRecreatedBusHasNoneOfItsOldRules() {
    on(new BusFact.BusCreated(null, Map.of()));
    put("old", BUS.account(), 1, true);
    on(new BusFact.BusDeleted());

    assertThat(catalogue.bus(BUS).exists()).isFalse();
    on(new BusFact.BusCreated(null, Map.of()));
    assertThat(match(1)).isEmpty();
  }
}
