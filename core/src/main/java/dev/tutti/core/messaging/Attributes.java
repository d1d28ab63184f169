package dev.tutti.core.messaging;

import java.util.Map;
import java.util.TreeMap;

/** Attributes by name; an empty value means that there is none. */
final class Attributes {
  private Attributes() {}

  static Map<String, String> changed(Map<String, String> before, Map<String, String> changes) {
    TreeMap<String, String> after = new TreeMap<>(before);
    after.putAll(changes);
    after.values().removeIf(String::isEmpty);
    return after;
  }
}
