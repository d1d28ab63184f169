package dev.tutti.core.events;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.kernel.Fact;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened to an event. */
public sealed interface EventFact extends Fact {

  /**
   * It is on the bus's log, and these are its deliveries for ever, whatever becomes of the rules.
   *
   * @param busMissing whether no such bus was there: then nobody matched, as on AWS
   */
  record Accepted(JsonNode event, List<String> hops, List<Match> matches, boolean busMissing)
      implements EventFact {}

  /**
   * A target that it goes to.
   *
   * @param context account that subscribed, and calls the target
   * @param input what is sent; null where it is the event itself
   * @param unfit why the input can't be sent; null where it can
   * @param messageGroup the group of messages to a FIFO queue; null elsewhere
   */
  record Match(
      String ruleArn,
      String targetId,
      String targetArn,
      String context,
      @Nullable String input,
      @Nullable String unfit,
      int maximumRetries,
      long maximumAgeMillis,
      @Nullable String messageGroup) {}
}
