package dev.tutti.simulate.judge;

import dev.tutti.core.asl.StateMachine;
import dev.tutti.core.delivery.DeliveryFact;
import dev.tutti.core.delivery.Source;
import dev.tutti.core.events.EventFact;
import dev.tutti.core.functions.InvocationFact;
import dev.tutti.core.kernel.Fact;
import dev.tutti.core.kernel.Ids;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.kernel.Request;
import dev.tutti.core.workflow.ExecutionFact;
import dev.tutti.core.workflow.MachineFact;
import dev.tutti.core.workflow.MapRunFact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Holds all that was written, once nothing happens any more, against the invariants. */
public final class Judge {
  private final Map<Key, List<Recorded<?>>> facts;
  private final Map<String, Set<String>> machines = new HashMap<>();
  private final Function<String, StateMachine> compiler;
  private final List<Matching.Rule> rules;
  private final List<String> faults;
  private final Replaying replaying;
  private Stock stock = Stock.UNKNOWN;
  private Outside outside = Outside.UNKNOWN;
  private @Nullable Seen seen;

  /**
   * A judge of one run.
   *
   * @param facts all of them, in order, by whose they are
   * @param machines definitions by the machines' ARNs
   * @param compiler compiles a definition
   * @param rules in force throughout
   * @param faults where it writes what is wrong
   */
  public Judge(
      Map<Key, List<Recorded<?>>> facts,
      Map<String, String> machines,
      Function<String, StateMachine> compiler,
      List<Matching.Rule> rules,
      List<String> faults) {
    this.facts = facts;
    machines.forEach((arn, text) -> mayBe(arn, Set.of(text)));
    this.compiler = compiler;
    this.rules = List.copyOf(rules);
    this.faults = faults;
    this.replaying = new Replaying(facts, faults);
  }

  /** The objects that Map states may have read and written; unknown unless they are given. */
  public void stocked(Stock objects) {
    stock = objects;
  }

  /** Whom Tasks asked over HTTP; unknown unless it is given. */
  public void asked(Outside whom) {
    outside = whom;
  }

  /** The runs of express executions; unknown unless they are given. */
  public void saw(Seen runs) {
    seen = runs;
  }

  /** Definitions that a machine may have had at some time, besides those known already. */
  public void mayBe(String machineArn, Set<String> definitions) {
    machines.computeIfAbsent(machineArn, arn -> new HashSet<>()).addAll(definitions);
  }

  /**
   * Judges.
   *
   * @param invocations how often a function ran, by the call's id
   * @param lives how many processes there were
   * @param deaths how many of them died instead of being ended
   */
  public void judge(
      Acknowledged acknowledged, Map<String, Integer> invocations, int lives, int deaths) {
    acknowledged.starts().forEach(this::started);
    Map<String, String> names = new HashMap<>();
    for (Acknowledged.Start start : acknowledged.starts()) {
      String before =
          names.putIfAbsent(
              start.machineArn() + " " + start.name() + " " + start.input(), start.executionArn());
      check(before == null || before.equals(start.executionArn()), "I11: two ARNs for " + start);
    }
    for (Acknowledged.Put put : acknowledged.puts()) {
      Key key = new Key("event", put.bus() + "|" + put.eventId());
      check(facts.containsKey(key), "I2: " + key + " is acknowledged and not there");
    }
    acknowledged.redrives().forEach(this::redriven);
    acknowledged.tuned().forEach(this::tuned);
    for (Key key : List.copyOf(facts.keySet())) {
      switch (key.kind()) {
        case "execution" -> execution(key);
        case "event" -> event(key);
        case "delivery" -> delivery(key);
        case "invocation" -> invocation(key);
        case "schedule" -> new Scheduling(facts, key, faults).judge();
        case "mapRun" -> new MapRunning(facts, key, stock, seen, faults).judge();
        default -> {}
      }
    }
    if (seen != null) {
      seen.all().forEach((key, runs) -> runs.forEach(run -> history(key, run)));
      new Sayings(facts, seen, faults).judge();
    }
    new Swift(facts, seen, faults).judge(acknowledged.swift());
    replaying.judge(acknowledged);
    new Milestones(facts, faults).judge();
    new Queueing(facts, acknowledged, faults).judge();
    new Turns(facts, faults, deaths == 0).judge(acknowledged.puts());
    invocations(invocations, lives);
  }

  private void check(boolean holds, String otherwise) {
    if (!holds) {
      faults.add(otherwise);
    }
  }

  /** The facts of an aggregate, as its domain's. */
  @SuppressWarnings("unchecked") // checked by the class given
  static <F extends Fact> List<Recorded<F>> of(
      Map<Key, List<Recorded<?>>> facts, Class<F> type, Key key) {
    List<Recorded<F>> found = new ArrayList<>();
    for (Recorded<?> recorded : facts.getOrDefault(key, List.of())) {
      if (!type.isInstance(recorded.fact())) {
        throw new IllegalStateException(recorded + " is no " + type.getSimpleName());
      }
      found.add((Recorded<F>) recorded);
    }
    return found;
  }

  private <F extends Fact> List<Recorded<F>> of(Class<F> type, Key key) {
    return of(facts, type, key);
  }

  private void started(Acknowledged.Start start) {
    List<Recorded<ExecutionFact>> found =
        of(ExecutionFact.class, new Key("execution", start.executionArn()));
    check(
        !found.isEmpty()
            && found.getFirst().fact() instanceof ExecutionFact.Started f
            && f.input().equals(start.input())
            && f.machineArn().equals(start.machineArn()),
        "I1: " + start + " is acknowledged and not there");
  }

  private void redriven(String execution, int times) {
    long recorded =
        of(ExecutionFact.class, new Key("execution", execution)).stream()
            .filter(fact -> fact.fact() instanceof ExecutionFact.Redriven)
            .count();
    check(
        recorded >= times,
        "I1: " + execution + " is redriven " + recorded + " times, acknowledged " + times);
  }

  private void tuned(Acknowledged.Tuned tuned) {
    check(
        of(MapRunFact.class, new Key("mapRun", tuned.mapRunArn())).stream()
            .anyMatch(
                r -> r.fact() instanceof MapRunFact.Updated f && MapRunning.is(f, tuned.bounds())),
        "I1: " + tuned + " is acknowledged and not there");
  }

  private void execution(Key key) {
    history(key, of(ExecutionFact.class, key));
  }

  private void history(Key key, List<Recorded<ExecutionFact>> history) {
    new History(key, history, faults).judge();
    if (history.getFirst().fact() instanceof ExecutionFact.Started started) {
      String definition = definition(started.machineArn(), started.revision());
      if (!machines.getOrDefault(started.machineArn(), Set.of()).contains(definition)) {
        faults.add("I1: " + key + " runs a machine that nobody made: " + definition);
        return;
      }
      StateMachine machine = MapRunning.part(compiler.apply(definition), started.revision());
      List<List<Recorded<ExecutionFact>>> ends = Redrives.apart(history);
      for (int redrives = 0; redrives < ends.size(); redrives++) {
        try {
          new Interpreter(
                  machine,
                  key.id(),
                  ends.get(redrives),
                  new Reading(facts, stock),
                  outside,
                  redrives > 0)
              .judge();
        } catch (Rejected rejected) {
          String which = redrives == 0 ? "I8: " : "I21: redriven " + redrives + " times, ";
          faults.add(which + key + ": " + rejected.getMessage());
          return;
        }
      }
    }
  }

  /** What a machine was under a revision; empty where it never had that. */
  private String definition(String machineArn, String partOfRevision) {
    String revision = partOfRevision.replaceFirst("#.*", "");
    for (Recorded<MachineFact> recorded : of(MachineFact.class, new Key("machine", machineArn))) {
      switch (recorded.fact()) {
        case MachineFact.Created f when f.revision().equals(revision) -> {
          return f.definition();
        }
        case MachineFact.Revised f when f.revision().equals(revision) -> {
          return f.definition();
        }
        case MachineFact _ -> {}
      }
    }
    return "";
  }

  private void event(Key key) {
    String bus = key.id().substring(0, key.id().lastIndexOf('|'));
    List<Recorded<EventFact>> found = of(EventFact.class, key);
    if (!(found.getFirst().fact() instanceof EventFact.Accepted accepted)) {
      faults.add("I2: " + key + " is on no log");
      return;
    }
    for (Recorded<EventFact> recorded : found) {
      switch (recorded.fact()) {
        case EventFact.Accepted _ -> {
          check(recorded.seq() == 1, "I2: " + key + " is on the log twice");
          Set<String> matched = matched(key, accepted.matches(), "");
          Set<String> due = Matching.targets(rules, bus, accepted.event(), matched);
          check(
              matched.equals(due),
              "I14: " + key + " goes to " + matched + ", and has to go to " + due);
        }
        case EventFact.Replayed replayed -> {
          Set<String> matched = matched(key, replayed.matches(), "|replay/" + replayed.replay());
          Set<String> due = Matching.targets(rules, bus, accepted.event(), matched);
          if (replaying.isOfLog(replayed.replay(), bus)) {
            accepted.matches().forEach(m -> due.removeIf(t -> t.startsWith(m.ruleArn() + "|")));
          }
          check(
              matched.equals(due),
              "I14: " + key + " is replayed to " + matched + ", and has to be to " + due);
        }
      }
    }
  }

  /** The targets of an event, each of which has a delivery. */
  private Set<String> matched(Key key, List<EventFact.Match> matches, String suffix) {
    Set<String> matched = new TreeSet<>();
    for (EventFact.Match match : matches) {
      String target = match.ruleArn() + "|" + match.targetId();
      check(matched.add(target), "I24: " + key + " matches " + target + " twice");
      Key delivery = new Key("delivery", key + "|" + target + suffix);
      check(facts.containsKey(delivery), "I13: " + delivery + " is neither made nor parked");
    }
    return matched;
  }

  private void delivery(Key key) {
    List<Recorded<DeliveryFact>> history = of(DeliveryFact.class, key);
    long due = Long.MIN_VALUE;
    int ends = 0;
    int retries = 0;
    for (Recorded<DeliveryFact> recorded : history) {
      switch (recorded.fact()) {
        case DeliveryFact.AttemptFailed f -> due = f.nextAtMillis();
        case DeliveryFact.Retried f -> {
          check(recorded.millis() >= due, "I12: " + key + " is tried before its time");
          retries++;
        }
        case DeliveryFact.Delivered f -> {
          ends++;
          arrived(key, history, f);
        }
        case DeliveryFact.Parked f -> ends++;
        case DeliveryFact.Withheld f -> ends++;
        case DeliveryFact.Begun f -> {}
        case DeliveryFact.Admitted f -> {}
        case DeliveryFact.DeadLettered f -> {}
        case DeliveryFact.HandOverFailed f -> {}
        case DeliveryFact.HandOverRetried f -> {}
        case DeliveryFact.Redriven f -> {
          check(ends == 1, "I13: " + key + " is redriven and wasn't parked");
          ends = 0;
          retries = 0;
        }
        case DeliveryFact.Edited f -> {}
        case DeliveryFact.Discarded f -> {}
      }
    }
    new LastResort(facts, faults).judge(key, history);
    check(ends == 1, "I13: " + key + " ended " + ends + " times: " + history.getLast().fact());
    if (history.getFirst().fact() instanceof DeliveryFact.Begun begun) {
      check(
          retries <= begun.retry().maximumRetries(),
          "I19: " + key + " is retried " + retries + " times");
    }
  }

  /** What was delivered within this runtime is there. */
  private void arrived(Key key, List<Recorded<DeliveryFact>> history, DeliveryFact.Delivered f) {
    if (!(history.getFirst().fact() instanceof DeliveryFact.Begun begun)) {
      return;
    }
    Key there;
    if (begun.target().contains(":function:")) {
      there = new Key("invocation", Ids.uuid(key + "/attempt/" + f.attempt()));
    } else if (begun.target().contains(":event-bus/")
        && begun.source().kind() == Source.Kind.RULE) {
      there = new Key("event", begun.target() + "|" + begun.source().eventId());
      sameEvent(there, begun);
    } else if (begun.target().contains(":event-bus/")) {
      String call = Ids.uuid(key + "/attempt/" + f.attempt());
      there = new Key("event", begun.target() + "|" + Ids.uuid(call + "/entry/0"));
    } else if (begun.target().contains(":sqs:")) {
      check(
          Queueing.holds(facts, begun.target(), key, f.attempt(), deduplication(begun)),
          "I13: " + key + " is delivered, and the queue never had it");
      return;
    } else if (f.summary().has("executionArn")) {
      there = new Key("execution", f.summary().path("executionArn").asText());
    } else {
      return;
    }
    check(facts.containsKey(there), "I13: " + key + " is delivered, and " + there + " isn't there");
  }

  /** By what a FIFO queue knows a message that it had before; empty elsewhere. */
  private static String deduplication(DeliveryFact.Begun begun) {
    return begun.request() instanceof Request.Operation send
        ? send.input().path("MessageDeduplicationId").asText()
        : "";
  }

  private void sameEvent(Key there, DeliveryFact.Begun begun) {
    String from = begun.source().arn().replaceFirst(":rule/([^/]+)/.*", ":event-bus/$1");
    if (!from.contains(":event-bus/")) {
      from = begun.source().arn().replaceFirst(":rule/.*", ":event-bus/default");
    }
    Key origin = new Key("event", from + "|" + begun.source().eventId());
    List<Recorded<EventFact>> sent = of(EventFact.class, origin);
    List<Recorded<EventFact>> came = of(EventFact.class, there);
    if (!sent.isEmpty()
        && !came.isEmpty()
        && sent.getFirst().fact() instanceof EventFact.Accepted a
        && came.getFirst().fact() instanceof EventFact.Accepted b) {
      check(
          Replaying.plain(a.event()).equals(Replaying.plain(b.event())),
          "I16: " + there + " is not " + origin);
    }
  }

  private void invocation(Key key) {
    List<Recorded<InvocationFact>> history = of(InvocationFact.class, key);
    long due = Long.MIN_VALUE;
    int ends = 0;
    for (Recorded<InvocationFact> recorded : history) {
      switch (recorded.fact()) {
        case InvocationFact.Failed f -> due = f.atMillis();
        case InvocationFact.Attempted f ->
            check(recorded.millis() >= due, "I12: " + key + " is tried before its time");
        case InvocationFact.Succeeded f -> ends++;
        case InvocationFact.Discarded f -> ends++;
        case InvocationFact.Queued f -> {}
      }
    }
    check(ends == 1, "I25: " + key + " ended " + ends + " times");
  }

  private void invocations(Map<String, Integer> invocations, int lives) {
    Set<String> scheduled = new HashSet<>();
    facts.forEach((key, history) ->
        history.forEach(recorded -> {
          String name =
              switch (recorded.fact()) {
                case ExecutionFact.TaskScheduled f -> "task/" + f.id();
                case InvocationFact.Queued f -> "invoke/1";
                case InvocationFact.Attempted f -> "invoke/" + f.number();
                default -> "";
              };
          scheduled.add(Ids.uuid(key + "/" + name));
        }));
    invocations.forEach((call, times) -> {
      check(scheduled.contains(call), "I10: a function ran for " + call + ", never scheduled");
      check(times <= lives, "I10: a function ran " + times + " times for " + call);
    });
  }
}
