package dev.tutti.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A state as text: all fields of all that belongs to it, so that equal texts are equal states. */
final class StateText {
  private static final ClassValue<List<Field>> FIELDS =
      new ClassValue<>() {
        @Override
        protected List<Field> computeValue(Class<?> type) {
          List<Field> fields = new ArrayList<>();
          if (!type.getName().startsWith("dev.tutti.")) {
            return fields;
          }
          for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
            for (Field field : at.getDeclaredFields()) {
              if (!Modifier.isStatic(field.getModifiers())) {
                field.setAccessible(true);
                fields.add(field);
              }
            }
          }
          return fields;
        }
      };

  private StateText() {}

  /** What belongs to an object of the runtime's own types; nothing of other objects. */
  static List<Field> fields(Class<?> type) {
    return FIELDS.get(type);
  }

  static @Nullable Object value(Field field, Object of) {
    try {
      return field.get(of);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("the field was made accessible", e);
    }
  }

  static String of(@Nullable Object state) {
    StringBuilder text = new StringBuilder();
    write(state, text);
    return text.toString();
  }

  private static void write(@Nullable Object value, StringBuilder to) {
    switch (value) {
      case null -> to.append("null");
      case String s -> to.append('"').append(s).append('"');
      case Number n -> to.append(n);
      case Boolean b -> to.append(b);
      case Enum<?> e -> to.append(e.name());
      case JsonNode json -> to.append(json);
      case Map<?, ?> map -> {
        Set<String> entries = new TreeSet<>();
        map.forEach((k, v) -> entries.add(of(k) + "=" + of(v)));
        to.append(entries);
      }
      case Set<?> set -> {
        Set<String> members = new TreeSet<>();
        set.forEach(member -> members.add(of(member)));
        to.append(members);
      }
      case Collection<?> list -> {
        to.append('[');
        list.forEach(member -> {
          write(member, to);
          to.append(',');
        });
        to.append(']');
      }
      default -> fields(value, to);
    }
  }

  private static void fields(Object value, StringBuilder to) {
    to.append(value.getClass().getSimpleName());
    if (!value.getClass().getName().startsWith("dev.tutti.")) {
      return;
    }
    to.append('{');
    for (Field field : FIELDS.get(value.getClass())) {
      to.append(field.getName()).append('=');
      write(value(field, value), to);
      to.append(';');
    }
    to.append('}');
  }
}
