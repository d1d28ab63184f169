package dev.tutti.deploy.template;

import dev.tutti.core.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Evaluates CloudFormation's intrinsic functions, so that what comes out is plain values. Each
 * value keeps the place of the expression that it came from. Only the chosen branch of {@code
 * Fn::If} is evaluated.
 */
public final class Evaluator {
  private final Scope scope;
  private final Problems problems;

  public Evaluator(Scope scope, Problems problems) {
    this.scope = scope;
    this.problems = problems;
  }

  /** The value without functions; what is {@code AWS::NoValue} is left out. */
  public Node evaluate(Node node) {
    return switch (node) {
      case Node.Scalar scalar -> scalar;
      case Node.Items items -> new Node.Items(items.place(), evaluated(items.items()));
      case Node.Fields fields -> {
        Optional<String> function = Functions.in(fields);
        yield function.isPresent()
            ? call(fields.place(), function.get(), argument(fields))
            : fields(fields);
      }
    };
  }

  private Node fields(Node.Fields fields) {
    Map<String, Node.Field> result = new LinkedHashMap<>();
    fields
        .fields()
        .forEach((name, field) -> {
          Node value = evaluate(field.value());
          if (!isNoValue(value)) {
            result.put(name, new Node.Field(field.place(), value));
          }
        });
    return new Node.Fields(fields.place(), result);
  }

  private List<Node> evaluated(List<Node> items) {
    List<Node> result = new ArrayList<>();
    for (Node item : items) {
      Node value = evaluate(item);
      if (!isNoValue(value)) {
        result.add(value);
      }
    }
    return result;
  }

  private Node call(Place place, String function, Node argument) {
    return switch (function) {
      case "Ref" -> literal(place, function, argument, name -> scope.reference(place, name));
      case "Fn::GetAtt" -> getAttribute(place, argument);
      case "Fn::Sub" -> substitute(place, argument);
      case "Fn::Join" -> join(place, argument);
      case "Fn::Select" -> select(place, argument);
      case "Fn::Split" -> split(place, argument);
      case "Fn::FindInMap" -> findInMap(place, argument);
      case "Fn::If" -> choose(place, argument);
      case "Fn::Base64" -> base64(place, evaluate(argument));
      case "Fn::ToJsonString" -> {
        Node value = evaluate(argument);
        yield value.isUnknown() ? Node.unknown(place) : Node.text(place, Json.write(value.json()));
      }
      case "Fn::Length" -> {
        Node value = evaluate(argument);
        yield value instanceof Node.Items items
            ? new Node.Scalar(place, Node.Kind.NUMBER, String.valueOf(items.items().size()))
            : wrong(place, function, value);
      }
      case "Fn::Equals", "Fn::And", "Fn::Or", "Fn::Not" ->
          new Node.Scalar(
              place,
              Node.Kind.BOOLEAN,
              String.valueOf(condition(new Node.Fields(place, single(place, function, argument)))));
      default -> {
        problems.add(place, function + " is not supported");
        yield Node.unknown(place);
      }
    };
  }

  /** Whether a condition holds; its grammar is the five condition functions. */
  public boolean condition(Node node) {
    if (node instanceof Node.Scalar scalar && scalar.kind() == Node.Kind.BOOLEAN) {
      return Boolean.parseBoolean(scalar.text());
    }
    if (node instanceof Node.Fields fields && fields.fields().size() == 1) {
      String function = fields.fields().keySet().iterator().next();
      Node argument = argument(fields);
      if (function.equals("Condition") && argument instanceof Node.Scalar name) {
        return scope.condition(name.place(), name.text());
      }
      if (argument instanceof Node.Items items) {
        List<Node> operands = items.items();
        switch (function) {
          case "Fn::And" -> {
            return checked(items, 2, 10) && operands.stream().allMatch(this::condition);
          }
          case "Fn::Or" -> {
            return checked(items, 2, 10) && operands.stream().anyMatch(this::condition);
          }
          case "Fn::Not" -> {
            return checked(items, 1, 1) && !condition(operands.getFirst());
          }
          case "Fn::Equals" -> {
            return checked(items, 2, 2) && equal(operands.get(0), operands.get(1));
          }
          default -> {}
        }
      }
    }
    problems.add(
        node.place(), "not a condition: Fn::Equals, And, Or, Not or Condition is expected");
    return false;
  }

  private boolean equal(Node left, Node right) {
    Node one = evaluate(left);
    Node other = evaluate(right);
    return (one instanceof Node.Scalar a && other instanceof Node.Scalar b)
        ? a.text().equals(b.text())
        : one.json().equals(other.json());
  }

  private boolean checked(Node.Items items, int least, int most) {
    int size = items.items().size();
    if (size < least || size > most) {
      problems.add(items.place(), "wrong number of values: " + size);
      return false;
    }
    return true;
  }

  private Node getAttribute(Place place, Node argument) {
    if (argument instanceof Node.Scalar scalar && scalar.text().indexOf('.') > 0) {
      int dot = scalar.text().indexOf('.');
      return scope.attribute(
          place, scalar.text().substring(0, dot), scalar.text().substring(dot + 1));
    }
    if (argument instanceof Node.Items items
        && items.items().size() == 2
        && items.items().get(0) instanceof Node.Scalar resource
        && evaluate(items.items().get(1)) instanceof Node.Scalar attribute) {
      return scope.attribute(place, resource.text(), attribute.text());
    }
    return wrong(place, "Fn::GetAtt", argument);
  }

  private Node substitute(Place place, Node argument) {
    if (argument instanceof Node.Scalar scalar) {
      return new Substitution(scope, Map.of(), problems).apply(place, scalar.text());
    }
    if (argument instanceof Node.Items items
        && items.items().size() == 2
        && items.items().get(0) instanceof Node.Scalar scalar
        && evaluate(items.items().get(1)) instanceof Node.Fields values) {
      return new Substitution(scope, values.fields(), problems).apply(place, scalar.text());
    }
    return wrong(place, "Fn::Sub", argument);
  }

  private Node join(Place place, Node argument) {
    if (argument instanceof Node.Items items
        && items.items().size() == 2
        && items.items().get(0) instanceof Node.Scalar delimiter
        && evaluate(items.items().get(1)) instanceof Node.Items parts) {
      List<String> texts = new ArrayList<>();
      for (Node part : parts.items()) {
        if (part.isUnknown()) {
          return Node.unknown(place);
        }
        if (!(part instanceof Node.Scalar text)) {
          return wrong(place, "Fn::Join", part);
        }
        texts.add(text.text());
      }
      return Node.text(place, String.join(delimiter.text(), texts));
    }
    return wrong(place, "Fn::Join", argument);
  }

  private Node select(Place place, Node argument) {
    if (argument instanceof Node.Items items
        && items.items().size() == 2
        && evaluate(items.items().get(0)) instanceof Node.Scalar index
        && evaluate(items.items().get(1)) instanceof Node.Items list
        && index.text().matches("\\d{1,6}")) {
      int at = Integer.parseInt(index.text());
      if (at < list.items().size()) {
        return list.items().get(at);
      }
      problems.add(place, "Fn::Select: there is no value at index " + at);
      return Node.unknown(place);
    }
    return wrong(place, "Fn::Select", argument);
  }

  private Node split(Place place, Node argument) {
    if (argument instanceof Node.Items items
        && items.items().size() == 2
        && items.items().get(0) instanceof Node.Scalar delimiter
        && !delimiter.text().isEmpty()
        && evaluate(items.items().get(1)) instanceof Node.Scalar text) {
      if (text.isUnknown()) {
        return Node.unknown(place);
      }
      List<Node> parts =
          Arrays.stream(text.text().split(Pattern.quote(delimiter.text()), -1))
              .map(part -> (Node) Node.text(place, part))
              .toList();
      return new Node.Items(place, parts);
    }
    return wrong(place, "Fn::Split", argument);
  }

  private Node findInMap(Place place, Node argument) {
    if (argument instanceof Node.Items items
        && items.items().size() == 3
        && evaluate(items.items().get(0)) instanceof Node.Scalar map
        && evaluate(items.items().get(1)) instanceof Node.Scalar first
        && evaluate(items.items().get(2)) instanceof Node.Scalar second) {
      return scope.mapped(place, map.text(), first.text(), second.text());
    }
    return wrong(place, "Fn::FindInMap", argument);
  }

  private Node choose(Place place, Node argument) {
    if (argument instanceof Node.Items items
        && items.items().size() == 3
        && items.items().get(0) instanceof Node.Scalar name) {
      return evaluate(items.items().get(scope.condition(name.place(), name.text()) ? 1 : 2));
    }
    return wrong(place, "Fn::If", argument);
  }

  private Node base64(Place place, Node value) {
    if (value instanceof Node.Scalar scalar && !scalar.isUnknown()) {
      byte[] bytes = scalar.text().getBytes(StandardCharsets.UTF_8);
      return Node.text(place, Base64.getEncoder().encodeToString(bytes));
    }
    return wrong(place, "Fn::Base64", value);
  }

  private Node literal(
      Place place, String function, Node argument, java.util.function.Function<String, Node> then) {
    return argument instanceof Node.Scalar scalar
        ? then.apply(scalar.text())
        : wrong(place, function, argument);
  }

  /** What isn't known has been reported already; anything else is an argument of a wrong form. */
  private Node wrong(Place place, String function, Node argument) {
    if (!argument.isUnknown()) {
      problems.add(place, function + ": its argument does not have the form it takes");
    }
    return Node.unknown(place);
  }

  private static boolean isNoValue(Node node) {
    return node instanceof Node.Scalar scalar && scalar.kind() == Node.Kind.NO_VALUE;
  }

  private static Node argument(Node.Fields fields) {
    return fields.fields().values().iterator().next().value();
  }

  private static Map<String, Node.Field> single(Place place, String key, Node value) {
    return Map.of(key, new Node.Field(place, value));
  }
}
