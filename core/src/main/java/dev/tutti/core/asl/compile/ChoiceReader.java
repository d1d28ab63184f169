package dev.tutti.core.asl.compile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.asl.ChoiceState.Rule;
import dev.tutti.core.asl.choice.Comparison;
import dev.tutti.core.asl.choice.Comparison.Kind;
import dev.tutti.core.asl.choice.Comparison.Operand;
import dev.tutti.core.asl.choice.Comparison.Relation;
import dev.tutti.core.asl.choice.Condition;
import dev.tutti.core.asl.choice.StringMatch;
import dev.tutti.core.asl.choice.TypeTest;
import dev.tutti.core.asl.data.DataFlow;
import dev.tutti.core.asl.data.Jsonata;
import dev.tutti.core.asl.data.Path;
import dev.tutti.core.asl.data.Timestamps;
import dev.tutti.core.pattern.Glob;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the rules of Choice states. A rule's Next stands at its top level only. */
final class ChoiceReader {
  private static final List<String> KINDS_OF_RULE =
      List.of("And", "Or", "Not", "Variable", "Condition");
  private static final String MATCHES = "StringMatches";
  private static final Set<String> OPERATORS = operators();

  /** Holds for nothing; stands in for a rule that was reported. */
  private static final Condition NEVER = new Condition.Or(List.of());

  private ChoiceReader() {}

  private static Set<String> operators() {
    var operators = new LinkedHashSet<String>();
    for (Kind kind : Kind.values()) {
      for (Relation relation : Relation.values()) {
        if (kind != Kind.BOOLEAN || relation == Relation.EQUALS) {
          operators.add(kind.written() + relation.written());
          operators.add(kind.written() + relation.written() + "Path");
        }
      }
    }
    operators.add(MATCHES);
    Stream.of(TypeTest.Type.values()).map(TypeTest.Type::written).forEach(operators::add);
    return operators;
  }

  static List<Rule> rules(Fields state, DataFlow data) {
    state.require("Choices");
    var rules = new ArrayList<Rule>();
    for (Fields fields : state.objects("Choices", state.someElements("Choices"))) {
      fields.require("Next");
      String next = fields.text("Next");
      Condition condition = condition(fields, Set.of("Next", "Comment", "Assign", "Output"));
      Languages.checkFields(fields);
      rules.add(
          new Rule(
              fields.text("Comment"),
              condition,
              DataFields.chosen(fields, data),
              next == null ? "" : next));
    }
    return rules;
  }

  private static Condition condition(Fields fields, Set<String> besides) {
    List<String> kinds = KINDS_OF_RULE.stream().filter(fields::has).toList();
    if (kinds.size() != 1) {
      fields
          .findings()
          .schema(
              "The object must have only one of the following fields, " + KINDS_OF_RULE,
              fields.location());
      return NEVER;
    }
    String kind = kinds.getFirst();
    var known = new LinkedHashSet<>(besides);
    known.add("Comment");
    known.add(kind);
    if (kind.equals("Variable")) {
      known.addAll(OPERATORS);
    }
    fields.allowOnly(known);
    return switch (kind) {
      case "And" -> new Condition.And(conditions(fields, kind));
      case "Or" -> new Condition.Or(conditions(fields, kind));
      case "Not" -> negation(fields);
      case "Variable" -> test(fields);
      default -> queried(fields);
    };
  }

  private static Condition queried(Fields fields) {
    JsonNode written = fields.raw("Condition");
    if (!fields.jsonata() || written == null) {
      return NEVER;
    }
    if (written.isBoolean()) {
      return new Condition.Constant(written.booleanValue());
    }
    Jsonata expression = DataFields.query(fields, "Condition");
    return expression == null
        ? NEVER
        : new Condition.Queried(fields.inState("Condition"), expression);
  }

  private static List<Condition> conditions(Fields fields, String field) {
    var conditions = new ArrayList<Condition>();
    for (Fields inner : fields.objects(field, fields.someElements(field))) {
      conditions.add(condition(inner, Set.of()));
    }
    return conditions;
  }

  private static Condition negation(Fields fields) {
    Fields inner = fields.object("Not");
    return inner == null ? NEVER : new Condition.Not(condition(inner, Set.of()));
  }

  private static Condition test(Fields fields) {
    Path variable = DataFields.single(fields, "Variable");
    List<String> operators = OPERATORS.stream().filter(fields::has).toList();
    if (operators.size() > 1) {
      fields
          .findings()
          .schema(
              "There should only be one of the following fields: " + operators, fields.location());
      return NEVER;
    }
    if (operators.isEmpty()) {
      fields
          .findings()
          .schema(
              "This object should have only one of the following fields: " + OPERATORS,
              fields.location());
      return NEVER;
    }
    Condition test = variable == null ? null : test(fields, variable, operators.getFirst());
    return test == null ? NEVER : test;
  }

  private static @Nullable Condition test(Fields fields, Path variable, String operator) {
    if (operator.equals(MATCHES)) {
      String pattern = fields.text(operator);
      return pattern == null ? null : new StringMatch(variable, Glob.compile(pattern));
    }
    for (TypeTest.Type type : TypeTest.Type.values()) {
      if (type.written().equals(operator)) {
        return new TypeTest(variable, type, fields.flag(operator));
      }
    }
    for (Kind kind : Kind.values()) {
      for (Relation relation : Relation.values()) {
        String written = kind.written() + relation.written();
        if (operator.equals(written)) {
          Operand literal = literal(fields, operator, kind);
          return literal == null ? null : new Comparison(variable, kind, relation, literal);
        }
        if (operator.equals(written + "Path")) {
          Path path = DataFields.single(fields, operator);
          return path == null
              ? null
              : new Comparison(variable, kind, relation, new Operand.AtPath(path));
        }
      }
    }
    throw new IllegalStateException("operator " + operator + " has no meaning");
  }

  private static @Nullable Operand literal(Fields fields, String operator, Kind kind) {
    JsonNode value = fields.raw(operator);
    if (value == null) {
      return null;
    }
    boolean fits =
        switch (kind) {
          case STRING, TIMESTAMP -> value.isTextual();
          case NUMERIC -> value.isNumber();
          case BOOLEAN -> value.isBoolean();
        };
    if (!fits) {
      String type =
          switch (kind) {
            case STRING, TIMESTAMP -> "String";
            case NUMERIC -> "Number";
            case BOOLEAN -> "Boolean";
          };
      fields.findings().schema("Expected value of type " + type, fields.at(operator));
      return null;
    }
    if (kind == Kind.TIMESTAMP && Timestamps.parse(value.textValue()) == null) {
      fields.findings().schema("String does not match RFC3339 timestamp", fields.at(operator));
      return null;
    }
    return new Operand.Literal(value);
  }
}
