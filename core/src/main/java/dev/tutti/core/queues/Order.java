package dev.tutti.core.queues;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which message comes next; each step costs the logarithm of the queue's length. */
sealed interface Order {

  /** Takes note of the time; comes before what a fact changes. */
  void settle(long now);

  void add(Message message);

  void remove(Message message);

  /** Up to {@code most} messages that may be received now, in order. */
  List<Message> receivable(long now, int most);

  /** Of what can't be received, the message that can be soonest; null where there is none. */
  @Nullable Message soonest();

  /** The messages that are delayed or were received. */
  List<Message> hidden(long now);

  /**
   * A standard queue's: of what is visible, whatever came first. What has become visible is found
   * at each fact anew, so that it costs but once a message.
   */
  final class Loose implements Order {
    private final TreeMap<Long, Message> visible = new TreeMap<>();
    private final TreeSet<Message> hidden = new TreeSet<>(Message.BY_VISIBILITY);

    @Override
    public void settle(long now) {
      while (!hidden.isEmpty() && hidden.first().visible(now)) {
        Message message = hidden.removeFirst();
        visible.put(message.number(), message);
      }
    }

    @Override
    public void add(Message message) {
      hidden.add(message);
    }

    @Override
    public void remove(Message message) {
      if (visible.remove(message.number()) == null) {
        hidden.remove(message);
      }
    }

    @Override
    public List<Message> receivable(long now, int most) {
      return Stream.concat(
              visible.values().stream().limit(most),
              hidden.stream().takeWhile(each -> each.visible(now)))
          .sorted(Comparator.comparingLong(Message::number))
          .limit(most)
          .toList();
    }

    @Override
    public @Nullable Message soonest() {
      return hidden.isEmpty() ? null : hidden.first();
    }

    @Override
    public List<Message> hidden(long now) {
      return hidden.descendingSet().stream().takeWhile(each -> !each.visible(now)).toList();
    }
  }

  /**
   * A FIFO queue's: each group from its first message on, up to one that is hidden; of the groups,
   * whichever has been receivable longest.
   */
  final class Strict implements Order {
    private final Map<String, TreeMap<Long, Message>> groups = new HashMap<>();
    private final TreeSet<Message> heads = new TreeSet<>(Message.BY_VISIBILITY);

    @Override
    public void settle(long now) {}

    @Override
    public void add(Message message) {
      TreeMap<Long, Message> group = groups.computeIfAbsent(name(message), name -> new TreeMap<>());
      if (!group.isEmpty()) {
        heads.remove(group.firstEntry().getValue());
      }
      group.put(message.number(), message);
      heads.add(group.firstEntry().getValue());
    }

    @Override
    public void remove(Message message) {
      TreeMap<Long, Message> group = groups.get(name(message));
      if (group == null || !group.containsKey(message.number())) {
        return;
      }
      heads.remove(group.firstEntry().getValue());
      group.remove(message.number());
      if (group.isEmpty()) {
        groups.remove(name(message));
      } else {
        heads.add(group.firstEntry().getValue());
      }
    }

    private static String name(Message message) {
      return message.group() == null ? "" : message.group();
    }

    @Override
    public List<Message> receivable(long now, int most) {
      List<Message> found = new ArrayList<>();
      for (Message head : heads) {
        if (!head.visible(now)) {
          break;
        }
        for (Message each : groups.getOrDefault(name(head), new TreeMap<>()).values()) {
          if (found.size() == most) {
            return found;
          }
          if (!each.visible(now)) {
            break;
          }
          found.add(each);
        }
      }
      return found;
    }

    @Override
    public @Nullable Message soonest() {
      return heads.isEmpty() ? null : heads.first();
    }

    @Override
    public List<Message> hidden(long now) {
      return groups.values().stream()
          .flatMap(group -> group.values().stream())
          .filter(each -> !each.visible(now))
          .toList();
    }
  }
}
