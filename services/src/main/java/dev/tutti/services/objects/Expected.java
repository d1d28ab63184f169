package dev.tutti.services.objects;

/** What has to be under a key for an object to be stored there. */
public sealed interface Expected {
  /** Whatever is there. */
  Expected ANYTHING = new Anything();

  /** No object. */
  Expected NOTHING = new Nothing();

  /** See {@link #ANYTHING}. */
  record Anything() implements Expected {}

  /** See {@link #NOTHING}. */
  record Nothing() implements Expected {}

  /**
   * A certain object.
   *
   * @param etag in quotation marks or without
   */
  record Same(String etag) implements Expected {}
}
