package dev.tutti.core.asl;

import dev.tutti.core.asl.data.Amount;
import dev.tutti.core.asl.data.PayloadTemplate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a distributed Map's items come from.
 *
 * @param arguments of the S3 operation: Bucket with Key or Prefix
 * @param config what the object holds
 * @param maxItems null for all
 */
public record ItemReader(
    @Nullable PayloadTemplate arguments, Config config, @Nullable Amount maxItems) {

  /** What is read. */
  public enum Format {
    /** The bucket's objects themselves (s3:listObjectsV2). */
    LIST,
    JSON,
    JSONL,
    CSV,
    /** An inventory of S3, whose manifest names lists of objects; or a manifest of Athena's. */
    MANIFEST,
    /** Known, and refused when it is to be read. */
    PARQUET
  }

  /**
   * How it is read.
   *
   * @param headers of a CSV; null where the first row holds them
   * @param delimiter of a CSV
   * @param pointer to the array inside of a JSON document; null where it is the document
   * @param content for LIST, the format of the objects whose items are taken in place of the
   *     objects (LOAD_AND_FLATTEN); for MANIFEST, that of the objects which a manifest of Athena's
   *     names (ATHENA_DATA); null for none
   */
  public record Config(
      Format format,
      @Nullable List<String> headers,
      String delimiter,
      @Nullable String pointer,
      @Nullable Format content) {
    public Config {
      headers = headers == null ? null : List.copyOf(headers);
    }
  }
}
