package dev.tutti.core.connections;

import dev.tutti.core.kernel.Recorded;
import org.jspecify.annotations.Nullable;

/**
 * An address outside that events are sent to. Immutable.
 *
 * @param settings null where there is none
 * @param createdMillis epoch milliseconds
 */
public record ApiDestination(
    ConnectionArn arn, @Nullable Settings settings, long createdMillis, long modifiedMillis) {

  /**
   * What it is set to.
   *
   * @param method of HTTP
   * @param endpoint an address, in which each {@code *} is filled by the target
   * @param callsPerSecond most requests begun in a second
   */
  public record Settings(
      @Nullable String description,
      String connectionArn,
      String method,
      String endpoint,
      int callsPerSecond) {
    /** AWS's default for {@link #callsPerSecond}. */
    public static final int CALLS_PER_SECOND = 300;
  }

  static ApiDestination blank(ConnectionArn arn) {
    return new ApiDestination(arn, null, 0, 0);
  }

  ApiDestination after(Recorded<ApiDestinationFact> recorded) {
    long now = recorded.millis();
    return switch (recorded.fact()) {
      case ApiDestinationFact.DestinationCreated fact ->
          new ApiDestination(arn, fact.settings(), now, now);
      case ApiDestinationFact.DestinationUpdated fact ->
          new ApiDestination(arn, fact.settings(), createdMillis, now);
      case ApiDestinationFact.DestinationDeleted _ -> blank(arn);
    };
  }
}
