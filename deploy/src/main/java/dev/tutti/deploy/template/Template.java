package dev.tutti.deploy.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A template's sections as written, nothing evaluated yet. Reading it reports every section,
 * resource attribute and function that has no meaning here.
 *
 * @param file how the file is called in problems
 * @param parameters declarations by name
 * @param mappings map, first key, second key
 * @param conditions by name
 * @param resources by logical id, in the file's order; SAM's Globals are merged in
 * @param outputs by name
 */
public record Template(
    String file,
    Map<String, Node.Field> parameters,
    Map<String, Node.Field> mappings,
    Map<String, Node.Field> conditions,
    Map<String, Declared> resources,
    Map<String, Node.Field> outputs) {

  /**
   * A resource as written.
   *
   * @param place where its logical id stands
   * @param properties with the Globals of its type, not evaluated
   * @param dependsOn logical ids, each where it stands
   * @param condition name of the condition under which it exists
   * @param kept {@code DeletionPolicy: Retain}: removing it from the template leaves it in place
   * @param keptOnReplace {@code UpdateReplacePolicy: Retain}
   */
  public record Declared(
      String logicalId,
      Place place,
      String type,
      Node.Fields properties,
      List<Node.Scalar> dependsOn,
      Node.@Nullable Scalar condition,
      boolean kept,
      boolean keptOnReplace) {}

  private static final Set<String> TRANSFORMS =
      Set.of("AWS::Serverless-2016-10-31", "AWS::LanguageExtensions");

  /** Reads a template's top level. */
  public static Template read(String file, Node root, Problems problems) {
    Shape top = Shape.of("the template", root, problems);
    top.noEffect("AWSTemplateFormatVersion", "Description", "Metadata");
    transforms(top, problems);
    Globals globals = Globals.read(top, problems);
    Map<String, Declared> resources = new LinkedHashMap<>();
    section(top, "Resources")
        .forEach((id, field) -> {
          if (!id.matches("[A-Za-z0-9]{1,255}")) {
            problems.add(field.place(), "a logical id is made of letters and digits: " + id);
          }
          resources.put(id, declared(id, field, globals, problems));
        });
    if (resources.isEmpty() && !top.names().contains("Resources")) {
      problems.add(top.place(), "the template has no Resources");
    }
    Template template =
        new Template(
            file,
            section(top, "Parameters"),
            section(top, "Mappings"),
            section(top, "Conditions"),
            resources,
            section(top, "Outputs"));
    top.done();
    Functions.check(root, problems);
    return template;
  }

  private static Map<String, Node.Field> section(Shape top, String name) {
    return top.node(name) != null && top.node(name) instanceof Node.Fields fields
        ? fields.fields()
        : Map.of();
  }

  private static void transforms(Shape top, Problems problems) {
    Node value = top.node("Transform");
    List<Node> transforms =
        switch (value) {
          case null -> List.of();
          case Node.Items items -> items.items();
          case Node other -> List.of(other);
        };
    for (Node transform : transforms) {
      if (!(transform instanceof Node.Scalar scalar) || !TRANSFORMS.contains(scalar.text())) {
        String name = transform instanceof Node.Scalar scalar ? scalar.text() : "of this form";
        problems.add(transform.place(), "the transform " + name + " is not supported");
      }
    }
  }

  private static Declared declared(
      String id, Node.Field field, Globals globals, Problems problems) {
    Shape shape = Shape.of(id, field.value(), problems);
    String type = shape.required("Type");
    metadata(shape, problems);
    Node given = shape.node("Properties");
    Node.Fields properties =
        given instanceof Node.Fields fields ? fields : new Node.Fields(field.place(), Map.of());
    if (given != null && (!(given instanceof Node.Fields) || Functions.isCall(given))) {
      problems.add(given.place(), id + ".Properties must be a mapping");
    }
    List<Node.Scalar> dependsOn = new ArrayList<>();
    switch (shape.node("DependsOn")) {
      case null -> {}
      case Node.Scalar one -> dependsOn.add(one);
      case Node _ ->
          shape.list("DependsOn").stream()
              .filter(Node.Scalar.class::isInstance)
              .map(Node.Scalar.class::cast)
              .forEach(dependsOn::add);
    }
    Node.Scalar condition = shape.node("Condition") instanceof Node.Scalar name ? name : null;
    boolean kept = policy(shape, "DeletionPolicy");
    boolean keptOnReplace = policy(shape, "UpdateReplacePolicy");
    shape.done();
    return new Declared(
        id,
        field.place(),
        type,
        globals.merged(type, properties),
        dependsOn,
        condition,
        kept,
        keptOnReplace);
  }

  /** Metadata says nothing about what exists, but for SAM's wish that code be built first. */
  private static void metadata(Shape shape, Problems problems) {
    if (shape.node("Metadata") instanceof Node.Fields metadata) {
      Node.Field method = metadata.fields().get("BuildMethod");
      if (method != null) {
        problems.add(
            method.place(),
            "Metadata.BuildMethod is not supported: build the code first and let CodeUri name the"
                + " result");
      }
    }
  }

  private static boolean policy(Shape shape, String name) {
    String policy = shape.text(name);
    if (policy != null && !Set.of("Delete", "Retain").contains(policy)) {
      shape.problem(name, policy + " is not supported, only Delete and Retain are");
    }
    return "Retain".equals(policy);
  }
}
