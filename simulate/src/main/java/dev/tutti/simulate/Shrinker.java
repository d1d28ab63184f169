package dev.tutti.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Makes a failing scenario smaller: takes out one thing after the other, greedily, as long as what
 * is left still fails in the same way.
 */
final class Shrinker {
  private static final int MAX_RUNS = 3000;

  private final Predicate<Scenario> fails;
  private int runs;

  /**
   * A shrinker.
   *
   * @param fails whether a scenario fails in the way that is looked for
   */
  Shrinker(Predicate<Scenario> fails) {
    this.fails = fails;
  }

  Scenario shrink(Scenario failing) {
    Scenario smallest = failing;
    boolean better = true;
    while (better && runs < MAX_RUNS) {
      better = false;
      for (Scenario candidate : smaller(smallest)) {
        if (runs++ < MAX_RUNS && fails.test(candidate)) {
          smallest = candidate;
          better = true;
          break;
        }
      }
    }
    return smallest;
  }

  private static List<Scenario> smaller(Scenario s) {
    List<Scenario> candidates = new ArrayList<>();
    Scenario.Moods none = new Scenario.Moods(0, 0, 0, 0);
    if (s.crashes().size() > 4) {
      candidates.add(s.withCrashes(s.crashes().subList(0, s.crashes().size() / 2)));
    }
    for (int i = 0; i < s.deeds().size(); i++) {
      candidates.add(s.withDeeds(Scenario.without(s.deeds(), i)));
    }
    for (int i = 0; i < s.twins().size(); i++) {
      candidates.add(s.withTwins(Scenario.without(s.twins(), i)));
    }
    for (int i = 0; i < s.rules().size(); i++) {
      candidates.add(s.withRules(Scenario.without(s.rules(), i)));
    }
    for (int i = 0; i < s.crashes().size(); i++) {
      candidates.add(s.withCrashes(Scenario.without(s.crashes(), i)));
    }
    for (int i = 0; i < s.jumps().size(); i++) {
      candidates.add(s.withJumps(Scenario.without(s.jumps(), i)));
    }
    if (!s.moods().equals(none)) {
      candidates.add(s.withMoods(none));
    }
    if (s.shards() > 1) {
      candidates.add(s.withShards(1));
    }
    for (int i = s.machines().size() - 1; i >= 0; i--) {
      candidates.add(s.withMachines(Scenario.without(s.machines(), i)));
      Scenario.Machine machine = s.machines().get(i);
      for (ObjectNode definition : smaller(machine.definition())) {
        List<Scenario.Machine> machines = new ArrayList<>(s.machines());
        machines.set(i, new Scenario.Machine(machine.context(), machine.name(), definition));
        candidates.add(s.withMachines(machines));
      }
    }
    return candidates;
  }

  /** Definitions with one state, branch or field less; some don't compile. */
  private static List<ObjectNode> smaller(ObjectNode definition) {
    List<ObjectNode> candidates = new ArrayList<>();
    int places = count(definition);
    for (int place = 0; place < places; place++) {
      ObjectNode copy = definition.deepCopy();
      if (new Cut(place).in(copy)) {
        candidates.add(copy);
      }
    }
    return candidates;
  }

  private static int count(JsonNode node) {
    int count = node.size();
    for (JsonNode child : node) {
      count += count(child);
    }
    return count;
  }

  /** Takes out the n-th member or element, mending the way round a state. */
  private static final class Cut {
    private int left;

    Cut(int place) {
      this.left = place;
    }

    boolean in(JsonNode node) {
      if (node instanceof ObjectNode object) {
        for (String name : names(object)) {
          if (left-- == 0) {
            take(object, name);
            return true;
          }
          if (in(object.get(name))) {
            return true;
          }
        }
      } else if (node instanceof ArrayNode array) {
        for (int i = 0; i < array.size(); i++) {
          if (left-- == 0) {
            array.remove(i);
            return true;
          }
          if (in(array.get(i))) {
            return true;
          }
        }
      }
      return false;
    }

    /** All members but a time limit, without which something may rightly wait for ever. */
    private static List<String> names(ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      names.remove("TimeoutSeconds");
      return names;
    }

    private static void take(ObjectNode object, String name) {
      if (name.equals("Next")) {
        object.remove(name);
        object.put("End", true);
      } else {
        object.remove(name);
      }
    }
  }
}
