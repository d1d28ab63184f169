package dev.tutti.core.functions;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A function as its facts made it: an immutable snapshot, shared by the decider and the catalogue.
 *
 * @param arn without qualifier
 * @param seq number of its last fact
 * @param phase how far the last change of {@code $LATEST} is
 * @param latest {@code $LATEST}; null before it was created and after it was deleted
 * @param versions published ones by number
 * @param published highest number ever given
 * @param changed whether {@code $LATEST} was changed since it was published last
 * @param policies by qualifier, empty for the function itself
 * @param reserved concurrency; null where none is reserved
 * @param eventInvokes by qualifier, empty for the function itself
 */
public record Function(
    String arn,
    long seq,
    Phase phase,
    @Nullable Release latest,
    TreeMap<Integer, Release> versions,
    int published,
    boolean changed,
    TreeMap<String, Alias> aliases,
    Map<String, Policy> policies,
    TreeMap<String, String> tags,
    @Nullable Integer reserved,
    Map<String, EventInvoke> eventInvokes) {

  /** How far the last change of {@code $LATEST} is. */
  public enum Phase {
    CREATING,
    UPDATING,
    SETTLED
  }

  static Function blank(String arn) {
    return blank(arn, 0);
  }

  static Function blank(String arn, long seq) {
    return new Function(
        arn,
        seq,
        Phase.SETTLED,
        null,
        new TreeMap<>(),
        0,
        false,
        new TreeMap<>(),
        Map.of(),
        new TreeMap<>(),
        null,
        Map.of());
  }

  public String name() {
    return arn.substring(arn.lastIndexOf(':') + 1);
  }

  /** The owner's account. */
  public String context() {
    return arn.split(":", -1)[4];
  }

  public String region() {
    return arn.split(":", -1)[3];
  }

  /**
   * The release that a qualifier names; of an alias, its version (see {@link #routed}).
   *
   * @return null where there is none
   */
  public @Nullable Release release(String qualifier) {
    if (qualifier.isEmpty() || qualifier.equals("$LATEST")) {
      return latest;
    }
    Alias alias = aliases.get(qualifier);
    if (alias != null) {
      return release(alias.version());
    }
    return qualifier.matches("\\d{1,9}") ? versions.get(Integer.valueOf(qualifier)) : null;
  }

  /**
   * The release that an invocation goes to.
   *
   * @param chance at least 0 and less than 1: decides between an alias' two versions
   */
  public @Nullable Release routed(String qualifier, double chance) {
    Alias alias = aliases.get(qualifier);
    if (alias != null) {
      for (Map.Entry<String, Double> other : alias.weights().entrySet()) {
        if (chance < other.getValue()) {
          return release(other.getKey());
        }
      }
    }
    return release(qualifier);
  }

  Function with(long newSeq, Phase newPhase, @Nullable Release newLatest) {
    return new Function(
        arn,
        newSeq,
        newPhase,
        newLatest,
        versions,
        published,
        changed,
        aliases,
        policies,
        tags,
        reserved,
        eventInvokes);
  }

  Function withVersions(
      TreeMap<Integer, Release> newVersions, int newPublished, boolean newChanged) {
    return new Function(
        arn,
        seq,
        phase,
        latest,
        newVersions,
        newPublished,
        newChanged,
        aliases,
        policies,
        tags,
        reserved,
        eventInvokes);
  }

  Function withAliases(TreeMap<String, Alias> renamed) {
    return new Function(
        arn,
        seq,
        phase,
        latest,
        versions,
        published,
        changed,
        renamed,
        policies,
        tags,
        reserved,
        eventInvokes);
  }

  Function withPolicy(String qualifier, @Nullable Policy policy) {
    Map<String, Policy> newPolicies = new HashMap<>(policies);
    if (policy == null) {
      newPolicies.remove(qualifier);
    } else {
      newPolicies.put(qualifier, policy);
    }
    return new Function(
        arn,
        seq,
        phase,
        latest,
        versions,
        published,
        changed,
        aliases,
        newPolicies,
        tags,
        reserved,
        eventInvokes);
  }

  Function withTags(TreeMap<String, String> newTags) {
    return new Function(
        arn,
        seq,
        phase,
        latest,
        versions,
        published,
        changed,
        aliases,
        policies,
        newTags,
        reserved,
        eventInvokes);
  }

  Function withReserved(@Nullable Integer newReserved) {
    return new Function(
        arn,
        seq,
        phase,
        latest,
        versions,
        published,
        changed,
        aliases,
        policies,
        tags,
        newReserved,
        eventInvokes);
  }

  Function withEventInvoke(String qualifier, @Nullable EventInvoke eventInvoke) {
    Map<String, EventInvoke> newInvokes = new HashMap<>(eventInvokes);
    if (eventInvoke == null) {
      newInvokes.remove(qualifier);
    } else {
      newInvokes.put(qualifier, eventInvoke);
    }
    return new Function(
        arn,
        seq,
        phase,
        latest,
        versions,
        published,
        changed,
        aliases,
        policies,
        tags,
        reserved,
        newInvokes);
  }
}
