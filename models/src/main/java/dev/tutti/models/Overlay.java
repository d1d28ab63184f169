package dev.tutti.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a model lacks or has wrong, in the model's own notation.
 *
 * <p>Objects are merged member by member, {@code null} removes a member, and any other value
 * replaces what was there. A member {@code +name} adds its elements to the array {@code name}.
 */
final class Overlay {
  private Overlay() {}

  /** Changes {@code base} into what it is with {@code overlay} on top. */
  static void lay(JsonNode overlay, ObjectNode base) {
    overlay
        .properties()
        .forEach(change -> {
          String name = change.getKey();
          JsonNode value = change.getValue();
          if (name.startsWith("+")) {
            ArrayNode array = base.withArray("/" + name.substring(1));
            value.forEach(array::add);
          } else if (value.isNull()) {
            if (base.remove(name) == null) {
              throw new IllegalArgumentException("nothing to remove under the name " + name);
            }
          } else if (value.isObject()) {
            JsonNode there = base.get(name);
            lay(value, there instanceof ObjectNode object ? object : base.putObject(name));
          } else {
            base.set(name, value);
          }
        });
  }
}
