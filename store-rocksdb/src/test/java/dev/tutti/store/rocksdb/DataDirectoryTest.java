package dev.tutti.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.host.Batch;
import dev.tutti.host.Store.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class DataDirectoryTest {
  @TempDir Path parent;

  private Path path() {
    return parent.resolve("data");
  }

  /** Every file of a folder with its content. */
  private static Map<String, String> snapshot(Path folder) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path file : found.toList()) {
        files.put(
            folder.relativize(file).toString(),
            Files.isDirectory(file)
                ? "a folder"
                : Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return files;
  }

  private void assertRefusedUntouched(String because) throws IOException {
    Map<String, String> before = snapshot(path());
    assertThatThrownBy(() -> DataDirectory.open(path()))
        .isInstanceOf(DataDirectoryException.class)
        .hasMessageContaining(path().toString())
        .hasMessageContaining(because);
    assertThat(snapshot(path())).isEqualTo(before);
  }

  private void make() {
    DataDirectory.open(path()).close();
  }

  @Test
  void aNewDirectoryIsMadeAndKeepsWhatItIsGiven() throws IOException {
    Path deep = path().resolve("deeper/still");
    try (DataDirectory data = DataDirectory.open(deep)) {
      Batch batch = new Batch();
      batch.put(Table.META, Bytes.of("a"), Bytes.of("1"));
      data.store().commit(batch);
      Files.writeString(data.folder("code").resolve("file"), "x");
      assertThat(data.path()).isEqualTo(deep);
    }
    assertThat(deep.resolve("FORMAT")).hasContent("tutti-data 1\n");
    try (DataDirectory data = DataDirectory.open(deep)) {
      assertThat(Bytes.all(data.store(), Table.META)).containsExactly("a=1");
      assertThat(data.folder("code").resolve("file")).hasContent("x");
    }
  }

  @Test
  void whatACreationCutShortLeavesCountsAsEmpty() throws IOException {
    Files.createDirectories(path().resolve("lost+found"));
    Files.createFile(path().resolve("LOCK"));
    Files.writeString(path().resolve("FORMAT.new"), "tutti-d");
    make();
    assertThat(path().resolve("FORMAT")).hasContent("tutti-data 1\n");
  }

  @Test
  void aFolderHasAPlainNameThatIsNotTakenAlready() {
    try (DataDirectory data = DataDirectory.open(path())) {
      for (String name : new String[] {"", "..", "a/b", "Code", "store", "native", "/tmp"}) {
        assertThatThrownBy(() -> data.folder(name)).isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  @Test
  void aFileIsNotADirectory() throws IOException {
    Files.writeString(path(), "mine");
    assertRefusedUntouched("is not a directory");
  }

  @Test
  void aPlaceThatCannotBeWrittenIsNamed() {
    assertThatThrownBy(() -> DataDirectory.open(Path.of("/proc/tutti")))
        .isInstanceOf(DataDirectoryException.class)
        .hasMessageStartingWith("/proc/tutti can't be written");
  }

  @Test
  void aFolderWithSomebodysFilesIsLeftAlone() throws IOException {
    Files.createDirectories(path());
    Files.writeString(path().resolve("thesis.txt"), "years of work");
    assertRefusedUntouched("is not a Tutti data directory");
  }

  @Test
  void aDirectoryWithoutItsFormatIsLeftAlone() throws IOException {
    make();
    Files.delete(path().resolve("FORMAT"));
    assertRefusedUntouched("is not a Tutti data directory");
  }

  @Test
  void anUnknownFormatIsRefusedBeforeAnyWrite() throws IOException {
    make();
    Files.writeString(path().resolve("FORMAT"), "tutti-data 2\n");
    assertRefusedUntouched("holds data format 2 and this Tutti reads format 1");
    Files.writeString(path().resolve("FORMAT"), "tutti-data 999999999999999\n");
    assertRefusedUntouched("does not name a Tutti data format");
    Files.writeString(path().resolve("FORMAT"), "");
    assertRefusedUntouched("does not name a Tutti data format");
  }

  @Test
  void aSecondOpenerInThisProcessIsRefused() throws IOException {
    try (DataDirectory first = DataDirectory.open(path())) {
      Path detour = parent.resolve("detour");
      Files.createSymbolicLink(detour, path());
      assertThatThrownBy(() -> DataDirectory.open(detour))
          .isInstanceOf(DataDirectoryException.class)
          .hasMessageContaining("in use")
          .hasMessageContaining(Long.toString(ProcessHandle.current().pid()));
      assertThat(first.store().get(Table.META, Bytes.of("a"))).isNull();
    }
    make();
  }

  @Test
  @Timeout(60)
  void aSecondOpenerInAnotherProcessIsRefusedWithTheOwnersId() throws Exception {
    try (DataDirectory first = DataDirectory.open(path())) {
      assertThatThrownBy(() -> DataDirectory.open(path()))
          .isInstanceOf(DataDirectoryException.class);
      Process other = Child.start(Child.Open.class, path().toString());
      assertThat(other.inputReader().readLine())
          .contains("in use by another Tutti (process " + ProcessHandle.current().pid() + ")");
      assertThat(other.waitFor()).isEqualTo(1);
      assertThat(first.store().get(Table.META, Bytes.of("a"))).isNull();
    }
  }

  @Test
  @Timeout(60)
  void aKilledOwnerNoLongerHoldsIt() throws Exception {
    Process other = Child.start(Child.Open.class, path().toString());
    assertThat(other.inputReader().readLine()).isEqualTo("open");
    assertThatThrownBy(() -> DataDirectory.open(path()))
        .hasMessageContaining("in use by another Tutti (process " + other.pid() + ")");
    other.destroyForcibly().waitFor();
    make();
    assertThat(path().resolve("FORMAT")).exists();
  }

  @Test
  void aDamagedStoreIsNamedAndTheLockGivenBack() throws IOException {
    make();
    Path current = path().resolve("store/CURRENT");
    String was = Files.readString(current);
    Files.writeString(current, "MANIFEST-999999\n");
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> DataDirectory.open(path()))
          .isInstanceOf(DataDirectoryException.class)
          .hasMessageContaining("the data in " + path() + " can't be used")
          .hasMessageContaining("MANIFEST-999999");
    }
    Files.writeString(current, was);
    make();
  }
}
