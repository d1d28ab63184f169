package dev.tutti.simulate;

import java.util.List;
import java.util.Map;

/**
 * What came of a run.
 *
 * @param faults what is wrong; empty where nothing is
 * @param happened how often what happened, by its name
 * @param log what was recorded, aggregate by aggregate, where there are faults
 */
record Verdict(List<String> faults, Map<String, Long> happened, List<String> log) {
  boolean passed() {
    return faults.isEmpty();
  }
}
