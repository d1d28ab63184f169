package dev.tutti.simulate;

import java.util.List;
import java.util.Map;

/**
 * What came of a run.
 *
 * @param faults what is wrong; empty where nothing is
 * @param happened how often what happened, by its name
 */
record Verdict(List<String> faults, Map<String, Long> happened) {
  boolean passed() {
    return faults.isEmpty();
  }
}
