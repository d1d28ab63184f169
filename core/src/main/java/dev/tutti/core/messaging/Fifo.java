package dev.tutti.core.messaging;

import dev.tutti.core.kernel.Recorded;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a FIFO topic has to deliver: a line for each subscription and group, of which only the first
 * is under way. Changed by {@link #apply} only.
 */
public final class Fifo {
  /** How long a deduplication is remembered: five minutes. */
  private static final long WINDOW_MILLIS = 5 * 60 * 1000L;

  private final Map<Line, Deque<Item>> lines = new HashMap<>();
  private final Map<Place, Line> lineOf = new HashMap<>();
  private final Map<String, Known> known = new LinkedHashMap<>();
  private long number;
  private @Nullable Item latestLeft;

  /** A subscription's notices of one group. */
  private record Line(String subscriptionArn, String group) {}

  /** A notice on its way to a subscription. */
  private record Place(String subscriptionArn, long number) {}

  /** A notice that was accepted of late. */
  record Known(String messageId, long number, long millis) {}

  /**
   * A notice in a line.
   *
   * @param attempt which is being made or waited for, from 1
   * @param diverted whether it goes to the dead-letter queue by now
   * @param millis when it was accepted
   */
  record Item(
      String messageId,
      long number,
      long millis,
      NoticeFact.Published notice,
      Match match,
      int attempt,
      boolean diverted) {
    Item next(int following, boolean toDeadLetters) {
      return new Item(messageId, number, millis, notice, match, following, toDeadLetters);
    }
  }

  /** What was published under a deduplication within the window; null where nothing was. */
  @Nullable Known known(String deduplication, long nowMillis) {
    Known there = known.get(deduplication);
    return there == null || nowMillis - there.millis() >= WINDOW_MILLIS ? null : there;
  }

  static String deduplication(NoticeCommand.Publish publish, boolean perGroup) {
    return deduplication(publish.group(), publish.deduplication(), perGroup);
  }

  private static String deduplication(
      @Nullable String group, @Nullable String deduplication, boolean perGroup) {
    return perGroup ? group + "\n" + deduplication : String.valueOf(deduplication);
  }

  /** The notice that left its line last; null where none did. */
  @Nullable Item latestLeft() {
    return latestLeft;
  }

  /** The number of the latest notice. */
  long number() {
    return number;
  }

  void apply(Recorded<FifoFact> recorded) {
    switch (recorded.fact()) {
      case FifoFact.Accepted fact -> accept(fact, recorded.millis());
      case FifoFact.Delivered fact -> leave(fact.subscriptionArn(), fact.number());
      case FifoFact.GivenUp fact -> leave(fact.subscriptionArn(), fact.number());
      case FifoFact.Failed fact ->
          change(fact.subscriptionArn(), fact.number(), fact.attempt() + 1, false);
      case FifoFact.Retried fact ->
          change(fact.subscriptionArn(), fact.number(), fact.attempt(), false);
      case FifoFact.Diverted fact ->
          change(fact.subscriptionArn(), fact.number(), fact.attempt(), true);
    }
  }

  private void accept(FifoFact.Accepted fact, long millis) {
    number++;
    NoticeFact.Published notice = fact.notice();
    known.values().removeIf(each -> millis - each.millis() >= WINDOW_MILLIS);
    known.put(
        deduplication(notice.group(), notice.deduplication(), fact.perGroup()),
        new Known(fact.messageId(), number, millis));
    for (Match match : notice.matches()) {
      Line line = new Line(match.subscriptionArn(), String.valueOf(notice.group()));
      lineOf.put(new Place(match.subscriptionArn(), number), line);
      lines
          .computeIfAbsent(line, empty -> new ArrayDeque<>())
          .add(new Item(fact.messageId(), number, millis, notice, match, 1, false));
    }
  }

  private void leave(String subscriptionArn, long left) {
    Line line = lineOf.remove(new Place(subscriptionArn, left));
    Deque<Item> items = line == null ? null : lines.get(line);
    if (items != null) {
      latestLeft = items.remove();
      if (items.isEmpty()) {
        lines.remove(line);
      }
    }
  }

  private void change(String subscriptionArn, long changed, int attempt, boolean diverted) {
    Line line = lineOf.get(new Place(subscriptionArn, changed));
    Deque<Item> items = line == null ? null : lines.get(line);
    if (items != null) {
      Item first = items.remove();
      items.addFirst(first.next(attempt, first.diverted() || diverted));
    }
  }

  /** The notice of a number where it is the first of a line of the subscription; else null. */
  @Nullable Item first(String subscriptionArn, long wanted) {
    Line line = lineOf.get(new Place(subscriptionArn, wanted));
    Item first = line == null ? null : first(line.subscriptionArn(), line.group());
    return first == null || first.number() != wanted ? null : first;
  }

  /** The first of a subscription's line of a group; null where nothing waits. */
  @Nullable Item first(String subscriptionArn, String group) {
    Deque<Item> line = lines.get(new Line(subscriptionArn, group));
    return line == null ? null : line.element();
  }
}
