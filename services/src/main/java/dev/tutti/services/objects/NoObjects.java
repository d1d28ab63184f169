package dev.tutti.services.objects;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** A store that has no buckets and makes none: for runtimes that keep no files. */
public final class NoObjects implements ObjectStore {
  @Override
  public List<Entry> buckets(String account) {
    return List.of();
  }

  @Override
  public boolean has(Bucket bucket) {
    return false;
  }

  @Override
  public boolean create(Bucket bucket) throws IOException {
    throw new UnfitKey("There are no buckets here.");
  }

  @Override
  public boolean remove(Bucket bucket) throws IOException {
    throw new NoSuchBucket(bucket);
  }

  @Override
  public Optional<StoredObject> find(Bucket bucket, String key) throws IOException {
    throw new NoSuchBucket(bucket);
  }

  @Override
  public InputStream open(Bucket bucket, String key, long from) throws IOException {
    throw new NoSuchBucket(bucket);
  }

  @Override
  public StoredObject put(Bucket bucket, String key, StoredObject.Kind kind, Content content)
      throws IOException {
    throw new NoSuchBucket(bucket);
  }

  @Override
  public StoredObject put(
      Bucket bucket, String key, StoredObject.Kind kind, Expected expected, Content content)
      throws IOException {
    throw new NoSuchBucket(bucket);
  }

  @Override
  public void delete(Bucket bucket, String key) throws IOException {
    throw new NoSuchBucket(bucket);
  }

  @Override
  public List<StoredObject> list(Bucket bucket, String prefix, String after, int most)
      throws IOException {
    throw new NoSuchBucket(bucket);
  }
}
