package dev.tutti.core.queues;

import dev.tutti.core.kernel.Recorded;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * All queues without their messages, folded from their facts as these are committed. Readers may be
 * many at a time; the facts of one queue come in order.
 */
public final class QueueCatalogue {
  private final ConcurrentSkipListMap<String, QueueInfo> byArn = new ConcurrentSkipListMap<>();

  /** Takes in a committed fact. */
  public void on(Recorded<QueueFact> recorded) {
    switch (recorded.fact()) {
      case QueueFact.Created _,
          QueueFact.AttributesSet _,
          QueueFact.Tagged _,
          QueueFact.Untagged _,
          QueueFact.Deleted _ ->
          byArn.compute(recorded.key().id(), (arn, before) -> after(arn, before, recorded));
      case QueueFact.Purged _,
          QueueFact.Sent _,
          QueueFact.Received _,
          QueueFact.Hidden _,
          QueueFact.Removed _,
          QueueFact.Dropped _,
          QueueFact.GivenUp _,
          QueueFact.Taken _,
          QueueFact.NotTaken _,
          QueueFact.TakenBack _,
          QueueFact.MoveStarted _,
          QueueFact.MovedOn _,
          QueueFact.MoveStepped _,
          QueueFact.MoveEnded _,
          QueueFact.Forgotten _ -> {}
    }
  }

  private static @Nullable QueueInfo after(
      String arn, @Nullable QueueInfo before, Recorded<QueueFact> recorded) {
    QueueInfo after = QueueInfo.after(arn, before, recorded);
    return after.exists() ? after : null;
  }

  /** A queue as it is now; null where there is none. */
  public @Nullable QueueInfo queue(String arn) {
    return byArn.get(arn);
  }

  /**
   * The queues of a context in a region, by name.
   *
   * @param prefix what their names start with
   * @param after the name after which to start; empty starts at the beginning
   */
  public List<QueueInfo> queues(
      String context, String region, String prefix, String after, int limit) {
    String all = "arn:aws:sqs:" + region + ':' + context + ':';
    String from = after.compareTo(prefix) > 0 ? all + after : all + prefix;
    return byArn.tailMap(from, after.isEmpty()).values().stream()
        .takeWhile(queue -> queue.arn().startsWith(all + prefix))
        .limit(limit)
        .toList();
  }

  /** The queues, of whosever context, whose dead-letter queue this is, by ARN. */
  public List<QueueInfo> sources(String deadLetterArn, String after, int limit) {
    return byArn.tailMap(after, false).values().stream()
        .filter(queue -> {
          QueueSettings.Redrive redrive = queue.settings().redrive();
          return redrive != null && redrive.target().equals(deadLetterArn);
        })
        .limit(limit)
        .toList();
  }
}
