package dev.tutti.services.objects;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.services.objects.S3Requests.Answer;
import dev.tutti.services.objects.S3Requests.Ask;
import dev.tutti.services.objects.S3Requests.Load;
import dev.tutti.wire.message.Percent;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Objects in another S3, over HTTP: buckets by path, contents read in ranges and written from a
 * file, so that memory is bounded whatever their size. A content is sent in one request (AWS takes
 * 5 GiB so). What S3 refuses is {@link ObjectStore.Refused}.
 */
public final class EndpointStore implements ObjectStore, AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(300);
  private static final int MOST_KEYS = 1_000;
  private static final String METADATA = "x-amz-meta-";
  private static final String NO_BUCKET = "NoSuchBucket";
  private static final int NOT_FOUND = 404;
  private static final int UNMET = 412;
  private static final int PARTIAL = 206;
  private static final int OUT_OF_RANGE = 416;

  private final S3Endpoint endpoint;
  private final Path drafts;
  private final S3Requests requests;

  /**
   * Objects at an endpoint, which isn't asked anything yet.
   *
   * @param drafts folder for contents on their way, which is emptied
   */
  public EndpointStore(S3Endpoint endpoint, Path drafts) throws IOException {
    this(endpoint, drafts, PAUSE);
  }

  EndpointStore(S3Endpoint endpoint, Path drafts, Duration pause) throws IOException {
    this.endpoint = endpoint;
    this.drafts = Files.createDirectories(drafts);
    this.requests = new S3Requests(endpoint, pause);
    try (Stream<Path> left = Files.list(drafts)) {
      for (Path draft : left.toList()) {
        Files.delete(draft);
      }
    }
  }

  private static String target(Bucket bucket) {
    return "/" + Percent.encode(bucket.name());
  }

  private static String target(Bucket bucket, String key) {
    return target(bucket) + "/" + Percent.encode(key).replace("%2F", "/");
  }

  private Answer send(String method, Bucket bucket, String target) throws IOException {
    return send(method, bucket, target, Map.of());
  }

  private Answer send(String method, Bucket bucket, String target, Map<String, String> headers)
      throws IOException {
    return requests.send(new Ask(method, bucket.account(), target, headers, Load.NONE));
  }

  /** What an answer that isn't good says. */
  private static IOException failure(Bucket bucket, Answer answer) throws IOException {
    Refused refused = answer.refused();
    return refused.code().equals(NO_BUCKET) ? new NoSuchBucket(bucket) : refused;
  }

  private static Answer good(Bucket bucket, Answer answer) throws IOException {
    if (!answer.isGood()) {
      throw failure(bucket, answer);
    }
    return answer;
  }

  @Override
  public List<Entry> buckets(String account) throws IOException {
    Bucket none = new Bucket(account, "");
    JsonNode listed = good(none, send("GET", none, "/")).output("ListBuckets");
    var entries = new ArrayList<Entry>();
    for (JsonNode each : listed.path("Buckets")) {
      entries.add(new Entry(each.path("Name").asText(), millis(each.path("CreationDate"))));
    }
    return entries;
  }

  private static long millis(JsonNode seconds) {
    return seconds.decimalValue().movePointRight(3).longValue();
  }

  @Override
  public boolean has(Bucket bucket) throws IOException {
    Answer answer = send("HEAD", bucket, target(bucket));
    if (answer.status() == NOT_FOUND) {
      return false;
    }
    return good(bucket, answer).isGood();
  }

  @Override
  public boolean create(Bucket bucket) throws IOException {
    byte[] where =
        """
        <CreateBucketConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">\
        <LocationConstraint>%s</LocationConstraint></CreateBucketConfiguration>\
        """
            .formatted(endpoint.region())
            .getBytes(StandardCharsets.UTF_8);
    Load load =
        endpoint.region().equals("us-east-1")
            ? Load.NONE
            : new Load(
                BodyPublishers.ofByteArray(where),
                HexFormat.of().formatHex(sha256().digest(where)));
    Answer answer = requests.send(new Ask("PUT", bucket.account(), target(bucket), Map.of(), load));
    if (answer.isGood()) {
      return true;
    }
    Refused refused = answer.refused();
    if (refused.code().equals("BucketAlreadyOwnedByYou")) {
      return false;
    }
    throw refused;
  }

  @Override
  public boolean remove(Bucket bucket) throws IOException {
    Answer answer = send("DELETE", bucket, target(bucket));
    if (answer.isGood()) {
      return true;
    }
    IOException failure = failure(bucket, answer);
    if (failure instanceof Refused refused && refused.code().equals("BucketNotEmpty")) {
      return false;
    }
    throw failure;
  }

  @Override
  public Optional<StoredObject> find(Bucket bucket, String key) throws IOException {
    Answer answer = send("HEAD", bucket, target(bucket, key));
    if (answer.status() == NOT_FOUND) {
      // An answer to HEAD has no body that would tell what isn't there.
      if (!has(bucket)) {
        throw new NoSuchBucket(bucket);
      }
      return Optional.empty();
    }
    return Optional.of(described(key, good(bucket, answer)));
  }

  private static StoredObject described(String key, Answer answer) {
    Map<String, String> metadata = new HashMap<>();
    answer
        .headers()
        .map()
        .forEach((name, values) -> {
          if (name.regionMatches(true, 0, METADATA, 0, METADATA.length())) {
            metadata.put(name.substring(METADATA.length()), String.join(",", values));
          }
        });
    String type = answer.header("content-type");
    String encoding = answer.header("content-encoding");
    return new StoredObject(
        key,
        answer.headers().firstValueAsLong("content-length").orElse(0),
        modified(answer.header("last-modified")),
        answer.header("etag"),
        new StoredObject.Kind(
            type.isEmpty() ? StoredObject.Kind.PLAIN.type() : type,
            encoding.isEmpty() ? null : encoding,
            Header.told(header -> answer.header(header.wireName())),
            metadata));
  }

  private static long modified(String header) {
    try {
      return ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME)
          .toInstant()
          .toEpochMilli();
    } catch (DateTimeException _) {
      return 0;
    }
  }

  @Override
  public InputStream open(Bucket bucket, String key, long from) throws IOException {
    return new RangeStream((at, length) -> piece(bucket, key, at, length), from);
  }

  private RangeStream.Piece piece(Bucket bucket, String key, long from, int length)
      throws IOException {
    Answer answer =
        send(
            "GET",
            bucket,
            target(bucket, key),
            Map.of("range", "bytes=%d-%d".formatted(from, from + length - 1)));
    if (answer.status() == OUT_OF_RANGE) {
      return new RangeStream.Piece(new byte[0], true, "");
    }
    if (answer.status() == NOT_FOUND && !answer.refused().code().equals(NO_BUCKET)) {
      throw new NoSuchFileException(key);
    }
    byte[] bytes = good(bucket, answer).body();
    boolean whole = answer.status() != PARTIAL;
    if (whole && from > 0) {
      throw new Refused("NotImplemented", "Ranges of objects are not answered there", 501);
    }
    return new RangeStream.Piece(bytes, whole || bytes.length < length, answer.header("etag"));
  }

  @Override
  public StoredObject put(Bucket bucket, String key, StoredObject.Kind kind, Content content)
      throws IOException {
    return put(bucket, key, kind, Expected.ANYTHING, content);
  }

  /**
   * As at every store; S3 decides it. Where its answer is lost and it is asked again, it may find
   * what it has just stored itself, as it does when AWS's clients repeat a request.
   */
  @Override
  public StoredObject put(
      Bucket bucket, String key, StoredObject.Kind kind, Expected expected, Content content)
      throws IOException {
    Path draft = Files.createTempFile(drafts, "object", ".draft");
    try {
      String digest = write(draft, content);
      Map<String, String> headers = headers(kind);
      switch (expected) {
        case Expected.Anything _ -> {}
        case Expected.Nothing _ -> headers.put("if-none-match", "*");
        case Expected.Same same -> headers.put("if-match", StoredObject.quoted(same.etag()));
      }
      Answer answer =
          requests.send(
              new Ask(
                  "PUT",
                  bucket.account(),
                  target(bucket, key),
                  headers,
                  new Load(BodyPublishers.ofFile(draft), digest)));
      if (!(expected instanceof Expected.Anything)) {
        require(key, answer);
      }
      return new StoredObject(
          key,
          Files.size(draft),
          Files.getLastModifiedTime(draft).toMillis(),
          good(bucket, answer).header("etag"),
          kind);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static Map<String, String> headers(StoredObject.Kind kind) {
    Map<String, String> headers = new TreeMap<>();
    headers.put("content-type", kind.type());
    @Nullable String encoding = kind.encoding();
    if (encoding != null) {
      headers.put("content-encoding", encoding);
    }
    kind.headers().forEach((header, text) -> headers.put(header.wireName(), text));
    kind.metadata().forEach((name, value) -> headers.put(METADATA + name, value));
    return headers;
  }

  private static void require(String key, Answer answer) throws IOException {
    if (answer.status() == UNMET) {
      throw new Unexpected(key, false);
    }
    if (answer.status() == NOT_FOUND && answer.refused().code().equals("NoSuchKey")) {
      throw new Unexpected(key, true);
    }
  }

  private static String write(Path draft, Content content) throws IOException {
    MessageDigest digest = sha256();
    try (OutputStream out =
        new BufferedOutputStream(
            new DigestOutputStream(Files.newOutputStream(draft), digest), 1 << 16)) {
      content.writeTo(out);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public void delete(Bucket bucket, String key) throws IOException {
    Answer answer = send("DELETE", bucket, target(bucket, key));
    if (!answer.isGood()) {
      IOException failure = failure(bucket, answer);
      if (!(failure instanceof Refused refused && refused.code().equals("NoSuchKey"))) {
        throw failure;
      }
    }
  }

  @Override
  public List<StoredObject> list(Bucket bucket, String prefix, String after, int most)
      throws IOException {
    var found = new ArrayList<StoredObject>();
    String token = "";
    do {
      Map<String, String> query = new TreeMap<>();
      query.put("list-type", "2");
      query.put("encoding-type", "url");
      query.put("max-keys", Integer.toString(Math.min(MOST_KEYS, most - found.size())));
      query.put("prefix", prefix);
      query.put(
          token.isEmpty() ? "start-after" : "continuation-token", token.isEmpty() ? after : token);
      query.values().removeIf(String::isEmpty);
      JsonNode page =
          good(bucket, send("GET", bucket, target(bucket) + "?" + written(query)))
              .output("ListObjectsV2");
      boolean encoded = page.path("EncodingType").asText().equals("url");
      page.path("Contents").forEach(each -> found.add(listed(each, encoded)));
      token =
          page.path("IsTruncated").asBoolean() ? page.path("NextContinuationToken").asText() : "";
    } while (!token.isEmpty() && found.size() < most);
    return found;
  }

  private static String written(Map<String, String> query) {
    return query.entrySet().stream()
        .map(each -> Percent.encode(each.getKey()) + "=" + Percent.encode(each.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static StoredObject listed(JsonNode object, boolean encoded) {
    String key = object.path("Key").asText();
    return new StoredObject(
        encoded ? Percent.decodeForm(key) : key,
        object.path("Size").asLong(),
        millis(object.path("LastModified")),
        object.path("ETag").asText(),
        StoredObject.Kind.PLAIN);
  }

  @Override
  public void close() {
    requests.close();
  }
}
