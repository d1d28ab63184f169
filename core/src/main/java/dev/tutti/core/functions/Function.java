package dev.tutti.core.functions;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A function as its facts made it: an immutable snapshot, shared by the decider and the catalogue.
 *
 * @param arn without qualifier
 * @param seq number of its last fact
 * @param phase how far the last change of {@code $LATEST} is
 * @param latest {@code $LATEST}; null before it was created and after it was deleted
 */
public record Function(
    String arn,
    long seq,
    Phase phase,
    @Nullable Release latest,
    Published published,
    Attached attached) {

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
    return new Function(arn, seq, Phase.SETTLED, null, Published.NOTHING, Attached.NOTHING);
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
    Alias alias = published.aliases().get(qualifier);
    if (alias != null) {
      return release(alias.version());
    }
    return qualifier.matches("\\d{1,9}")
        ? published.versions().get(Integer.valueOf(qualifier))
        : null;
  }

  /**
   * The release that an invocation goes to.
   *
   * @param chance at least 0 and less than 1: decides between an alias' two versions
   */
  public @Nullable Release routed(String qualifier, double chance) {
    Alias alias = published.aliases().get(qualifier);
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
    return new Function(arn, newSeq, newPhase, newLatest, published, attached);
  }

  Function with(Published others) {
    return new Function(arn, seq, phase, latest, others, attached);
  }

  Function with(Attached others) {
    return new Function(arn, seq, phase, latest, published, others);
  }
}
