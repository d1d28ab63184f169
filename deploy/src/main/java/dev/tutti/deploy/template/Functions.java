package dev.tutti.deploy.template;

import java.util.Optional;
import java.util.Set;

/** The names of CloudFormation's intrinsic functions: which there are, and which work here. */
public final class Functions {
  private static final Set<String> SUPPORTED =
      Set.of(
          "Ref",
          "Fn::GetAtt",
          "Fn::Sub",
          "Fn::Join",
          "Fn::Select",
          "Fn::Split",
          "Fn::FindInMap",
          "Fn::If",
          "Fn::Equals",
          "Fn::And",
          "Fn::Or",
          "Fn::Not",
          "Fn::Base64",
          "Fn::ToJsonString",
          "Fn::Length");

  private Functions() {}

  /** The function that a mapping is a call of, supported or not; empty where it is plain data. */
  static Optional<String> in(Node.Fields fields) {
    if (fields.fields().size() != 1) {
      return Optional.empty();
    }
    String name = fields.fields().keySet().iterator().next();
    return name.equals("Ref") || name.startsWith("Fn::") ? Optional.of(name) : Optional.empty();
  }

  /** Whether a value is a call of a function, so that two of them can't be merged. */
  public static boolean isCall(Node node) {
    return node instanceof Node.Fields fields && in(fields).isPresent();
  }

  /** Reports every function that isn't supported, also where it would never be evaluated. */
  public static void check(Node node, Problems problems) {
    switch (node) {
      case Node.Scalar _ -> {}
      case Node.Items items -> items.items().forEach(item -> check(item, problems));
      case Node.Fields fields ->
          fields
              .fields()
              .forEach((name, field) -> {
                if (name.startsWith("Fn::") && !SUPPORTED.contains(name)) {
                  problems.add(field.place(), name + " is not supported");
                }
                check(field.value(), problems);
              });
    }
  }
}
