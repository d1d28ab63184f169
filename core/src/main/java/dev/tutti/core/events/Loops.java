package dev.tutti.core.events;

import dev.tutti.core.kernel.Lineage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether an event has come round: a rule that led to it, again and again, is no more followed when
 * it has been passed as often as it may be. By whatever an event's consequences go (functions,
 * state machines, topics, queues with a mapping), their cause carries which rules they have passed.
 *
 * @param lineage what led to the event
 * @param bus whose rules can be named
 */
record Loops(Lineage lineage, Catalogue.@Nullable Subscriptions bus) {
  /** The error of a delivery that would go round once more. */
  static final String ERROR = "LoopDetected";

  /** The tag of a rule that says how often it may be passed, or {@code off}. */
  static final String TAG = "tutti:max-passes";

  /** As often as AWS lets an event come round to a function. */
  static final int MAX_PASSES = 16;

  /** What nothing led to. */
  static final Loops NONE = new Loops(new Lineage(Map.of()), null);

  static Loops of(@Nullable String lineage, Catalogue.Subscriptions bus) {
    return lineage == null ? NONE : new Loops(Lineage.of(lineage), bus);
  }

  /** Why a rule is not followed; null where it is. */
  @Nullable String fault(Subscription rule) {
    int times = lineage.times(rule.arn());
    return times < bound(rule.rule().tags().get(TAG))
        ? null
        : "The event comes round: what led to it has passed this rule "
            + times
            + " times, the last time by way of "
            + way()
            + ". A rule that may be passed more often says so in its tag "
            + TAG
            + ".";
  }

  /** The rules of the circle, the latest first; those of other buses by their hash. */
  private String way() {
    List<String> names = new ArrayList<>();
    lineage
        .passes()
        .forEach((hash, times) -> {
          String name = bus == null ? null : bus.nameOf(hash);
          names.add((name == null ? "#" + hash : name) + " (" + times + ")");
        });
    return String.join(" after ", names);
  }

  private static int bound(@Nullable String tag) {
    return tag == null ? MAX_PASSES : tag.equals("off") ? Integer.MAX_VALUE : Integer.parseInt(tag);
  }

  /** Why tags can't be taken; empty where they can. */
  static Optional<String> fault(Map<String, String> tags) {
    String value = tags.get(TAG);
    return value == null || value.equals("off") || value.matches("[1-9][0-9]{0,5}")
        ? Optional.empty()
        : Optional.of("Tag " + TAG + " is a number from 1 to 999999, or off; not " + value + ".");
  }
}
