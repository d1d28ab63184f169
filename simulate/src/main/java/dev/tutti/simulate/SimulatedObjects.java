package dev.tutti.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.tutti.core.asl.ItemReader;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Ids;
import dev.tutti.services.objects.Bucket;
import dev.tutti.services.objects.ObjectStore;
import dev.tutti.services.objects.StoredObject;
import dev.tutti.simulate.judge.Stock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Buckets outside, which outlive processes: in one are objects for Map states to read, in the other
 * there is room for results. Now and then they refuse.
 */
final class SimulatedObjects implements ObjectStore, Stock {
  /** The bucket with objects to read; each context has one. */
  static final String FULL = "full";

  /** The bucket for results. */
  static final String EMPTY = "results";

  /** A document that is an array. */
  static final String DOCUMENT = "few.json";

  /** A document with an array at {@link #POINTER}. */
  static final String DEEP = "deep.json";

  static final String POINTER = "/all/items";
  static final String LINES = "few.jsonl";

  /** Far more lines than are read at once. */
  static final String MANY = "many.jsonl";

  static final String ROWS = "few.csv";

  /** What the keys of two documents begin with, and no others'. */
  static final String PARTS = "parts/";

  private static final int MANY_LINES = 1203;
  private static final List<String> BUCKETS = List.of(FULL, EMPTY);
  private static final Map<String, Held> HELD = held();

  private final World world;
  private final Scenario.Moods moods;
  private final Map<String, byte[]> written = new TreeMap<>();
  private boolean calm;
  private boolean refused;

  /** An object, and the items that it stands for. */
  private record Held(byte[] content, List<JsonNode> items) {}

  SimulatedObjects(World world, Scenario.Moods moods) {
    this.world = world;
    this.moods = moods;
  }

  private static Map<String, Held> held() {
    Map<String, Held> held = new TreeMap<>();
    held.put(DOCUMENT, new Held(Json.bytes(array(3)), list(array(3))));
    var deep = Json.object();
    deep.putObject("all").put("before", 1).set("items", array(4));
    held.put(DEEP, new Held(Json.bytes(deep), list(array(4))));
    held.put(LINES, lines(4));
    held.put(MANY, lines(MANY_LINES));
    held.put(
        ROWS,
        new Held(
            "n,w\n1,2\n\"2\",\"a \"\"b\"\"\"\n3,\n".getBytes(StandardCharsets.UTF_8),
            list(
                Json.parse(
                    "[{\"n\":\"1\",\"w\":\"2\"},{\"n\":\"2\",\"w\":\"a \\\"b\\\"\"},"
                        + "{\"n\":\"3\",\"w\":\"\"}]"))));
    held.put(PARTS + "a", new Held(Json.bytes(array(2)), list(array(2))));
    held.put(PARTS + "b", new Held(Json.bytes(array(1)), list(array(1))));
    return held;
  }

  private static ArrayNode array(int length) {
    ArrayNode array = Json.array();
    for (int i = 0; i < length; i++) {
      array.addObject().put("n", i).put("w", length).putArray("items").add(i);
    }
    return array;
  }

  private static List<JsonNode> list(JsonNode array) {
    List<JsonNode> items = new ArrayList<>();
    array.forEach(items::add);
    return items;
  }

  private static Held lines(int count) {
    StringBuilder text = new StringBuilder();
    List<JsonNode> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      JsonNode item = Json.object().put("n", i);
      items.add(item);
      text.append(Json.write(item)).append('\n');
    }
    return new Held(text.toString().getBytes(StandardCharsets.UTF_8), items);
  }

  /** From now on nothing is refused. */
  void calm() {
    calm = true;
  }

  @Override
  public boolean hasRefused() {
    return refused;
  }

  @Override
  public @Nullable List<JsonNode> items(
      String account, JsonNode arguments, ItemReader.Config config) {
    if (!arguments.path("Bucket").asText().equals(FULL)) {
      return null;
    }
    if (config.format() != ItemReader.Format.LIST) {
      Held found = HELD.get(arguments.path("Key").asText());
      return found == null ? null : found.items();
    }
    List<JsonNode> items = new ArrayList<>();
    HELD.forEach((key, held) -> {
      if (!key.startsWith(arguments.path("Prefix").asText())) {
        return;
      }
      if (config.content() != null) {
        items.addAll(held.items());
      } else {
        items.add(
            Json.object()
                .put("Etag", etag(held.content()))
                .put("Key", key)
                .put("LastModified", (int) (World.START_MILLIS / 1000))
                .put("Size", held.content().length)
                .put("StorageClass", "STANDARD"));
      }
    });
    return items;
  }

  @Override
  public byte @Nullable [] object(String account, String bucket, String key) {
    if (bucket.equals(FULL)) {
      Held held = HELD.get(key);
      return held == null ? null : held.content();
    }
    return written.get(place(new Bucket(account, bucket), key));
  }

  private static String place(Bucket bucket, String key) {
    return bucket.account() + '/' + bucket.name() + '/' + key;
  }

  private static String etag(byte[] content) {
    return '"' + Ids.hex(Arrays.hashCode(content) + "/" + content.length, 32) + '"';
  }

  private static StoredObject stored(String key, byte[] content) {
    return new StoredObject(
        key, content.length, World.START_MILLIS, etag(content), StoredObject.Kind.PLAIN);
  }

  /** Whoever keeps the objects may be overburdened. */
  private void mayRefuse(Bucket bucket) throws IOException {
    if (!BUCKETS.contains(bucket.name())) {
      throw new NoSuchBucket(bucket);
    }
    if (!calm && world.chance(moods.errors() / 4)) {
      refused = true;
      throw new Refused("SlowDown", "Please reduce your request rate.", 503);
    }
  }

  @Override
  public List<Entry> buckets(String account) {
    return BUCKETS.stream().map(name -> new Entry(name, World.START_MILLIS)).toList();
  }

  @Override
  public boolean has(Bucket bucket) {
    return BUCKETS.contains(bucket.name());
  }

  @Override
  public boolean create(Bucket bucket) throws IOException {
    throw new UnfitKey("No buckets are made here.");
  }

  @Override
  public boolean remove(Bucket bucket) throws IOException {
    throw new UnfitKey("No buckets are removed here.");
  }

  @Override
  public Optional<StoredObject> find(Bucket bucket, String key) throws IOException {
    mayRefuse(bucket);
    byte[] content = object(bucket.account(), bucket.name(), key);
    return Optional.ofNullable(content).map(found -> stored(key, found));
  }

  @Override
  public InputStream open(Bucket bucket, String key, long from) throws IOException {
    mayRefuse(bucket);
    byte[] content = object(bucket.account(), bucket.name(), key);
    if (content == null) {
      throw new NoSuchFileException(key);
    }
    int offset = Math.toIntExact(from);
    return new ByteArrayInputStream(content, offset, content.length - offset);
  }

  @Override
  public StoredObject put(Bucket bucket, String key, StoredObject.Kind kind, Content content)
      throws IOException {
    mayRefuse(bucket);
    var bytes = new ByteArrayOutputStream();
    content.writeTo(bytes);
    written.put(place(bucket, key), bytes.toByteArray());
    return stored(key, bytes.toByteArray());
  }

  @Override
  public void delete(Bucket bucket, String key) throws IOException {
    mayRefuse(bucket);
    written.remove(place(bucket, key));
  }

  @Override
  public List<StoredObject> list(Bucket bucket, String prefix, String after, int most)
      throws IOException {
    mayRefuse(bucket);
    List<StoredObject> found = new ArrayList<>();
    HELD.forEach((key, held) -> {
      if (key.startsWith(prefix) && key.compareTo(after) > 0 && found.size() < most) {
        found.add(stored(key, held.content()));
      }
    });
    return found;
  }
}
