package dev.tutti.core.connections;

import dev.tutti.core.kernel.Recorded;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;

/** How often API destinations may be called; follows their facts. Safe to use from any thread. */
public final class DestinationRates implements ToIntFunction<String> {
  private final Map<String, Integer> callsPerSecond = new ConcurrentHashMap<>();

  /** Takes one committed fact; those of one destination come in order. */
  public void on(Recorded<ApiDestinationFact> recorded) {
    String arn = recorded.key().id();
    switch (recorded.fact()) {
      case ApiDestinationFact.DestinationCreated fact ->
          callsPerSecond.put(arn, fact.settings().callsPerSecond());
      case ApiDestinationFact.DestinationUpdated fact ->
          callsPerSecond.put(arn, fact.settings().callsPerSecond());
      case ApiDestinationFact.DestinationDeleted _ -> callsPerSecond.remove(arn);
    }
  }

  /** Most calls begun in a second to an ARN; 0 where there is no bound. */
  @Override
  public int applyAsInt(String arn) {
    return callsPerSecond.getOrDefault(arn, 0);
  }
}
