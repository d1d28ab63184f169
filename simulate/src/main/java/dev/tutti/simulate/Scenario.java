package dev.tutti.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.simulate.judge.Matching;
import dev.tutti.simulate.judge.Swift;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that a run is made of; whatever is not here follows from the seed. Parts can be taken out, so
 * that a failing run can be shrunk.
 *
 * @param seed of the order in which things happen, of the functions' answers and their delays
 * @param deeds what clients do, in no particular order
 */
record Scenario(
    long seed,
    int shards,
    List<Machine> machines,
    List<Twins> twins,
    List<Rule> rules,
    List<Deed> deeds,
    List<Crash> crashes,
    List<Jump> jumps,
    Moods moods) {
  static final String REGION = "us-east-1";

  /** The two contexts. */
  static final String SHOP = "111111111111";

  static final String GUEST = "222222222222";

  Scenario {
    machines = List.copyOf(machines);
    twins = List.copyOf(twins);
    rules = List.copyOf(rules);
    deeds = List.copyOf(deeds);
    crashes = List.copyOf(crashes);
    jumps = List.copyOf(jumps);
  }

  record Machine(String context, String name, ObjectNode definition) {
    String arn() {
      return "arn:aws:states:" + REGION + ":" + context + ":stateMachine:" + name;
    }
  }

  /**
   * A definition that depends on its input alone, as a standard state machine and as an express
   * one.
   */
  record Twins(String name, ObjectNode definition) {
    Machine standard() {
      return new Machine(SHOP, name, definition);
    }

    /** Its name leads to the other's. */
    Machine express() {
      return new Machine(SHOP, name + Swift.SUFFIX, definition);
    }
  }

  /**
   * A rule with its targets.
   *
   * @param context who puts it
   * @param bus its ARN, of any context
   * @param targets as PutTargets takes them
   */
  record Rule(String context, String bus, String name, ObjectNode pattern, List<JsonNode> targets) {
    Rule {
      targets = List.copyOf(targets);
    }

    String arn() {
      String at = bus.substring(0, bus.lastIndexOf(":event-bus/"));
      String name = bus.substring(bus.lastIndexOf('/') + 1);
      return at + ":rule/" + (name.equals("default") ? "" : name + "/") + this.name;
    }
  }

  /** What a client does. */
  sealed interface Deed {
    /** Milliseconds after the beginning. */
    long afterMillis();

    record Start(long afterMillis, String machineArn, String name, String input) implements Deed {}

    /**
     * Several events.
     *
     * @param oneByOne whether each is sent when the one before was acknowledged; else all at once
     */
    record Put(long afterMillis, String context, List<Entry> entries, boolean oneByOne)
        implements Deed {
      public Put {
        entries = List.copyOf(entries);
      }
    }

    record Entry(String bus, String source, String detailType, ObjectNode detail) {}

    record Stop(long afterMillis, String machineArn, String name) implements Deed {}

    /**
     * Both twins are started, under the same name with the same input.
     *
     * @param sync whether the client waits for the end of the express one
     */
    record Race(long afterMillis, Twins twins, String name, String input, boolean sync)
        implements Deed {}

    /** An execution that hasn't succeeded is to go on. */
    record Redrive(long afterMillis, String machineArn, String name) implements Deed {}

    /**
     * The map runs of an execution get other bounds.
     *
     * @param bounds members of UpdateMapRun
     */
    record Tune(long afterMillis, String machineArn, String name, ObjectNode bounds)
        implements Deed {}

    /** A machine gets another definition; what runs keeps the one that it has. */
    record Revise(long afterMillis, String machineArn, ObjectNode definition) implements Deed {}

    /** A rule gets another pattern. */
    record Repattern(long afterMillis, Rule rule, ObjectNode pattern) implements Deed {}

    /**
     * A message is sent to a queue.
     *
     * @param group null for a standard queue
     */
    record Send(long afterMillis, String queue, String body, @Nullable String group)
        implements Deed {}

    /** Somebody looks for messages, and deals with those that there are. */
    record Receive(long afterMillis, String queue) implements Deed {}

    /**
     * Events are sent again.
     *
     * @param source ARN of the archive, or of the bus whose log they are taken from
     */
    record Replay(long afterMillis, String name, String source) implements Deed {}

    /**
     * Something is to be called at a time, or at several.
     *
     * @param input of CreateSchedule, but for the name
     */
    record Schedule(long afterMillis, String name, ObjectNode input) implements Deed {}

    record Unschedule(long afterMillis, String name) implements Deed {}

    /** A worker looks for a Task of the activity of a context. */
    record Poll(long afterMillis, String context) implements Deed {}
  }

  /**
   * The process dies.
   *
   * @param commit at which commit since it was started, from 1
   * @param before whether that commit is lost with it
   */
  record Crash(int commit, boolean before) {}

  /**
   * The clock is set.
   *
   * @param step after how many steps of the run
   * @param millis forward, or back where negative
   */
  record Jump(int step, long millis) {}

  /** How the world behaves, each in percent of all calls. */
  record Moods(int errors, int late, int lost, int doubled) {}

  /** The definitions that each machine may have had, by its ARN. */
  Map<String, Set<String>> machinesByArn() {
    Map<String, Set<String>> definitions = new HashMap<>();
    for (Twins each : twins) {
      Set<String> definition = Set.of(Json.write(each.definition()));
      definitions.put(each.standard().arn(), definition);
      definitions.put(each.express().arn(), definition);
    }
    machines.forEach(m ->
        definitions.computeIfAbsent(m.arn(), a -> new HashSet<>()).add(Json.write(m.definition())));
    for (Deed deed : deeds) {
      if (deed instanceof Deed.Revise r) {
        definitions
            .computeIfAbsent(r.machineArn(), a -> new HashSet<>())
            .add(Json.write(r.definition()));
      }
    }
    return definitions;
  }

  /** The rules as the judge takes them, with all patterns that they may have had. */
  List<Matching.Rule> judged() {
    List<Matching.Rule> judged = new ArrayList<>();
    for (Rule rule : rules) {
      List<JsonNode> patterns = new ArrayList<>(List.of(rule.pattern()));
      for (Deed deed : deeds) {
        if (deed instanceof Deed.Repattern r && r.rule().arn().equals(rule.arn())) {
          patterns.add(r.pattern());
        }
      }
      judged.add(new Matching.Rule(rule.bus(), rule.arn(), patterns, rule.targets()));
    }
    return judged;
  }

  ObjectNode json() {
    ObjectNode json = Json.object();
    json.put("seed", seed).put("shards", shards);
    machines.forEach(m -> json.withArray("machines").add(m.arn()).add(m.definition()));
    twins.forEach(t -> json.withArray("twins").add(t.name()).add(t.definition()));
    rules.forEach(r -> {
      ObjectNode rule = json.withArray("rules").addObject();
      rule.put("arn", r.arn()).put("by", r.context()).set("pattern", r.pattern());
      rule.putArray("targets").addAll(r.targets());
    });
    deeds.forEach(d -> json.withArray("deeds").add(d.toString()));
    crashes.forEach(c -> json.withArray("crashes").add(c.toString()));
    jumps.forEach(j -> json.withArray("jumps").add(j.toString()));
    json.put("moods", moods.toString());
    return json;
  }

  Scenario withMachines(List<Machine> newMachines) {
    return new Scenario(seed, shards, newMachines, twins, rules, deeds, crashes, jumps, moods);
  }

  Scenario withTwins(List<Twins> newTwins) {
    return new Scenario(seed, shards, machines, newTwins, rules, deeds, crashes, jumps, moods);
  }

  Scenario withRules(List<Rule> newRules) {
    return new Scenario(seed, shards, machines, twins, newRules, deeds, crashes, jumps, moods);
  }

  Scenario withDeeds(List<Deed> newDeeds) {
    return new Scenario(seed, shards, machines, twins, rules, newDeeds, crashes, jumps, moods);
  }

  Scenario withCrashes(List<Crash> newCrashes) {
    return new Scenario(seed, shards, machines, twins, rules, deeds, newCrashes, jumps, moods);
  }

  Scenario withJumps(List<Jump> newJumps) {
    return new Scenario(seed, shards, machines, twins, rules, deeds, crashes, newJumps, moods);
  }

  Scenario withMoods(Moods newMoods) {
    return new Scenario(seed, shards, machines, twins, rules, deeds, crashes, jumps, newMoods);
  }

  Scenario withShards(int newShards) {
    return new Scenario(seed, newShards, machines, twins, rules, deeds, crashes, jumps, moods);
  }

  /** A list without one of its elements. */
  static <T> List<T> without(List<T> list, int index) {
    List<T> rest = new ArrayList<>(list);
    rest.remove(index);
    return rest;
  }
}
