package dev.tutti.deploy.template;

/**
 * What names mean where a value is evaluated. Each method answers an evaluated value, or reports a
 * problem at the place and answers {@link Node#unknown}.
 */
public interface Scope {
  /** {@code Ref}: a parameter, a pseudo parameter or a resource. */
  Node reference(Place place, String name);

  /** {@code Fn::GetAtt} of a resource. */
  Node attribute(Place place, String resource, String attribute);

  /** {@code Fn::FindInMap}. */
  Node mapped(Place place, String map, String first, String second);

  /** A condition's name. */
  boolean condition(Place place, String name);
}
