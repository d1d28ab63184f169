package dev.tutti.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Field;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether two states are alike, field by field. It says yes only where their {@link StateText} is
 * the same; where it says no their texts have to decide, which takes longer.
 */
final class Likeness {
  private Likeness() {}

  static boolean of(@Nullable Object one, @Nullable Object other) {
    if (one == null || other == null) {
      return one == null && other == null;
    }
    return switch (one) {
      case String s -> s.equals(other);
      case Number n -> n.equals(other);
      case Boolean b -> b.equals(other);
      case Enum<?> e -> e.equals(other);
      case JsonNode json -> other instanceof JsonNode node && json(json, node);
      case Map<?, ?> map -> other instanceof Map<?, ?> with && maps(map, with);
      case Set<?> set -> other instanceof Set<?> with && sets(set, with);
      case Collection<?> list -> other instanceof Collection<?> with && inOrder(list, with);
      default -> one.getClass() == other.getClass() && fields(one, other);
    };
  }

  /** As text: members in their order, numbers with their digits. */
  private static boolean json(JsonNode one, JsonNode other) {
    if (one.getNodeType() != other.getNodeType() || one.size() != other.size()) {
      return false;
    }
    return switch (one.getNodeType()) {
      case OBJECT -> {
        var others = other.properties().iterator();
        for (Map.Entry<String, JsonNode> member : one.properties()) {
          Map.Entry<String, JsonNode> with = others.next();
          if (!member.getKey().equals(with.getKey()) || !json(member.getValue(), with.getValue())) {
            yield false;
          }
        }
        yield true;
      }
      case ARRAY -> {
        for (int i = 0; i < one.size(); i++) {
          if (!json(one.get(i), other.get(i))) {
            yield false;
          }
        }
        yield true;
      }
      case NUMBER ->
          (one.isIntegralNumber() && other.isIntegralNumber())
              ? one.bigIntegerValue().equals(other.bigIntegerValue())
              : one.asText().equals(other.asText());
      default -> one.equals(other);
    };
  }

  private static boolean maps(Map<?, ?> one, Map<?, ?> other) {
    if (one.size() != other.size()) {
      return false;
    }
    for (Map.Entry<?, ?> entry : one.entrySet()) {
      Object with = other.get(entry.getKey());
      if (with == null || !of(entry.getValue(), with)) {
        return false;
      }
    }
    return true;
  }

  /** Of texts and numbers, as most are; the text of others has to decide. */
  private static boolean sets(Set<?> one, Set<?> other) {
    return one.size() == other.size()
        && one.stream().allMatch(m -> isPlain(m) && other.contains(m));
  }

  private static boolean isPlain(Object member) {
    return member instanceof String || member instanceof Number;
  }

  private static boolean inOrder(Collection<?> one, Collection<?> other) {
    if (one.size() != other.size()) {
      return false;
    }
    Iterator<?> others = other.iterator();
    for (Object member : one) {
      if (!of(member, others.next())) {
        return false;
      }
    }
    return true;
  }

  private static boolean fields(Object one, Object other) {
    for (Field field : StateText.fields(one.getClass())) {
      if (!of(StateText.value(field, one), StateText.value(field, other))) {
        return false;
      }
    }
    return true;
  }
}
