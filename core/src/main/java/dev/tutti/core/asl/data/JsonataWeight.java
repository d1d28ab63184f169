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
  private static final long MOST = 1_500_000;

  /** Elements that are gone over in the time in which one is made. */
  private static final int SEEN_AGAIN = 32;

  /** Characters of a text that weigh as much as an element. */
  private static final int CHARACTERS = 8;

  private final IdentityHashMap<Object, Long> known = new IdentityHashMap<>();
  private long made;

  /** Takes note of a value that the evaluation came to. */
  void add(@Nullable Object value) {
    switch (value) {
      case String text -> made += text.length() / CHARACTERS;
      case List<?> list -> made += known.containsKey(list) ? list.size() / SEEN_AGAIN : list.size();
      case Map<?, ?> map -> made += known.containsKey(map) ? map.size() / SEEN_AGAIN : map.size();
      case null, default -> {
        return;
      }
    }
    if (made > MOST || of(value, 0) > MOST) {
      throw new IllegalStateException("The expression made more than " + MOST + " elements");
    }
  }

  private long of(@Nullable Object value, int depth) {
    if (depth > 1_000) {
      throw new IllegalStateException("The expression made a value that is too deeply nested");
    }
    return switch (value) {
      case String text -> 1 + text.length() / CHARACTERS;
      case List<?> list -> remembered(list, list, depth);
      case Map<?, ?> map -> remembered(map, map.values(), depth);
      case null, default -> 1;
    };
  }

  private long remembered(Object whole, Iterable<?> parts, int depth) {
    Long before = known.get(whole);
    if (before != null) {
      return before;
    }
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
