package dev.tutti.core.events;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.kernel.Recorded;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A bus's state: what its facts add up to. Changed by {@link #apply} only. */
public final class Bus {
  private final BusArn arn;
  private final NavigableMap<String, Rule> rules = new TreeMap<>();
  private boolean created;
  private @Nullable String description;
  private final Set<String> timed = new HashSet<>();
  private @Nullable JsonNode policy;
  private Map<String, String> tags = Map.of();
  private long createdMillis;
  private long modifiedMillis;

  Bus(BusArn arn) {
    this.arn = arn;
  }

  void apply(Recorded<BusFact> recorded) {
    if (createdMillis == 0) {
      createdMillis = recorded.millis();
    }
    if (changesTheBusItself(recorded.fact())) {
      modifiedMillis = recorded.millis();
    }
    switch (recorded.fact()) {
      case BusFact.BusCreated fact -> {
        created = true;
        description = fact.description();
        tags = copy(fact.tags());
        createdMillis = recorded.millis();
      }
      case BusFact.BusUpdated fact -> description = fact.description();
      case BusFact.BusDeleted fact -> clear();
      case BusFact.PolicyChanged fact -> policy = fact.policy();
      case BusFact.RulePut fact -> put(fact, recorded.seq());
      case BusFact.RuleDeleted fact -> rules.remove(fact.name());
      case BusFact.RuleEnabled fact -> change(fact.name(), rule -> rule.enabled(true));
      case BusFact.RuleDisabled fact -> change(fact.name(), rule -> rule.enabled(false));
      case BusFact.TargetsPut fact ->
          change(fact.rule(), rule -> rule.targets(merge(rule.targets(), fact.targets())));
      case BusFact.TargetsRemoved fact ->
          change(
              fact.rule(),
              rule ->
                  rule.targets(
                      rule.targets().stream().filter(t -> !fact.ids().contains(t.id())).toList()));
      case BusFact.Tagged fact -> retag(fact.rule(), old -> union(old, fact.tags()));
      case BusFact.Untagged fact -> retag(fact.rule(), old -> without(old, fact.keys()));
    }
  }

  /** What happens to a rule, a guest's perhaps, is no change of the bus. */
  private static boolean changesTheBusItself(BusFact fact) {
    return fact instanceof BusFact.BusCreated
        || fact instanceof BusFact.BusUpdated
        || fact instanceof BusFact.PolicyChanged;
  }

  private void clear() {
    created = false;
    description = null;
    policy = null;
    tags = Map.of();
    rules.clear();
    createdMillis = 0;
  }

  private void put(BusFact.RulePut fact, long seq) {
    if (fact.schedule() != null) {
      timed.add(fact.name());
    }
    Rule old = rules.get(fact.name());
    Map<String, String> given = fact.tags();
    long patternSeq = old != null && old.pattern().equals(fact.pattern()) ? old.patternSeq() : seq;
    rules.put(
        fact.name(),
        new Rule(
            fact.name(),
            fact.pattern(),
            patternSeq,
            fact.enabled(),
            fact.description(),
            fact.roleArn(),
            fact.createdBy(),
            given != null ? copy(given) : old == null ? Map.of() : old.tags(),
            old == null ? List.of() : old.targets(),
            fact.schedule()));
  }

  private void change(String rule, UnaryOperator<Rule> change) {
    rules.computeIfPresent(rule, (name, old) -> change.apply(old));
  }

  private void retag(@Nullable String rule, UnaryOperator<Map<String, String>> change) {
    if (rule == null) {
      tags = change.apply(tags);
    } else {
      change(rule, old -> old.tags(change.apply(old.tags())));
    }
  }

  /** Replaces targets by id where they stand, and adds the others behind. */
  static List<Target> merge(List<Target> old, List<Target> put) {
    Map<String, Target> merged = new LinkedHashMap<>();
    old.forEach(target -> merged.put(target.id(), target));
    put.forEach(target -> merged.put(target.id(), target));
    return List.copyOf(merged.values());
  }

  static Map<String, String> union(Map<String, String> old, Map<String, String> added) {
    Map<String, String> all = new LinkedHashMap<>(old);
    all.putAll(added);
    return Collections.unmodifiableMap(all);
  }

  private static Map<String, String> without(Map<String, String> old, List<String> keys) {
    Map<String, String> rest = new LinkedHashMap<>(old);
    keys.forEach(rest::remove);
    return Collections.unmodifiableMap(rest);
  }

  private static Map<String, String> copy(Map<String, String> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  public BusArn arn() {
    return arn;
  }

  /** Whether it is there: the default bus always is. */
  public boolean exists() {
    return created || arn.isDefault();
  }

  public @Nullable String description() {
    return description;
  }

  /** Its policy; null where it has none, and nobody else may use it. */
  public @Nullable JsonNode policy() {
    return policy;
  }

  public Map<String, String> tags() {
    return tags;
  }

  /** Rule names to rules, sorted; unmodifiable, but changing with the bus. */
  public NavigableMap<String, Rule> rules() {
    return Collections.unmodifiableNavigableMap(rules);
  }

  /** Whether a rule of that name has, or once had, a schedule, and so a timer. */
  boolean isTimed(String rule) {
    return timed.contains(rule);
  }

  public @Nullable Rule rule(String name) {
    return rules.get(name);
  }

  /** When it was created, epoch milliseconds; 0 for a default bus that nobody touched. */
  public long createdMillis() {
    return createdMillis;
  }

  public long modifiedMillis() {
    return modifiedMillis;
  }
}
