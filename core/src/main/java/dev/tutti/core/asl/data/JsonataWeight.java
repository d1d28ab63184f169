package dev.tutti.core.asl.data;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the values of one evaluation would take written out, where a part that is shared counts each
 * time it is met: so that doubling a value again and again, which is cheap in memory, is refused
 * before somebody writes, compares or copies it.
 */
final class JsonataWeight {
  /** Most that one value may weigh, and most that all which were made may. */
  private static final long MOST = 1_400_000;

  /** Elements that are gone over in the time in which one is made. */
  private static final int SEEN_AGAIN = 32;

  /** Elements that take as much memory as an empty list, or as an object without members. */
  private static final int LIST = 2;

  private static final int MAP = 3;

  /** Characters of a text that weigh as much as an element. */
  private static final int CHARACTERS = 8;

  private final IdentityHashMap<Object, Long> known = new IdentityHashMap<>();
  private long made;

  /** What was met for the first time, in the value that is being looked at. */
  private long fresh;

  /** Takes note of a value that the evaluation came to. */
  void add(@Nullable Object value) {
    switch (value) {
      case String text -> charge(text.length() / CHARACTERS);
      case List<?> list -> add(list, list.size());
      case Map<?, ?> map -> add(map, map.size());
      case null, default -> {
        // Costs no more than the step that it took.
      }
    }
  }

  private void add(Object value, int size) {
    boolean again = known.containsKey(value);
    fresh = 0;
    long whole = of(value);
    charge(again ? size / SEEN_AGAIN : fresh);
    if (whole > MOST) {
      throw JsonataError.tooMuch();
    }
  }

  /**
   * Takes note of work.
   *
   * @param elements which could have been made in its time
   */
  void charge(long elements) {
    made += elements;
    if (made > MOST) {
      throw JsonataError.tooMuch();
    }
  }

  /** What a value would take written out. */
  long of(@Nullable Object value) {
    return of(value, 0);
  }

  private long of(@Nullable Object value, int depth) {
    if (depth > 1_000) {
      throw JsonataError.tooDeep();
    }
    return switch (value) {
      case String text -> 1 + text.length() / CHARACTERS;
      case List<?> list -> remembered(list, list, LIST + list.size(), depth);
      case Map<?, ?> map -> remembered(map, map.values(), MAP + map.size(), depth);
      case null, default -> 1;
    };
  }

  private long remembered(Object whole, Iterable<?> parts, int size, int depth) {
    Long before = known.get(whole);
    if (before != null) {
      return before;
    }
    fresh += size;
    long sum = 1;
    for (Object part : parts) {
      sum += of(part, depth + 1);
      if (sum > MOST) {
        break;
      }
    }
    known.put(whole, sum);
    return sum;
  }
}
