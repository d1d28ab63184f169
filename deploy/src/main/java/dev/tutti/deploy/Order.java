package dev.tutti.deploy;

import dev.tutti.deploy.resource.Resource;
import dev.tutti.deploy.template.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts the resources of all stacks in one order. What a template's own references and DependsOn say
 * must hold; a circle of those is a problem. Beyond that, who needs another stack's or context's
 * resource comes after it and after what settles its access, so that two contexts may subscribe to
 * each other's buses; there a circle is let be, because nobody checks such a need at creation but
 * the service, which then says so.
 */
final class Order {
  private final Map<String, Unit> units = new LinkedHashMap<>();
  private final Map<String, Set<String>> providers = new HashMap<>();
  private final Problems problems;
  private final Set<String> done = new HashSet<>();
  private final List<String> path = new ArrayList<>();
  private final List<Unit> order = new ArrayList<>();

  private Order(List<Unit> all, Problems problems) {
    this.problems = problems;
    for (Unit unit : all) {
      units.put(unit.id(), unit);
      for (Resource resource : unit.resources()) {
        providers.computeIfAbsent(resource.key(), _ -> new LinkedHashSet<>()).add(unit.id());
        if (!resource.guards().isEmpty()) {
          providers.computeIfAbsent(resource.guards(), _ -> new LinkedHashSet<>()).add(unit.id());
        }
      }
    }
  }

  static List<Unit> of(List<Unit> all, Problems problems) {
    Order order = new Order(all, problems);
    for (Unit unit : all) {
      order.visit(unit);
    }
    return order.order;
  }

  private void visit(Unit unit) {
    if (done.contains(unit.id())) {
      return;
    }
    path.add(unit.id());
    for (String name : unit.refersTo()) {
      String id = unit.idOf(name);
      int at = path.indexOf(id);
      if (at >= 0 && closesByReferences(at)) {
        problems.add(
            unit.declared().place(),
            "resources depend on each other in a circle: " + circle(at) + " -> " + name);
        continue;
      }
      Unit next = units.get(id);
      if (next != null && at < 0) {
        visit(next);
      }
    }
    for (Resource resource : unit.resources()) {
      for (String need : resource.needs()) {
        for (String id : providers.getOrDefault(need, Set.of())) {
          Unit next = units.get(id);
          if (next != null && !path.contains(id)) {
            visit(next);
          }
        }
      }
    }
    path.removeLast();
    if (done.add(unit.id())) {
      order.add(unit);
    }
  }

  /** Whether the path from there on is made of the template's own references alone. */
  private boolean closesByReferences(int from) {
    for (int i = from; i + 1 < path.size(); i++) {
      Unit unit = units.get(path.get(i));
      Unit next = units.get(path.get(i + 1));
      if (unit == null || next == null || !unit.refersTo().contains(next.declared().logicalId())
          || !unit.idOf(next.declared().logicalId()).equals(next.id())) {
        return false;
      }
    }
    return true;
  }

  private String circle(int from) {
    List<String> names = new ArrayList<>();
    for (String id : path.subList(from, path.size())) {
      names.add(id.substring(id.lastIndexOf('/') + 1));
    }
    return String.join(" -> ", names);
  }
}
