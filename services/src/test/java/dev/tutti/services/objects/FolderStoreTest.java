package dev.tutti.services.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FolderStoreTest {
  private static final Bucket BUCKET = new Bucket("111111111111", "a-bucket");

  @SuppressWarnings("NullAway.Init") // set by JUnit
  @TempDir
  private Path folder;

  @SuppressWarnings("NullAway.Init") // set before each test
  private FolderStore store;

  @BeforeEach
  void open() throws IOException {
    store = new FolderStore(folder);
    assertThat(store.create(BUCKET)).isTrue();
    assertThat(store.create(BUCKET)).isFalse();
  }

  private StoredObject put(String key, String content) throws IOException {
    return store.put(
        BUCKET,
        key,
        new StoredObject.Kind("text/plain", null, Map.of("a", "b")),
        out -> out.write(content.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void whatIsStoredIsFoundAlsoByTheNextProcess() throws IOException {
    StoredObject stored = put("x/y.txt", "hello");
    assertThat(stored.etag()).isEqualTo("\"5d41402abc4b2a76b9719d911017c592\"");
    var next = new FolderStore(folder);
    assertThat(next.find(BUCKET, "x/y.txt")).contains(stored);
    try (InputStream in = next.open(BUCKET, "x/y.txt", 2)) {
      assertThat(in.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("llo");
    }
  }

  @Test
  void whatWasSaidOfAnObjectIsKept() throws IOException {
    StoredObject stored = put("x", Map.of(Header.CACHE_CONTROL, "no-store", Header.EXPIRES, "0"));
    assertThat(new FolderStore(folder).find(BUCKET, "x")).contains(stored);
  }

  @Test
  void notesOfFormerVersionsHaveNoHeaders() throws IOException {
    StoredObject stored = put("x", Map.of(Header.CACHE_CONTROL, "no-store"));
    Path note;
    try (Stream<Path> notes = Files.walk(folder.resolve(".tutti/notes"))) {
      note = notes.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
    JsonNode kept = Json.parse(Files.readAllBytes(note));
    assertThat(((ObjectNode) kept).remove("headers")).isNotEmpty();
    Path _ = Files.write(note, Json.bytes(kept));

    StoredObject found = store.find(BUCKET, "x").orElseThrow();
    assertThat(found.kind()).isEqualTo(new StoredObject.Kind("text/plain", null, Map.of("a", "b")));
    assertThat(found.etag()).isEqualTo(stored.etag());
  }

  private StoredObject put(String key, Map<Header, String> headers) throws IOException {
    return store.put(
        BUCKET,
        key,
        new StoredObject.Kind("text/plain", null, headers, Map.of("a", "b")),
        out -> out.write('1'));
  }

  private StoredObject put(String key, Expected expected, String content) throws IOException {
    return store.put(
        BUCKET,
        key,
        StoredObject.Kind.PLAIN,
        expected,
        out -> out.write(content.getBytes(StandardCharsets.UTF_8)));
  }

  private void assertUnexpected(String key, Expected expected, boolean missing) {
    assertThatThrownBy(() -> put(key, expected, "other"))
        .isInstanceOfSatisfying(
            ObjectStore.Unexpected.class, e -> assertThat(e.isMissing()).isEqualTo(missing));
  }

  @Test
  void anObjectIsStoredWhereWhatIsThereIsExpected() throws IOException {
    StoredObject first = put("a", Expected.NOTHING, "1");
    assertUnexpected("a", Expected.NOTHING, false);
    assertUnexpected("a", new Expected.Same("\"other\""), false);
    assertUnexpected("b", new Expected.Same(first.etag()), true);
    assertThat(store.find(BUCKET, "a")).contains(first);
    assertThat(store.find(BUCKET, "b")).isEmpty();

    StoredObject second = put("a", new Expected.Same(first.etag().replace("\"", "")), "2");
    assertThat(store.find(BUCKET, "a")).contains(second);
    assertUnexpected("a", new Expected.Same(first.etag()), false);
    assertThat(folder.resolve(".tutti/drafts")).isEmptyDirectory();
  }

  @Test
  void ofManyWhoExpectNothingOneStores() throws IOException, InterruptedException {
    List<Callable<String>> writers = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      String content = "by " + i;
      writers.add(() -> put("a", Expected.NOTHING, content).etag());
    }
    List<String> stored;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      stored =
          threads.invokeAll(writers).stream()
              .filter(writer -> writer.state() == Future.State.SUCCESS)
              .map(Future::resultNow)
              .toList();
    }
    assertThat(stored).hasSize(1);
    assertThat(store.find(BUCKET, "a").orElseThrow().etag()).isEqualTo(stored.getFirst());
  }

  @Test
  void aFileThatWasChangedByHandIsAnotherObject() throws IOException {
    StoredObject stored = put("x", "hello");
    Path file = folder.resolve("111111111111/a-bucket/x");
    Path _ = Files.writeString(file, "hello, world");
    StoredObject found = store.find(BUCKET, "x").orElseThrow();
    assertThat(found.etag()).isNotEqualTo(stored.etag());
    assertThat(found.kind()).isEqualTo(StoredObject.Kind.PLAIN);
  }

  @Test
  void keysAreListedInTheOrderOfTheirBytes() throws IOException {
    for (String key : new String[] {"a/b", "a-b", "a", "a.b", "b/1/2", "b/1.x", "é"}) {
      if (!key.equals("a")) {
        assertThat(put(key, key).key()).isEqualTo(key);
      }
    }
    assertThat(store.list(BUCKET, "", "", 100))
        .extracting(StoredObject::key)
        .containsExactly("a-b", "a.b", "a/b", "b/1.x", "b/1/2", "é");
    assertThat(store.list(BUCKET, "b/", "b/1.x", 100))
        .extracting(StoredObject::key)
        .containsExactly("b/1/2");
    assertThat(store.list(BUCKET, "", "a-b", 1))
        .extracting(StoredObject::key)
        .containsExactly("a.b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "a/../../x", "/etc/passwd", "a//b", ".", "a/", "..", "a/./b"})
  void keysThatAreNoPathsAreRefused(String key) {
    assertThatThrownBy(() -> put(key, "")).isInstanceOf(ObjectStore.UnfitKey.class);
    assertThatThrownBy(() -> store.find(BUCKET, key)).isInstanceOf(ObjectStore.UnfitKey.class);
  }

  @Test
  void aKeyThatTheMachineHasNoNameForIsRefused() {
    String key = "a/" + (char) 0xd800;
    assertThatThrownBy(() -> put(key, "")).isInstanceOf(ObjectStore.UnfitKey.class);
    assertThatThrownBy(() -> store.find(BUCKET, key)).isInstanceOf(ObjectStore.UnfitKey.class);
  }

  @Test
  void linksLeadNowhere() throws IOException {
    Path _ =
        Files.createSymbolicLink(
            folder.resolve("111111111111/a-bucket/link"), folder.getRoot().resolve("etc"));
    assertThatThrownBy(() -> store.find(BUCKET, "link/passwd"))
        .isInstanceOf(ObjectStore.UnfitKey.class);
    assertThat(store.list(BUCKET, "", "", 10)).isEmpty();
  }

  @Test
  void aKeyBelowAnotherObjectIsRefused() throws IOException {
    assertThat(put("a", "1").size()).isEqualTo(1);
    assertThatThrownBy(() -> put("a/b", "2")).isInstanceOf(ObjectStore.UnfitKey.class);
  }

  @Test
  void bucketsAreTheirAccounts() {
    var others = new Bucket("222222222222", "a-bucket");
    assertThatThrownBy(() -> store.find(others, "a")).isInstanceOf(ObjectStore.NoSuchBucket.class);
    assertThat(store.has(new Bucket("111111111111", ".."))).isFalse();
  }

  @Test
  void aBucketGoesWhenItIsEmptyAndItsFoldersGoWithTheirObjects() throws IOException {
    assertThat(put("x/y/z", "1").size()).isEqualTo(1);
    assertThat(store.remove(BUCKET)).isFalse();
    store.delete(BUCKET, "x/y/z");
    assertThat(folder.resolve("111111111111/a-bucket/x")).doesNotExist();
    assertThat(store.remove(BUCKET)).isTrue();
    assertThat(store.has(BUCKET)).isFalse();
  }
}
