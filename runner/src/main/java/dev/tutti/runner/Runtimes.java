package dev.tutti.runner;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which program runs a runtime identifier on this machine.
 *
 * <p>A program is asked for its own path, because the name on the search path may be a version
 * manager's stand-in that needs the environment a function doesn't get. What was found is
 * remembered; what wasn't is looked for again, so that installing it is enough.
 */
final class Runtimes {
  private static final Logger LOG = LoggerFactory.getLogger(Runtimes.class);

  /** The kinds of runtimes that can be run. */
  enum Kind {
    NODE,
    PYTHON,
    JAVA,
    PROVIDED
  }

  /** What was found. */
  sealed interface Found {
    record Program(Kind kind, Path executable) implements Found {}

    record Nothing(String message) implements Found {}
  }

  private final Map<String, Path> given;
  private final Map<String, Path> known = new ConcurrentHashMap<>();
  private final ReentrantLock asking = new ReentrantLock();

  Runtimes(Map<String, Path> given) {
    this.given = given;
  }

  Found find(String runtime) {
    if (runtime.startsWith("nodejs")) {
      return find(Kind.NODE, runtime, "nodejs", "node", List.of("node"));
    }
    if (runtime.startsWith("python")) {
      return find(Kind.PYTHON, runtime, "python", "python3", List.of(runtime, "python3"));
    }
    if (runtime.startsWith("java")) {
      return find(Kind.JAVA, runtime, "java", "java", List.of("java"));
    }
    if (runtime.startsWith("provided")) {
      return new Found.Program(Kind.PROVIDED, Path.of("/bin/sh"));
    }
    return new Found.Nothing(
        "The runtime "
            + runtime
            + " can't be run here; nodejs*, python3.*, java* and provided* can.");
  }

  private Found find(
      Kind kind, String runtime, String kindName, String program, List<String> candidates) {
    Path path = given.getOrDefault(runtime, given.get(kindName));
    if (path == null) {
      path = remembered(kind, runtime, candidates);
    }
    if (path == null || !Files.isExecutable(path)) {
      return new Found.Nothing(
          program
              + " isn't installed on this machine"
              + (path == null ? "" : " at " + path)
              + "; functions with the runtime "
              + runtime
              + " need it.");
    }
    return new Found.Program(kind, path);
  }

  /** Functions that start together wait for one of them to ask. */
  private @Nullable Path remembered(Kind kind, String runtime, List<String> candidates) {
    Path path = known.get(runtime);
    if (path != null) {
      return path;
    }
    asking.lock();
    try {
      return known.computeIfAbsent(runtime, r -> search(kind, candidates));
    } finally {
      asking.unlock();
    }
  }

  private static @Nullable Path search(Kind kind, List<String> candidates) {
    if (kind == Kind.JAVA) {
      Path own = Path.of(System.getProperty("java.home", "/"), "bin", "java");
      return Files.isExecutable(own) ? own : null;
    }
    for (String candidate : candidates) {
      Path path =
          kind == Kind.NODE
              ? ask(candidate, "-p", "process.execPath")
              : ask(candidate, "-c", "import sys; print(sys.executable)");
      if (path != null) {
        return path;
      }
    }
    return null;
  }

  private static @Nullable Path ask(String... command) {
    try {
      List<String> words = new ArrayList<>(List.of(command));
      Process process =
          new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      try {
        process.getOutputStream().close();
        if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
          return null;
        }
        String path =
            new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return path.isEmpty() ? null : Path.of(path).toRealPath();
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      LOG.debug("{} isn't there", command[0], e);
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
