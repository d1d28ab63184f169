package dev.tutti.core.connections;

import dev.tutti.core.kernel.Command;
import org.jspecify.annotations.Nullable;

/** What somebody wants of an API destination. */
public sealed interface ApiDestinationCommand extends Command {

  record Create(ApiDestination.Settings settings) implements ApiDestinationCommand {}

  /** Changes what is given; null leaves it. */
  record Update(
      @Nullable String description,
      @Nullable String connectionArn,
      @Nullable String method,
      @Nullable String endpoint,
      @Nullable Integer callsPerSecond)
      implements ApiDestinationCommand {}

  record Delete() implements ApiDestinationCommand {}
}
