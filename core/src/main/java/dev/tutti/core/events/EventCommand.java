package dev.tutti.core.events;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.kernel.Command;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What somebody wants of an event. */
public sealed interface EventCommand extends Command {

  /**
   * Accepts it on a bus and decides where it goes. A second time changes nothing and replies the
   * same.
   *
   * @param caller account that sends it
   * @param bus its ARN, as in the key
   * @param event in AWS's form (see {@link Envelope}); a null {@code time} becomes the present
   * @param hops ARNs of the buses that it went through before, the first one first; empty where it
   *     was put here
   * @param lineage which rules led to it, see {@link dev.tutti.core.kernel.Lineage}; null for none
   */
  record Accept(
      String caller, String bus, JsonNode event, List<String> hops, @Nullable String lineage)
      implements EventCommand {

    /** One that no rule led to. */
    public Accept(String caller, String bus, JsonNode event, List<String> hops) {
      this(caller, bus, event, hops, null);
    }
  }

  /**
   * Matches an accepted event once more, with the rules of today. A second time under the same name
   * changes nothing.
   *
   * @param replay name of the replay
   * @param rules ARNs of the rules that get it; empty for all
   * @param missedOnly whether rules that it was sent to when it was accepted are left out
   */
  record Replay(String replay, List<String> rules, boolean missedOnly) implements EventCommand {}

  /**
   * Accepts the event of a scheduled rule that is due, for that rule's targets alone. A second time
   * changes nothing, as does one for a rule that is gone or disabled.
   *
   * @param rule its name
   * @param event in AWS's form
   */
  record Fire(String rule, JsonNode event) implements EventCommand {}
}
