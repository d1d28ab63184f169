package dev.tutti.services.objects;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * Keeps objects by bucket and key. What a method that changes something returns from is durable.
 * Any number of threads at once.
 *
 * <p>Where a bucket isn't there, methods that take one throw {@link NoSuchBucket}.
 */
public interface ObjectStore {

  /** Names of an account's buckets with the time of their creation, sorted. */
  List<Entry> buckets(String account) throws IOException;

  /** A bucket in a list; the time in epoch milliseconds. */
  record Entry(String name, long createdMillis) {}

  boolean has(Bucket bucket) throws IOException;

  /** Makes a bucket; false where it is there already. */
  boolean create(Bucket bucket) throws IOException;

  /** Removes a bucket; false where it isn't empty. */
  boolean remove(Bucket bucket) throws IOException;

  /** An object; empty where there is none. */
  Optional<StoredObject> find(Bucket bucket, String key) throws IOException;

  /**
   * An object's content from an offset on. It goes on to be what it was, whatever is stored under
   * the key meanwhile.
   *
   * @throws java.nio.file.NoSuchFileException where there is no such object
   */
  InputStream open(Bucket bucket, String key, long from) throws IOException;

  /** Stores an object, whole or not at all. */
  StoredObject put(Bucket bucket, String key, StoredObject.Kind kind, Content content)
      throws IOException;

  /**
   * As the other, where what is there before is what is expected, and nothing comes between.
   *
   * @throws Unexpected where it is something else
   */
  default StoredObject put(
      Bucket bucket, String key, StoredObject.Kind kind, Expected expected, Content content)
      throws IOException {
    if (expected instanceof Expected.Anything) {
      return put(bucket, key, kind, content);
    }
    throw new Refused("NotImplemented", "Nothing is stored on conditions here", 501);
  }

  /** What is to be stored. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Removes an object, if there is one. */
  void delete(Bucket bucket, String key) throws IOException;

  /**
   * Objects in the order of their keys' UTF-8 bytes.
   *
   * @param prefix what their keys begin with
   * @param after only keys beyond this one
   */
  List<StoredObject> list(Bucket bucket, String prefix, String after, int most) throws IOException;

  /** There is no such bucket. */
  final class NoSuchBucket extends IOException {
    private static final long serialVersionUID = 1L;

    public NoSuchBucket(Bucket bucket) {
      super("there is no bucket " + bucket.name());
    }
  }

  /** What is under a key isn't what was expected there. */
  final class Unexpected extends IOException {
    private static final long serialVersionUID = 1L;
    private final boolean missing;

    /**
     * Tells what was found.
     *
     * @param missing whether it is nothing, where an object was expected
     */
    public Unexpected(String key, boolean missing) {
      super(
          missing
              ? "there is no object " + key
              : "under the key " + key + " isn't what was expected");
      this.missing = missing;
    }

    /** Whether there is nothing, where an object was expected. */
    public boolean isMissing() {
      return missing;
    }
  }

  /** A key that can't be kept. */
  final class UnfitKey extends IOException {
    private static final long serialVersionUID = 1L;

    public UnfitKey(String why) {
      super(why);
    }
  }

  /** Whoever keeps the objects refuses, or can't be reached. */
  final class Refused extends IOException {
    private static final long serialVersionUID = 1L;
    private final String code;
    private final String text;
    private final int status;

    /**
     * An error of S3's.
     *
     * @param status of HTTP
     */
    public Refused(String code, String text, int status) {
      super("%s (Error Code: %s, Status Code: %d)".formatted(text, code, status));
      this.code = code;
      this.text = text;
      this.status = status;
    }

    /** The error's name, for example {@code AccessDenied}. */
    public String code() {
      return code;
    }

    /** What it says, without its code. */
    public String text() {
      return text;
    }

    public int status() {
      return status;
    }
  }
}
