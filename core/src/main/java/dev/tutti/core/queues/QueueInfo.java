package dev.tutti.core.queues;

import dev.tutti.core.kernel.Recorded;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A queue without its messages: an immutable snapshot.
 *
 * @param exists false before it was created and after it was deleted
 * @param createdMillis epoch milliseconds
 * @param modifiedMillis when its attributes were set last
 */
public record QueueInfo(
    String arn,
    boolean exists,
    QueueSettings settings,
    SortedMap<String, String> tags,
    long createdMillis,
    long modifiedMillis) {

  /** The owner's account. */
  public String owner() {
    return arn.split(":", -1)[4];
  }

  public String name() {
    return arn.split(":", -1)[5];
  }

  static QueueInfo blank(String arn) {
    return new QueueInfo(arn, false, QueueSettings.none(), new TreeMap<>(), 0, 0);
  }

  /** A queue after a fact; the fact may be any. */
  static QueueInfo after(String arn, @Nullable QueueInfo before, Recorded<QueueFact> recorded) {
    QueueInfo queue = before == null ? blank(arn) : before;
    long now = recorded.millis();
    return switch (recorded.fact()) {
      case QueueFact.Created fact ->
          new QueueInfo(
              arn,
              true,
              QueueSettings.none().with(fact.attributes()),
              new TreeMap<>(fact.tags()),
              now,
              now);
      case QueueFact.AttributesSet fact ->
          new QueueInfo(
              arn,
              true,
              queue.settings.with(fact.attributes()),
              queue.tags,
              queue.createdMillis,
              now);
      case QueueFact.Tagged fact -> {
        TreeMap<String, String> tags = new TreeMap<>(queue.tags);
        tags.putAll(fact.tags());
        yield queue.withTags(tags);
      }
      case QueueFact.Untagged fact -> {
        TreeMap<String, String> tags = new TreeMap<>(queue.tags);
        fact.keys().forEach(tags::remove);
        yield queue.withTags(tags);
      }
      case QueueFact.Deleted _ -> blank(arn);
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
          QueueFact.Forgotten _ ->
          queue;
    };
  }

  private QueueInfo withTags(SortedMap<String, String> changed) {
    return new QueueInfo(arn, exists, settings, changed, createdMillis, modifiedMillis);
  }
}
