package dev.tutti.host;

import java.util.UUID;

/**
 * A set of 128-bit ids in flat memory: 24 to 48 bytes each, so that millions of unsettled effects
 * fit beside everything else. Open addressing with linear probing; removing moves later entries
 * back, so there are no tombstones. Split in stripes, each under its own lock.
 */
final class IdSet {
  private static final int STRIPES = 16;

  private final Stripe[] stripes = new Stripe[STRIPES];

  IdSet() {
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new Stripe();
    }
  }

  void add(UUID id) {
    stripe(id).add(id.getMostSignificantBits(), id.getLeastSignificantBits());
  }

  void remove(UUID id) {
    stripe(id).remove(id.getMostSignificantBits(), id.getLeastSignificantBits());
  }

  boolean contains(UUID id) {
    return stripe(id).contains(id.getMostSignificantBits(), id.getLeastSignificantBits());
  }

  long size() {
    long size = 0;
    for (Stripe stripe : stripes) {
      size += stripe.size();
    }
    return size;
  }

  private Stripe stripe(UUID id) {
    return stripes[(int) id.getMostSignificantBits() & (STRIPES - 1)];
  }

  /** Pairs of longs; a pair of zeros is free, which no id is, as its version is set. */
  private static final class Stripe {
    private static final int SMALLEST = 64;
    private long[] pairs = new long[2 * SMALLEST];
    private int size;

    synchronized int size() {
      return size;
    }

    synchronized boolean contains(long high, long low) {
      return isAt(find(high, low), high, low);
    }

    synchronized void add(long high, long low) {
      int slot = find(high, low);
      if (!isAt(slot, high, low)) {
        put(slot, high, low);
        size++;
        if (3 * size > 2 * slots()) {
          resize(2 * slots());
        }
      }
    }

    synchronized void remove(long high, long low) {
      int hole = find(high, low);
      if (!isAt(hole, high, low)) {
        return;
      }
      size--;
      for (int next = after(hole); !isFree(next); next = after(next)) {
        int home = home(pairs[2 * next + 1]);
        if (distance(home, next) >= distance(hole, next)) {
          put(hole, pairs[2 * next], pairs[2 * next + 1]);
          hole = next;
        }
      }
      put(hole, 0, 0);
      if (slots() > SMALLEST && 6 * size < slots()) {
        resize(slots() / 2);
      }
    }

    /** Where an id is, or the free slot where it belongs. */
    private int find(long high, long low) {
      int slot = home(low);
      while (!isFree(slot) && !isAt(slot, high, low)) {
        slot = after(slot);
      }
      return slot;
    }

    private void resize(int slots) {
      long[] old = pairs;
      pairs = new long[2 * slots];
      for (int i = 0; i < old.length; i += 2) {
        if (old[i] != 0 || old[i + 1] != 0) {
          put(find(old[i], old[i + 1]), old[i], old[i + 1]);
        }
      }
    }

    private void put(int slot, long high, long low) {
      pairs[2 * slot] = high;
      pairs[2 * slot + 1] = low;
    }

    private boolean isAt(int slot, long high, long low) {
      return pairs[2 * slot] == high && pairs[2 * slot + 1] == low;
    }

    private boolean isFree(int slot) {
      return pairs[2 * slot] == 0 && pairs[2 * slot + 1] == 0;
    }

    private int slots() {
      return pairs.length / 2;
    }

    private int home(long low) {
      return (int) low & (slots() - 1);
    }

    private int after(int slot) {
      return (slot + 1) & (slots() - 1);
    }

    private int distance(int from, int to) {
      return (to - from) & (slots() - 1);
    }
  }
}
