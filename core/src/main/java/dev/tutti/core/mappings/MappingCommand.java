package dev.tutti.core.mappings;

import dev.tutti.core.kernel.Command;
import dev.tutti.core.kernel.Outcome;
import java.util.List;
import java.util.Map;

/** What somebody wants of a mapping. Settings are validated by whoever sends them. */
public sealed interface MappingCommand extends Command {

  record Create(MappingSettings settings, Map<String, String> tags) implements MappingCommand {}

  /** Gives it other settings; its poller starts anew. */
  record Update(MappingSettings settings) implements MappingCommand {}

  record Delete() implements MappingCommand {}

  record Tag(Map<String, String> tags) implements MappingCommand {}

  record Untag(List<String> keys) implements MappingCommand {}

  /**
   * A poller ended.
   *
   * @param poller number of the fact that started it
   */
  record Ended(long poller, Outcome outcome) implements MappingCommand {}

  /**
   * The time has come to start a poller again.
   *
   * @param poller number of the fact that started the one that ended
   */
  record Resume(long poller) implements MappingCommand {}
}
