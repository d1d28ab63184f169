package dev.tutti.core.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.tutti.core.kernel.Lineage;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.pattern.Patterns;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One bus's rules, ready to match. One writer, any number of readers.
 *
 * <p>Rules stand in segments, each compiled when it is first asked and never changed. A new pattern
 * becomes a segment of its own, and neighbours of like size are made one until they are full, so n
 * rules are compiled n log n times at most, and a change never waits for more than a full segment.
 * A segment may still hold patterns that were replaced or removed since: what it matches counts
 * only while {@link #live} holds that very pattern, and when half of them are gone all is made
 * anew.
 */
final class Subscribers implements Catalogue.Subscriptions {
  /** Most rules that are compiled together. */
  private static final int FULL = 4096;

  private final Bus bus;
  private final Map<String, Subscription> live = new ConcurrentHashMap<>();
  private int held;
  private volatile List<Segment> segments = List.of();
  private volatile JsonNode policy = MissingNode.getInstance();
  private volatile boolean exists;
  private volatile @Nullable Retention retention;
  private volatile List<Shelf> shelves = List.of();

  /** An archive of the bus; one without a pattern shows everything. */
  private record Shelf(EventFact.Kept kept, Patterns.@Nullable Compiled<String> pattern) {
    static Shelf of(Archive archive) {
      String pattern = archive.pattern();
      return new Shelf(
          new EventFact.Kept(archive.arn().text(), archive.era()),
          pattern == null ? null : Patterns.compile(List.of(pattern), Function.identity()));
    }

    boolean shows(JsonNode event) {
      return pattern == null || !pattern.match(event).isEmpty();
    }
  }

  /** A rule's pattern at one time. */
  private record Entry(String rule, long patternSeq, String pattern) {}

  /** Rules' patterns, compiled at the first match. */
  private static final class Segment {
    private final List<Entry> entries;
    private volatile Patterns.@Nullable Compiled<Entry> compiled;

    Segment(List<Entry> entries) {
      this.entries = entries;
    }

    List<Entry> match(JsonNode event) {
      Patterns.Compiled<Entry> ready = compiled;
      if (ready == null) {
        ready = compile();
      }
      return ready.match(event);
    }

    private synchronized Patterns.Compiled<Entry> compile() {
      Patterns.Compiled<Entry> ready = compiled;
      if (ready == null) {
        ready = Patterns.compile(entries, Entry::pattern);
        compiled = ready;
      }
      return ready;
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
        held = 0;
        segments = List.of();
      }
      case BusFact.BusCreated fact -> {}
      case BusFact.BusUpdated fact -> {}
      case BusFact.PolicyChanged fact -> {}
      case BusFact.Tagged fact -> refreshTagged(fact.rule());
      case BusFact.Untagged fact -> refreshTagged(fact.rule());
    }
    JsonNode now = bus.policy();
    policy = now == null ? MissingNode.getInstance() : now;
    exists = bus.exists();
    retention = Retention.of(bus.tags());
  }

  /** Takes an archive as it is now. */
  synchronized void keep(Archive archive) {
    List<Shelf> now = new ArrayList<>(shelves);
    now.removeIf(shelf -> shelf.kept().archive().equals(archive.arn().text()));
    if (archive.exists()) {
      now.add(Shelf.of(archive));
    }
    shelves = List.copyOf(now);
  }

  @Override
  public List<EventFact.Kept> archives(JsonNode event) {
    List<EventFact.Kept> kept = new ArrayList<>();
    for (Shelf shelf : shelves) {
      if (shelf.shows(event)) {
        kept.add(shelf.kept());
      }
    }
    return kept;
  }

  private void put(String name) {
    Rule rule = bus.rule(name);
    if (rule == null) {
      return;
    }
    Subscription before = live.get(name);
    if (rule.hasPattern() && (before == null || before.rule().patternSeq() != rule.patternSeq())) {
      add(new Entry(name, rule.patternSeq(), rule.pattern()));
    }
    live.put(name, Subscription.of(bus.arn(), rule));
    clean();
  }

  private void refresh(String name) {
    Rule rule = bus.rule(name);
    if (rule != null) {
      live.put(name, Subscription.of(bus.arn(), rule));
    }
  }

  /** A rule's tags say how often it may be passed; the bus's own are null here. */
  private void refreshTagged(@Nullable String rule) {
    if (rule != null) {
      refresh(rule);
    }
  }

  private void add(Entry entry) {
    List<Segment> kept = new ArrayList<>(segments);
    List<Entry> entries = new ArrayList<>(List.of(entry));
    while (!kept.isEmpty()
        && kept.getLast().entries.size() <= entries.size()
        && kept.getLast().entries.size() + entries.size() <= FULL) {
      kept.removeLast().entries.stream().filter(this::isLive).forEach(entries::add);
    }
    kept.add(new Segment(List.copyOf(entries)));
    held = kept.stream().mapToInt(segment -> segment.entries.size()).sum();
    segments = List.copyOf(kept);
  }

  /** Forgets patterns that are gone, once they are more than those that are there. */
  private void clean() {
    if (held <= 2 * live.size() + FULL) {
      return;
    }
    List<Entry> entries =
        live.values().stream()
            .map(Subscription::rule)
            .filter(Rule::hasPattern)
            .map(rule -> new Entry(rule.name(), rule.patternSeq(), rule.pattern()))
            .toList();
    List<Segment> anew = new ArrayList<>();
    for (int from = 0; from < entries.size(); from += FULL) {
      anew.add(
          new Segment(List.copyOf(entries.subList(from, Math.min(from + FULL, entries.size())))));
    }
    held = entries.size();
    segments = List.copyOf(anew);
  }

  private boolean isLive(Entry entry) {
    Subscription there = live.get(entry.rule());
    return there != null && there.rule().patternSeq() == entry.patternSeq();
  }

  /** Whether any rule, enabled or not, or archive is on the bus. */
  boolean isHeard() {
    return !live.isEmpty() || !shelves.isEmpty();
  }

  @Override
  public boolean exists() {
    return exists;
  }

  /** How much of the log is kept; null for all. */
  @Nullable Retention retention() {
    return retention;
  }

  @Override
  public boolean isSized() {
    Retention now = retention;
    return now != null && now.bytes() > 0;
  }

  @Override
  public JsonNode policy() {
    return policy;
  }

  @Override
  public List<Subscription> match(JsonNode event) {
    Map<String, Subscription> matched = new TreeMap<>(Comparator.naturalOrder());
    for (Segment segment : segments) {
      for (Entry entry : segment.match(event)) {
        Subscription there = live.get(entry.rule());
        if (there != null
            && there.rule().patternSeq() == entry.patternSeq()
            && there.rule().enabled()
            && Permissions.maySubscribe(bus.arn(), policy, there.rule())) {
          matched.put(there.rule().name(), there);
        }
      }
    }
    return List.copyOf(matched.values());
  }

  @Override
  public @Nullable String nameOf(String hash) {
    for (Subscription each : live.values()) {
      if (Lineage.hash(each.arn()).equals(hash)) {
        return each.rule().name();
      }
    }
    return null;
  }

  @Override
  public Optional<Subscription> scheduled(String rule) {
    return Optional.ofNullable(live.get(rule))
        .filter(there -> there.rule().enabled() && there.rule().schedule() != null)
        .filter(there -> Permissions.maySubscribe(bus.arn(), policy, there.rule()));
  }
}
