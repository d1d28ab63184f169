package dev.tutti.torture.check;

import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.simulate.judge.Matching;
import java.util.List;
import java.util.Map;

/**
 * What a data directory holds.
 *
 * @param facts all of them, in order, by whose they are
 * @param machines definitions by the machines' ARNs
 * @param rules in force throughout
 * @param unsettled effects that nobody has settled, and replies that are kept for them
 */
public record Data(
    Map<Key, List<Recorded<?>>> facts,
    Map<String, String> machines,
    List<Matching.Rule> rules,
    List<String> unsettled) {
  public Data {
    rules = List.copyOf(rules);
    unsettled = List.copyOf(unsettled);
  }
}
