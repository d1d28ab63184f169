package dev.tutti.torture.disk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A small library between a process and its files, compiled on the spot by {@code gcc}. The process
 * is the same as ever; only what the operating system answers is not.
 */
public final class Disk {
  private final Path library;

  /** What is counted. */
  public enum Operation {
    WRITE,
    SYNC,
    RENAME
  }

  private Disk(Path library) {
    this.library = library;
  }

  /** Compiles the library into a folder. */
  public static Disk compile(Path folder) throws IOException, InterruptedException {
    Path source = folder.resolve("disk.c");
    Path library = folder.resolve("disk.so");
    try (InputStream text = Objects.requireNonNull(Disk.class.getResourceAsStream("disk.c"))) {
      Files.write(source, text.readAllBytes());
    }
    Process gcc =
        new ProcessBuilder(
                List.of(
                    "gcc",
                    "-O2",
                    "-shared",
                    "-fPIC",
                    "-o",
                    library.toString(),
                    source.toString(),
                    "-ldl"))
            .redirectErrorStream(true)
            .start();
    String said = new String(gcc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (gcc.waitFor() != 0) {
      throw new IOException("gcc can't compile the disk: " + said);
    }
    return new Disk(library);
  }

  /** The environment of a process whose files under a folder are on this disk. */
  public Setting under(Path root) {
    Setting setting = new Setting();
    setting.environment.put("LD_PRELOAD", library.toString());
    setting.environment.put("DISK_ROOT", root.toString());
    return setting;
  }

  /** Whether what happens to a file is seen; the others aren't the store's, or mean nothing. */
  static boolean isWatched(Path root, Path file) {
    String name = root.relativize(file).toString();
    return !(name.startsWith("native")
        || name.startsWith("code")
        || name.startsWith("functions")
        || name.startsWith("ballast")
        || name.startsWith("LOCK")
        || name.contains("/LOCK")
        || name.contains("/LOG"));
  }

  /** How a disk behaves. */
  public static final class Setting {
    private final Map<String, String> environment = new HashMap<>();

    private Setting() {}

    private Setting with(String name, Object value) {
      environment.put(name, value.toString());
      return this;
    }

    /** Everything that is done is written down in a file; fsyncs cost nothing. */
    public Setting traced(Path trace) {
      return with("DISK_TRACE", trace);
    }

    /** Takes no notice of fsyncs, as if the process didn't know of them. */
    public Setting deaf() {
      return with("DISK_DEAF", "1");
    }

    /** Kills the process just before an operation; torn: in the middle of a write. */
    public Setting killing(Operation operation, int at, boolean torn, Path fired) {
      return fault(torn ? "torn" : "kill", operation, fired).with("DISK_AT", at);
    }

    /** Fails some operations with an error number. */
    public Setting failing(Operation operation, int at, long times, int error, Path fired) {
      return fault("fail", operation, fired)
          .with("DISK_AT", at)
          .with("DISK_TIMES", times)
          .with("DISK_ERROR", error);
    }

    /** Each fsync takes so much longer. */
    public Setting slow(int micros, Path fired) {
      return fault("slow", Operation.SYNC, fired).with("DISK_MICROS", micros);
    }

    private Setting fault(String fault, Operation operation, Path fired) {
      return with("DISK_FAULT", fault)
          .with("DISK_OP", operation.name().toLowerCase(Locale.ROOT))
          .with("DISK_FIRED", fired);
    }

    public Map<String, String> environment() {
      return environment;
    }
  }
}
