package dev.tutti.runner.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept, what is refused, and that nothing of what is refused stays. */
final class CodeStoreTest {
  private static final String NOT_A_ZIP =
      "Could not unzip uploaded file. Please check your file, then try to upload again.";

  @TempDir Path directory;
  private CodeStore store;

  @BeforeEach
  void open() throws IOException {
    store = new CodeStore(directory.resolve("store"));
  }

  @Test
  void aZipIsKeptAndUnpackedOnce() throws Exception {
    byte[] zip = zip("app.js", "one", "lib/x.js", "two");
    Code code = store.put(zip);
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(zip);
    assertThat(code).isEqualTo(new Code(Base64.getEncoder().encodeToString(digest), zip.length));
    assertThat(store.put(zip)).isEqualTo(code);
    Path folder = store.unpacked(code.sha256());
    assertThat(folder.resolve("lib").resolve("x.js")).hasContent("two");
    assertThat(store.unpacked(code.sha256())).isEqualTo(folder);
    assertThat(store.zip(code.sha256())).isEqualTo(zip);
  }

  @Test
  void aKeptZipOutlivesTheStore() throws Exception {
    Code code = store.put(zip("app.js", "one"));
    store.unpacked(code.sha256());
    CodeStore again = new CodeStore(directory.resolve("store"));
    assertThat(again.contains(code.sha256())).isTrue();
    assertThat(again.unpacked(code.sha256()).resolve("app.js")).hasContent("one");
    again.remove(code.sha256());
    assertThatThrownBy(() -> again.unpacked(code.sha256())).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void foldersThatAFunctionShutAreRemovedWhenTheStoreIsOpened() throws Exception {
    Code code = store.put(zip("app.js", "one"));
    Path shut = Files.createDirectory(store.unpacked(code.sha256()).resolve("shut"));
    Path inner = Files.createDirectory(shut.resolve("inner"));
    Files.writeString(inner.resolve("file"), "x");
    Files.setPosixFilePermissions(inner, Set.of());
    Files.setPosixFilePermissions(shut, Set.of());
    CodeStore again = new CodeStore(directory.resolve("store"));
    assertThat(directory.resolve("store").resolve("unpacked")).isEmptyDirectory();
    assertThat(again.unpacked(code.sha256()).resolve("app.js")).hasContent("one");
  }

  @Test
  void whatCantBeRemovedIsPutAsideAndTheStoreOpens() throws Exception {
    Code code = store.put(zip("app.js", "one"));
    Path top = store.unpacked(code.sha256());
    String level = ("d".repeat(100) + "/").repeat(24);
    Path upper = Files.createDirectories(top.resolve("upper/" + level));
    Files.createDirectories(top.resolve("lower/" + level));
    Files.move(top.resolve("lower"), upper.resolve("lower")); // now no path leads to its end
    try {
      CodeStore again = new CodeStore(directory.resolve("store"));
      assertThat(again.unpacked(code.sha256()).resolve("app.js")).hasContent("one");
      assertThat(again.unpacked(code.sha256()).resolve("upper")).doesNotExist();
      assertThat(directory.resolve("store").resolve("aside")).isNotEmptyDirectory();
    } finally {
      Process removal =
          new ProcessBuilder("rm", "-rf", directory.resolve("store").toString()).start();
      assertThat(removal.waitFor()).isZero();
    }
  }

  @Test
  void whatWasDamagedOnDiskIsNotUnpacked() throws Exception {
    Code code = store.put(zip("app.js", "one"));
    Path kept;
    try (Stream<Path> zips = Files.list(directory.resolve("store").resolve("zips"))) {
      kept = zips.findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(kept);
    bytes[40] ^= 1;
    Files.write(kept, bytes);
    assertThatThrownBy(() -> store.unpacked(code.sha256())).hasMessageContaining("damaged on disk");
  }

  @Test
  void aZipWithoutModesIsExecutable() throws Exception {
    Code code = store.put(zip("bootstrap", "#!/bin/sh"));
    assertThat(store.unpacked(code.sha256()).resolve("bootstrap")).isExecutable();
  }

  @Test
  void malformedZipsAreRefused() throws Exception {
    byte[] zip = zip("app.js", "some text that is long enough to be packed, packed, packed");
    byte[] cut = Arrays.copyOf(zip, zip.length - 30);
    byte[] flipped = zip.clone();
    flipped[45] ^= 0x55;
    byte[] doubled =
        concat(raw("app.js", 0100644, "a".getBytes(StandardCharsets.UTF_8)), new byte[5]);
    for (byte[] bad :
        List.of(new byte[0], "text".getBytes(StandardCharsets.UTF_8), cut, flipped, doubled)) {
      assertThatThrownBy(() -> store.put(bad)).isInstanceOf(BadPackage.class).hasMessage(NOT_A_ZIP);
    }
    assertThatThrownBy(() -> store.put(zip()))
        .isInstanceOf(BadPackage.class)
        .hasMessage("Uploaded file must be a non-empty zip");
    assertNothingKept();
  }

  @Test
  void pathsThatLeadOutAreRefused() {
    for (String name :
        List.of("../x", "a/../../x", "/etc/x", "a//b", "./x", "a\\..\\x", "..", "a/..")) {
      assertRefused(raw(name, 0100644, new byte[] {'x'}));
    }
    assertNothingKept();
  }

  @Test
  void aNameThatTheMachineCantHaveIsRefusedBeforeItIsKept() {
    assertThatThrownBy(() -> Unzip.checkName("lib/" + (char) 0xd800 + ".js"))
        .isInstanceOf(BadPackage.class)
        .hasMessage(NOT_A_ZIP);
  }

  @Test
  void linksThatLeadOutAreRefusedAndOthersAreMade() throws Exception {
    for (String to : List.of("/etc/passwd", "../x", "a/../../x", "a/..", "")) {
      assertRefused(raw("link", 0120777, to.getBytes(StandardCharsets.UTF_8)));
    }
    assertRefused(raw("d/link", 0120777, "../../x".getBytes(StandardCharsets.UTF_8)));
    assertRefused(raw("link/", 0120777, "a".getBytes(StandardCharsets.UTF_8)));
    assertRefused(raw("device", 0020644, new byte[0]));
    assertNothingKept();

    Path source = Files.createDirectories(directory.resolve("source"));
    Files.createDirectories(source.resolve("bin"));
    Files.writeString(source.resolve("real.js"), "real");
    Files.createSymbolicLink(source.resolve("bin").resolve("tool"), Path.of("../real.js"));
    Code code = store.putFolder(source);
    assertThat(store.unpacked(code.sha256()).resolve("bin").resolve("tool"))
        .isSymbolicLink()
        .hasContent("real");
  }

  @Test
  void moreThanIsAllowedIsRefusedByWhatItHoldsNotByWhatItSays() throws Exception {
    Path zip = directory.resolve("big.zip");
    Files.write(zip, zip("a", "x".repeat(600), "b", "x".repeat(401)));
    assertThatThrownBy(() -> Unzip.read(zip, null, 1000))
        .isInstanceOf(BadPackage.class)
        .hasMessage("Unzipped size must be smaller than 1000 bytes");
    Unzip.read(zip, null, 1001);
    assertThat(Unzip.MAX_UNZIPPED).isEqualTo(250L * 1024 * 1024);
  }

  @Test
  void aFolderIsTheSameZipWheneverItHoldsTheSame() throws Exception {
    Path one = folder("one");
    Path two = folder("two");
    Files.setLastModifiedTime(two.resolve("run"), FileTime.fromMillis(1));
    Code code = store.putFolder(one);
    assertThat(store.putFolder(two)).isEqualTo(code);
    Path unpacked = store.unpacked(code.sha256());
    assertThat(unpacked.resolve("run")).isExecutable();
    assertThat(Files.isExecutable(unpacked.resolve("data").resolve("ünï.txt"))).isFalse();
    assertThat(unpacked.resolve("data").resolve("ünï.txt")).hasContent("text".repeat(1000));
    assertThatThrownBy(() -> store.putFolder(Files.createDirectory(directory.resolve("empty"))))
        .isInstanceOf(BadPackage.class);
  }

  @Test
  void aJarIsKeptAsItIs() throws Exception {
    Path jar = directory.resolve("app.jar");
    byte[] bytes = zip("a/B.class", "x");
    Files.write(jar, bytes);
    assertThat(store.putFolder(jar)).isEqualTo(store.put(bytes));
  }

  private Path folder(String name) throws IOException {
    Path folder = Files.createDirectories(directory.resolve(name));
    Files.createDirectories(folder.resolve("data"));
    Files.writeString(folder.resolve("data").resolve("ünï.txt"), "text".repeat(1000));
    Files.writeString(folder.resolve("run"), "#!/bin/sh\n");
    Files.setPosixFilePermissions(
        folder.resolve("run"), PosixFilePermissions.fromString("rwxr-xr-x"));
    return folder;
  }

  private void assertRefused(byte[] zip) {
    assertThatThrownBy(() -> store.put(zip)).isInstanceOf(BadPackage.class);
  }

  private void assertNothingKept() {
    for (String part : List.of("zips", "aside", "unpacked")) {
      assertThat(directory.resolve("store").resolve(part)).isEmptyDirectory();
    }
  }

  private static byte[] zip(String... namesAndTexts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (int i = 0; i < namesAndTexts.length; i += 2) {
        out.putNextEntry(new ZipEntry(namesAndTexts[i]));
        out.write(namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
        out.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  /** A zip of one entry as the JDK would not write it: any name, any Unix mode. */
  private static byte[] raw(String name, int mode, byte[] contents) {
    byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
    CRC32 crc = new CRC32();
    crc.update(contents);
    byte[] common =
        concat(
            little(20, 2),
            little(0x0800, 2),
            little(0, 2),
            little(0, 2),
            little(0x21, 2),
            little((int) crc.getValue(), 4),
            little(contents.length, 4),
            little(contents.length, 4),
            little(nameBytes.length, 2),
            little(0, 2));
    byte[] local = concat(little(0x04034b50, 4), common, nameBytes, contents);
    byte[] entry =
        concat(
            little(0x02014b50, 4),
            little(3 << 8 | 20, 2),
            common,
            little(0, 2),
            little(0, 2),
            little(0, 2),
            little(mode << 16, 4),
            little(0, 4),
            nameBytes);
    byte[] end =
        concat(
            little(0x06054b50, 4),
            little(0, 4),
            little(1, 2),
            little(1, 2),
            little(entry.length, 4),
            little(local.length, 4),
            little(0, 2));
    return concat(local, entry, end);
  }

  private static byte[] little(int value, int bytes) {
    byte[] result = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      result[i] = (byte) (value >>> (8 * i));
    }
    return result;
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
