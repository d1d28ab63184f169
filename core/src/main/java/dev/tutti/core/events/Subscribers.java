package dev.tutti.core.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.tutti.core.kernel.Recorded;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One bus's rules, ready to match. One writer, any number of readers.
 *
 * <p>Compiled sets are never changed. A new pattern becomes a set of its own, and neighbouring sets
 * of like size are compiled into one, so there are about log₂ n of them, and n rules cost n log n. A
 * set may still hold patterns that were replaced or removed since: what it matches counts only while
 * {@link #live} holds that very pattern.
 */
final class Subscribers implements Catalogue.Subscriptions {
  private final Bus bus;
  private final Map<String, Rule> live = new ConcurrentHashMap<>();
  private volatile List<Segment> segments = List.of();
  private volatile JsonNode policy = MissingNode.getInstance();
  private volatile boolean exists;

  /** A rule's pattern at one time. */
  private record Entry(String rule, long patternSeq, String pattern) {}

  private record Segment(List<Entry> entries, Patterns.Compiled<Entry> compiled) {
    static Segment of(List<Entry> entries) {
      return new Segment(entries, Patterns.compile(entries, Entry::pattern));
    }
  }

  Subscribers(BusArn arn) {
    this.bus = new Bus(arn);
    this.exists = bus.exists();
  }

  /** Follows one fact of the bus; facts come in order. */
  synchronized void on(Recorded<BusFact> recorded) {
    bus.apply(recorded);
    switch (recorded.fact()) {
      case BusFact.RulePut fact -> put(fact.name());
      case BusFact.RuleDeleted fact -> live.remove(fact.name());
      case BusFact.RuleEnabled fact -> refresh(fact.name());
      case BusFact.RuleDisabled fact -> refresh(fact.name());
      case BusFact.TargetsPut fact -> refresh(fact.rule());
      case BusFact.TargetsRemoved fact -> refresh(fact.rule());
      case BusFact.BusDeleted fact -> {
        live.clear();
        segments = List.of();
      }
      case BusFact.BusCreated fact -> {}
      case BusFact.BusUpdated fact -> {}
      case BusFact.PolicyChanged fact -> {}
      case BusFact.Tagged fact -> {}
      case BusFact.Untagged fact -> {}
    }
    JsonNode now = bus.policy();
    policy = now == null ? MissingNode.getInstance() : now;
    exists = bus.exists();
  }

  private void put(String name) {
    Rule rule = bus.rule(name);
    if (rule == null) {
      return;
    }
    Rule before = live.get(name);
    if (before == null || before.patternSeq() != rule.patternSeq()) {
      add(new Entry(name, rule.patternSeq(), rule.pattern()));
    }
    live.put(name, rule);
  }

  private void refresh(String name) {
    Rule rule = bus.rule(name);
    if (rule != null) {
      live.put(name, rule);
    }
  }

  private void add(Entry entry) {
    List<Segment> kept = new ArrayList<>(segments);
    List<Entry> entries = new ArrayList<>(List.of(entry));
    while (!kept.isEmpty() && kept.getLast().entries().size() <= entries.size()) {
      kept.removeLast().entries().stream().filter(this::isLive).forEach(entries::add);
    }
    kept.add(Segment.of(entries));
    segments = List.copyOf(kept);
  }

  private boolean isLive(Entry entry) {
    Rule rule = live.get(entry.rule());
    return rule != null && rule.patternSeq() == entry.patternSeq();
  }

  @Override
  public boolean exists() {
    return exists;
  }

  @Override
  public JsonNode policy() {
    return policy;
  }

  @Override
  public List<Rule> match(String event) {
    Map<String, Rule> matched = new TreeMap<>(Comparator.naturalOrder());
    for (Segment segment : segments) {
      for (Entry entry : segment.compiled().match(event)) {
        Rule rule = live.get(entry.rule());
        if (rule != null
            && rule.patternSeq() == entry.patternSeq()
            && rule.enabled()
            && Permissions.maySubscribe(bus.arn(), policy, rule)) {
          matched.put(rule.name(), rule);
        }
      }
    }
    return List.copyOf(matched.values());
  }
}
