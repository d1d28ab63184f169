package dev.tutti.wire.model;

/**
 * The smallest and the largest length or value allowed, both inclusive; infinite where the model
 * gives none.
 */
public record Limits(double min, double max) {
  static final Limits NONE = new Limits(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  boolean hasMin() {
    return min != Double.NEGATIVE_INFINITY;
  }

  boolean hasMax() {
    return max != Double.POSITIVE_INFINITY;
  }
}
