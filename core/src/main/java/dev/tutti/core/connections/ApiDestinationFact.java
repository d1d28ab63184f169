package dev.tutti.core.connections;

import dev.tutti.core.kernel.Fact;

/** What happened to an API destination. */
public sealed interface ApiDestinationFact extends Fact {

  /** It is there, perhaps anew after a deletion. */
  record DestinationCreated(ApiDestination.Settings settings) implements ApiDestinationFact {}

  /** All that can be changed, as it is now. */
  record DestinationUpdated(ApiDestination.Settings settings) implements ApiDestinationFact {}

  record DestinationDeleted() implements ApiDestinationFact {}
}
