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
   * @param archives which archives show it; null where none does
   * @param bytes its size as AWS counts it; null where nothing asks for that
   */
  record Accepted(
      JsonNode event,
      List<String> hops,
      List<Match> matches,
      boolean busMissing,
      @Nullable List<Kept> archives,
      @Nullable Long bytes)
      implements EventFact {

    /** One whose size nothing asks for. */
    public Accepted(
        JsonNode event,
        List<String> hops,
        List<Match> matches,
        boolean busMissing,
        @Nullable List<Kept> archives) {
      this(event, hops, matches, busMissing, archives, null);
    }
  }

  /**
   * A replay brought it to these targets once more. What is sent is the event as it was accepted,
   * with the replay's name.
   */
  record Replayed(String replay, List<Match> matches) implements EventFact {}

  /**
   * An archive that shows the event.
   *
   * @param era of the archive: one that was deleted and created anew is another
   */
  record Kept(String archive, long era) {}

  /**
   * A target that it goes to.
   *
   * @param context account that subscribed, and calls the target
   * @param input what is sent; null where it is the event itself
   * @param unfit why the input can't be sent; null where it can
   * @param messageGroup the group of messages to a FIFO queue; null elsewhere
   * @param deadLetterArn of the queue that gets what can't be delivered; null where there is none
   * @param http what is added to the request to an API destination, its paths resolved
   * @param loop why it isn't sent: it has come round too often; null where it is sent
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
      @Nullable String messageGroup,
      @Nullable String deadLetterArn,
      @Nullable HttpParameters http,
      @Nullable String loop) {}
}
