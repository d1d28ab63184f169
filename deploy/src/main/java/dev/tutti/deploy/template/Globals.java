package dev.tutti.deploy.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * SAM's Globals: properties that each function or state machine has unless it says otherwise.
 * Mappings are merged, lists follow one another, anything else is overridden.
 */
final class Globals {
  private static final Map<String, String> TYPES =
      Map.of(
          "Function", "AWS::Serverless::Function",
          "StateMachine", "AWS::Serverless::StateMachine");

  private final Map<String, Node.Fields> byType;

  private Globals(Map<String, Node.Fields> byType) {
    this.byType = byType;
  }

  static Globals read(Shape top, Problems problems) {
    Map<String, Node.Fields> byType = new LinkedHashMap<>();
    if (top.node("Globals") instanceof Node.Fields globals) {
      globals
          .fields()
          .forEach((name, field) -> {
            String type = TYPES.get(name);
            if (type == null) {
              problems.add(field.place(), "Globals." + name + " is not supported");
            } else if (field.value() instanceof Node.Fields fields) {
              byType.put(type, fields);
            } else {
              problems.add(field.place(), "Globals." + name + " must be a mapping");
            }
          });
    }
    return new Globals(byType);
  }

  Node.Fields merged(String type, Node.Fields properties) {
    Node.Fields global = byType.get(type);
    return global == null ? properties : merge(global, properties);
  }

  private static Node.Fields merge(Node.Fields global, Node.Fields own) {
    Map<String, Node.Field> result = new LinkedHashMap<>(global.fields());
    own.fields().forEach((name, field) -> result.put(name, merge(result.get(name), field)));
    return new Node.Fields(own.place(), result);
  }

  private static Node.Field merge(Node.@Nullable Field global, Node.Field own) {
    if (global == null || Functions.isCall(global.value()) || Functions.isCall(own.value())) {
      return own;
    }
    if (global.value() instanceof Node.Fields one && own.value() instanceof Node.Fields other) {
      return new Node.Field(own.place(), merge(one, other));
    }
    if (global.value() instanceof Node.Items one && own.value() instanceof Node.Items other) {
      List<Node> items = new ArrayList<>(one.items());
      items.addAll(other.items());
      return new Node.Field(own.place(), new Node.Items(own.value().place(), items));
    }
    return own;
  }
}
