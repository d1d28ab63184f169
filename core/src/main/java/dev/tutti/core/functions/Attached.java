package dev.tutti.core.functions;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is attached to a function and isn't published with it.
 *
 * @param policies by qualifier, empty for the function itself
 * @param reserved concurrency; null where none is reserved
 * @param eventInvokes by qualifier, empty for the function itself
 */
public record Attached(
    Map<String, Policy> policies,
    NavigableMap<String, String> tags,
    @Nullable Integer reserved,
    Map<String, EventInvoke> eventInvokes) {
  static final Attached NOTHING = new Attached(Map.of(), new TreeMap<>(), null, Map.of());

  public Attached {
    policies = Map.copyOf(policies);
    tags = Collections.unmodifiableNavigableMap(new TreeMap<>(tags));
    eventInvokes = Map.copyOf(eventInvokes);
  }

  /** With another policy; null for none. */
  Attached withPolicy(String qualifier, @Nullable Policy policy) {
    return new Attached(put(policies, qualifier, policy), tags, reserved, eventInvokes);
  }

  Attached withTags(NavigableMap<String, String> others) {
    return new Attached(policies, others, reserved, eventInvokes);
  }

  Attached withReserved(@Nullable Integer concurrency) {
    return new Attached(policies, tags, concurrency, eventInvokes);
  }

  /** With other settings of asynchronous invocations; null for none. */
  Attached withEventInvoke(String qualifier, @Nullable EventInvoke eventInvoke) {
    return new Attached(policies, tags, reserved, put(eventInvokes, qualifier, eventInvoke));
  }

  /** Without what belongs to a version or an alias. */
  Attached without(String qualifier) {
    return withPolicy(qualifier, null).withEventInvoke(qualifier, null);
  }

  private static <T> Map<String, T> put(Map<String, T> all, String qualifier, @Nullable T one) {
    Map<String, T> changed = new HashMap<>(all);
    if (one == null) {
      changed.remove(qualifier);
    } else {
      changed.put(qualifier, one);
    }
    return changed;
  }
}
