package dev.tutti.deploy;

import dev.tutti.deploy.resource.Resource;
import dev.tutti.deploy.resource.ResourceTypes;
import dev.tutti.deploy.resource.SecretReferences;
import dev.tutti.deploy.resource.Site;
import dev.tutti.deploy.template.Evaluator;
import dev.tutti.deploy.template.Node;
import dev.tutti.deploy.template.Place;
import dev.tutti.deploy.template.Problems;
import dev.tutti.deploy.template.Scope;
import dev.tutti.deploy.template.Shape;
import dev.tutti.deploy.template.Template;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates one template whole. A resource is read when it is first referred to, so that its name
 * and ARN are known to whoever refers to it; meeting it again while it is being read is a cycle.
 */
final class StackReading implements Scope {
  private final Template template;
  private final Site site;
  private final Problems problems;
  private final Evaluator evaluator;
  private final Map<String, Node> parameters;
  private final Map<String, Unit> units = new LinkedHashMap<>();
  private final Map<String, Boolean> conditions = new HashMap<>();
  private final Set<String> conditionsInProgress = new HashSet<>();

  /** Logical ids of the resources that are being read, the outermost first. */
  private final Deque<String> reading = new ArrayDeque<>();

  /** What the resources that are being read refer to, as {@link #reading}. */
  private final Deque<Set<String>> references = new ArrayDeque<>();

  StackReading(Template template, Site site, Map<String, Node> parameters) {
    this.template = template;
    this.site = site;
    this.problems = site.problems();
    this.parameters = parameters;
    this.evaluator = new Evaluator(this, problems);
  }

  /** Every resource whose condition holds, in the template's order. */
  List<Unit> units() {
    template.conditions().forEach((name, field) -> condition(field.place(), name));
    for (Template.Declared declared : template.resources().values()) {
      if (!ResourceTypes.isSupported(declared.type())) {
        if (!declared.type().equals("unknown")) {
          problems.add(
              declared.place(),
              declared.logicalId() + ": the type " + declared.type() + " is not supported");
        }
      } else if (exists(declared)) {
        unit(declared.place(), declared);
      }
    }
    List<Unit> inOrder = new ArrayList<>();
    for (String id : template.resources().keySet()) {
      Unit unit = units.get(id);
      if (unit != null) {
        inOrder.add(unit);
      }
    }
    return inOrder;
  }

  /** The outputs whose condition holds. */
  Map<String, String> outputs() {
    Map<String, String> outputs = new LinkedHashMap<>();
    template
        .outputs()
        .forEach((name, field) -> {
          if (field.value() instanceof Node.Fields fields) {
            Shape raw = new Shape("output " + name, fields, problems);
            raw.noEffect("Description", "Export");
            Node value = raw.node("Value");
            Node only = raw.node("Condition");
            raw.done();
            boolean shown =
                !(only instanceof Node.Scalar scalar) || condition(only.place(), scalar.text());
            if (value == null) {
              problems.add(field.place(), "output " + name + " needs Value");
            } else if (shown) {
              Node result = evaluator.evaluate(value);
              SecretReferences.check(result, false, problems);
              outputs.put(
                  name,
                  result instanceof Node.Scalar scalar ? scalar.text() : result.json().toString());
            }
          } else {
            problems.add(field.place(), "output " + name + " must be a mapping");
          }
        });
    return outputs;
  }

  private boolean exists(Template.Declared declared) {
    Node.Scalar name = declared.condition();
    return name == null || condition(name.place(), name.text());
  }

  private @Nullable Unit unit(Place place, Template.Declared declared) {
    String id = declared.logicalId();
    if (reading.contains(id)) {
      List<String> cycle = new ArrayList<>(reading).subList(indexOf(id), reading.size());
      problems.add(
          place,
          "resources refer to each other in a circle: " + String.join(" -> ", cycle) + " -> " + id);
      return null;
    }
    Unit known = units.get(id);
    if (known != null) {
      return known;
    }
    reading.addLast(id);
    references.addLast(new LinkedHashSet<>());
    Node properties = evaluator.evaluate(declared.properties());
    SecretReferences.check(declared.type(), properties, problems);
    Shape shape = Shape.of(declared.type(), properties, problems);
    List<Resource> resources =
        ResourceTypes.read(declared.type(), id, declared.place(), shape, site);
    reading.removeLast();
    Set<String> refersTo = references.removeLast();
    dependsOn(declared, refersTo);
    Unit unit = new Unit(site, declared, resources, refersTo);
    units.put(id, unit);
    return unit;
  }

  private int indexOf(String id) {
    return new ArrayList<>(reading).indexOf(id);
  }

  private void dependsOn(Template.Declared declared, Set<String> refersTo) {
    for (Node.Scalar name : declared.dependsOn()) {
      Template.Declared other = template.resources().get(name.text());
      if (other == null) {
        problems.add(name.place(), "DependsOn: there is no resource " + name.text());
      } else if (exists(other)) {
        refersTo.add(name.text());
      }
    }
  }

  @Override
  public Node reference(Place place, String name) {
    Node parameter = parameters.get(name);
    if (parameter != null) {
      return parameter instanceof Node.Scalar scalar
          ? new Node.Scalar(place, scalar.kind(), scalar.text())
          : parameter;
    }
    if (name.startsWith("AWS::")) {
      return pseudo(place, name);
    }
    Optional<String> roleOf = implicitRoleOf(name);
    if (roleOf.isPresent()) {
      return Node.text(place, site.implicitRoleName(roleOf.get()));
    }
    Resource resource = resource(place, name);
    if (resource == null) {
      return Node.unknown(place);
    }
    if (resource.reference().isEmpty()) {
      problems.add(place, "what Ref gives for " + name + " isn't known before it is created");
      return Node.unknown(place);
    }
    return Node.text(place, resource.reference());
  }

  @Override
  public Node attribute(Place place, String name, String attribute) {
    Optional<String> roleOf = implicitRoleOf(name);
    if (roleOf.isPresent() && attribute.equals("Arn")) {
      return Node.text(place, site.implicitRole(roleOf.get()));
    }
    Resource resource = resource(place, name);
    if (resource == null) {
      return Node.unknown(place);
    }
    String value = resource.attributes().get(attribute);
    if (value == null) {
      problems.add(
          place, "the attribute " + attribute + " of a " + resource.type() + " is not supported");
      return Node.unknown(place);
    }
    return Node.text(place, value);
  }

  private Node pseudo(Place place, String name) {
    return switch (name) {
      case "AWS::AccountId" -> Node.text(place, site.account());
      case "AWS::Region" -> Node.text(place, site.region());
      case "AWS::Partition" -> Node.text(place, "aws");
      case "AWS::URLSuffix" -> Node.text(place, "amazonaws.com");
      case "AWS::StackName" -> Node.text(place, site.stack());
      case "AWS::StackId" -> Node.text(place, site.stackId());
      case "AWS::NoValue" -> new Node.Scalar(place, Node.Kind.NO_VALUE, "");
      default -> {
        problems.add(place, name + " is not supported");
        yield Node.unknown(place);
      }
    };
  }

  /** The SAM resource whose implicit role a name is; finding it needs no reading. */
  private Optional<String> implicitRoleOf(String name) {
    if (!name.endsWith("Role") || template.resources().containsKey(name)) {
      return Optional.empty();
    }
    String owner = name.substring(0, name.length() - "Role".length());
    Template.Declared declared = template.resources().get(owner);
    return declared != null
            && declared.type().startsWith("AWS::Serverless::")
            && !declared.properties().fields().containsKey("Role")
        ? Optional.of(owner)
        : Optional.empty();
  }

  /** The resource of a name, or that a SAM resource makes under it; null after a problem. */
  private @Nullable Resource resource(Place place, String name) {
    Template.Declared declared = template.resources().get(name);
    if (declared != null) {
      if (!ResourceTypes.isSupported(declared.type())) {
        return null;
      }
      if (!exists(declared)) {
        problems.add(place, name + " doesn't exist here: its condition doesn't hold");
        return null;
      }
      Unit unit = refer(place, declared);
      return unit == null || unit.resources().isEmpty() ? null : unit.resources().getFirst();
    }
    for (Template.Declared owner : template.resources().values()) {
      if (name.startsWith(owner.logicalId())
          && owner.type().startsWith("AWS::Serverless::")
          && ResourceTypes.isSupported(owner.type())
          && !reading.contains(owner.logicalId())
          && exists(owner)) {
        Unit unit = refer(place, owner);
        Optional<Resource> made = unit == null ? Optional.empty() : unit.find(name);
        if (made.isPresent()) {
          return made.get();
        }
      }
    }
    problems.add(place, "there is no parameter or resource " + name);
    return null;
  }

  private @Nullable Unit refer(Place place, Template.Declared declared) {
    Set<String> current = references.peekLast();
    if (current != null) {
      current.add(declared.logicalId());
    }
    return unit(place, declared);
  }

  @Override
  public Node mapped(Place place, String map, String first, String second) {
    Node.Field top = template.mappings().get(map);
    Node inner = top == null ? null : child(top.value(), first);
    Node value = inner == null ? null : child(inner, second);
    if (value == null) {
      problems.add(place, "Fn::FindInMap: there is no " + map + "." + first + "." + second);
      return Node.unknown(place);
    }
    return value;
  }

  private static @Nullable Node child(Node node, String name) {
    Node.Field field = node instanceof Node.Fields fields ? fields.fields().get(name) : null;
    return field == null ? null : field.value();
  }

  @Override
  public boolean condition(Place place, String name) {
    Boolean known = conditions.get(name);
    if (known != null) {
      return known;
    }
    Node.Field declared = template.conditions().get(name);
    if (declared == null) {
      problems.add(place, "there is no condition " + name);
      return false;
    }
    if (!conditionsInProgress.add(name)) {
      problems.add(place, "conditions refer to each other in a circle at " + name);
      return false;
    }
    boolean holds = evaluator.condition(declared.value());
    conditionsInProgress.remove(name);
    conditions.put(name, holds);
    return holds;
  }
}
