package dev.tutti.core.asl.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code $sort}: stable; a function says whether its first argument belongs behind its second. */
final class JsonataOrder {
  private JsonataOrder() {}

  static @Nullable Object sort(@Nullable List<?> args, JsonataText.Caller caller) {
    if (!(JsonataFunctions.argument(args, 0) instanceof List<?> given)) {
      return null;
    }
    var list = new ArrayList<Object>(given);
    Object function = JsonataFunctions.argument(args, 1);
    if (function != null) {
      return merged(
          list, (a, b) -> caller.call(function, List.of(a, b)) instanceof Boolean behind && behind);
    }
    if (list.stream().allMatch(Number.class::isInstance)) {
      list.sort(Comparator.comparingDouble(value -> ((Number) value).doubleValue()));
    } else if (list.stream().allMatch(String.class::isInstance)) {
      list.sort(Comparator.comparing(String.class::cast));
    } else if (list.size() > 1) {
      throw JsonataError.coded(
          "D3070",
          "The single argument form of the sort function can only be applied to an array of strings"
              + " or an array of numbers.  Use the second argument to specify a comparison"
              + " function");
    }
    return list;
  }

  /** Whether one belongs behind another. */
  private interface Behind {
    boolean test(Object a, Object b);
  }

  private static List<Object> merged(List<Object> list, Behind behind) {
    if (list.size() < 2) {
      return list;
    }
    int middle = list.size() / 2;
    List<Object> left = merged(new ArrayList<>(list.subList(0, middle)), behind);
    List<Object> right = merged(new ArrayList<>(list.subList(middle, list.size())), behind);
    var all = new ArrayList<Object>(list.size());
    int l = 0;
    int r = 0;
    while (l < left.size() && r < right.size()) {
      all.add(behind.test(left.get(l), right.get(r)) ? right.get(r++) : left.get(l++));
    }
    all.addAll(left.subList(l, left.size()));
    all.addAll(right.subList(r, right.size()));
    return all;
  }
}
