package dev.tutti.host;

import dev.tutti.host.Store.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Which effects are owed, and for which calls replies are kept: a copy in memory of the keys of two
 * tables, so that settling an effect, which every transition does, reads no table.
 *
 * <p>An effect is entered and struck off while its batch is made, as only one shard deals with it
 * at a time and a batch that fails stops the process. A reply is entered after its commit. It
 * outlives a call that is cancelled: that may be under way, for the second time, and what it sends
 * has to be known for as long as it is. The end of the call strikes its replies off.
 */
final class Unsettled {
  private final IdSet owed = new IdSet();
  private final Map<String, List<byte[]>> replies = new ConcurrentHashMap<>();

  boolean isOwed(OwedId id) {
    return owed.contains(id.callBits());
  }

  private boolean isOwed(String call) {
    try {
      return owed.contains(UUID.fromString(call));
    } catch (IllegalArgumentException _) {
      return false; // the id of no effect
    }
  }

  void owe(OwedId id) {
    owed.add(id.callBits());
  }

  void settle(OwedId id) {
    owed.remove(id.callBits());
  }

  /** Whether a reply may be kept for a command of this call. */
  boolean hasReplies(String call) {
    return replies.containsKey(call);
  }

  /** Enters a reply that was committed. */
  void keepReply(byte[] key) {
    replies.compute(
        Keys.parts(key).getFirst(),
        (_, before) -> {
          List<byte[]> keys = before == null ? new ArrayList<>(1) : before;
          keys.add(key);
          return keys;
        });
  }

  /** Strikes off the replies of a call; returns their keys. */
  List<byte[]> takeReplies(OwedId call) {
    if (replies.isEmpty()) {
      return List.of();
    }
    List<byte[]> keys = replies.remove(call.callId());
    return keys == null ? List.of() : keys;
  }

  /**
   * Enters what a store holds, and deletes replies that were kept for calls that nobody owes any
   * more: a call may be cancelled while it is performed, and the process may end before it is over.
   *
   * @param records reads what is owed
   * @param each sees it, one by one
   * @return how much is owed
   */
  long load(Store store, OwedRecords records, Consumer<Work.Dispatch> each) {
    store.scan(
        Table.OWED,
        Keys.FIRST,
        Keys.LAST,
        (key, value) -> {
          OwedId id = Keys.owed(key);
          owe(id);
          each.accept(new Work.Dispatch(id, records.read(id, value)));
          return true;
        });
    Batch stale = new Batch();
    store.scan(
        Table.DONE,
        Keys.FIRST,
        Keys.LAST,
        (key, _) -> {
          if (isOwed(Keys.parts(key).getFirst())) {
            keepReply(key);
          } else {
            stale.delete(Table.DONE, key);
          }
          return true;
        });
    if (!stale.isEmpty()) {
      store.commit(stale);
    }
    return owed.size();
  }
}
