package dev.tutti.core.asl;

import dev.tutti.core.asl.data.PayloadTemplate;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the results of a distributed Map.
 *
 * @param exports whether they are written to a bucket, so that the state's result says where
 * @param arguments Bucket and Prefix, where it exports
 * @param transformation what of a child's end is a result
 * @param lines whether files hold a line for each result rather than an array
 */
public record ResultWriter(
    boolean exports,
    @Nullable PayloadTemplate arguments,
    Transformation transformation,
    boolean lines) {

  /** What of a child's end is a result. */
  public enum Transformation {
    /** All that there is to say of it. */
    NONE,
    /** Its output. */
    COMPACT,
    /** Its output; where that is an array, its elements. */
    FLATTEN
  }
}
