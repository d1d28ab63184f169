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
 * Puts the resources of all stacks in one order.
 *
 * <p>First what a template's own references and DependsOn say: it must hold, and a circle is a
 * problem. Then, who needs another stack's or context's resource comes after it and after what
 * settles its access, so that two contexts may subscribe to each other's buses. A need that would
 * close a circle is let be: only the service can say whether it matters.
 */
final class Order {
  private final Map<String, Unit> units = new LinkedHashMap<>();

  /** What each has to come after, by id. */
  private final Map<String, Set<String>> after = new HashMap<>();

  private final Problems problems;
  private final Set<String> done = new HashSet<>();
  private final List<String> path = new ArrayList<>();
  private final List<Unit> order = new ArrayList<>();

  private Order(Problems problems) {
    this.problems = problems;
  }

  static List<Unit> of(List<Unit> all, Problems problems) {
    Order order = new Order(problems);
    for (Unit unit : all) {
      order.units.put(unit.id(), unit);
      Set<String> references = order.after(unit.id());
      unit.refersTo().forEach(name -> references.add(unit.idOf(name)));
    }
    order.addNeeds();
    all.forEach(order::visit);
    return order.order;
  }

  private void addNeeds() {
    Map<String, Set<String>> providers = new HashMap<>();
    for (Unit unit : units.values()) {
      for (Resource resource : unit.resources()) {
        for (String key : List.of(resource.key(), resource.guards())) {
          providers.computeIfAbsent(key, _ -> new LinkedHashSet<>()).add(unit.id());
        }
      }
    }
    for (Unit unit : units.values()) {
      for (Resource resource : unit.resources()) {
        for (String need : resource.needs()) {
          for (String provider : providers.getOrDefault(need, Set.of())) {
            if (!reaches(provider, unit.id(), new HashSet<>())) {
              after(unit.id()).add(provider);
            }
          }
        }
      }
    }
  }

  private boolean reaches(String from, String to, Set<String> seen) {
    return from.equals(to)
        || (seen.add(from) && after(from).stream().anyMatch(next -> reaches(next, to, seen)));
  }

  private Set<String> after(String id) {
    return after.computeIfAbsent(id, _ -> new LinkedHashSet<>());
  }

  private void visit(Unit unit) {
    if (done.contains(unit.id())) {
      return;
    }
    path.add(unit.id());
    for (String id : after(unit.id())) {
      int at = path.indexOf(id);
      Unit next = units.get(id);
      if (at >= 0) {
        problems.add(
            unit.declared().place(),
            "resources depend on each other in a circle: " + circle(at) + " -> " + name(id));
      } else if (next != null) {
        visit(next);
      }
    }
    path.removeLast();
    done.add(unit.id());
    order.add(unit);
  }

  private String circle(int from) {
    return String.join(" -> ", path.subList(from, path.size()).stream().map(Order::name).toList());
  }

  private static String name(String id) {
    return id.substring(id.lastIndexOf('/') + 1);
  }
}
