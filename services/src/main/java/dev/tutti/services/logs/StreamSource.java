package dev.tutti.services.logs;

import dev.tutti.core.logs.Group;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Where streams of log groups are kept. A stream is in one source only. */
public interface StreamSource {
  /** Keeps no streams. */
  StreamSource NONE =
      new StreamSource() {
        @Override
        public List<Stream> streams(Group group, String prefix, @Nullable String after, int limit) {
          return List.of();
        }

        @Override
        public void entries(Group group, String stream, Place after, Predicate<Entry> to) {}
      };

  /**
   * A stream.
   *
   * @param createdMillis epoch milliseconds
   * @param lastMillis when something was last added, epoch milliseconds
   */
  record Stream(String name, long createdMillis, long lastMillis) {}

  /**
   * Where an entry stands in its stream.
   *
   * @param millis epoch milliseconds
   * @param number its place among those of the same time, as text that sorts
   */
  record Place(long millis, String number) implements Comparable<Place> {
    /** Comes after the numbers of all entries. */
    static final String LAST = String.valueOf(Character.MAX_VALUE);

    @Override
    public int compareTo(Place other) {
      int byTime = Long.compare(millis, other.millis);
      return byTime == 0 ? number.compareTo(other.number) : byTime;
    }
  }

  /** What was logged. */
  record Entry(Place place, String message) {}

  /**
   * The streams of a group whose names begin in some way, by their names.
   *
   * @param after the name after which to start; null for the first
   * @param limit most streams given
   */
  List<Stream> streams(Group group, String prefix, @Nullable String after, int limit);

  /**
   * Shows the entries of a stream after a place, the oldest first, as long as it is told to.
   *
   * @param to returns whether it wants more
   */
  void entries(Group group, String stream, Place after, Predicate<Entry> to);
}
