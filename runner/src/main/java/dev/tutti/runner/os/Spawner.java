package dev.tutti.runner.os;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts processes that end when this one does, each the leader of a session and group of its own.
 *
 * <p>The kernel ties a child (PR_SET_PDEATHSIG) to the <em>thread</em> that started it, so one
 * permanent platform thread starts all of them and lives as long as the program. Between the start
 * and the tie the program may die; the shell that sets the limits therefore looks at its parent
 * once more before it becomes the function.
 */
public final class Spawner {
  private static final Logger LOG = LoggerFactory.getLogger(Spawner.class);

  /** Checks the parent, sets limits, becomes the command. Arguments: parent, kilobytes, command. */
  private static final String ENTRY =
      """
      [ "$PPID" = "$1" ] || exit 1
      ulimit -c 0
      [ "$2" = 0 ] || ulimit -d "$2"
      shift 2
      exec "$@"
      """;

  private static final Spawner INSTANCE = new Spawner();

  private final LinkedBlockingQueue<Runnable> starts = new LinkedBlockingQueue<>();
  private final @Nullable Path setpriv = find("setpriv");
  private final @Nullable Path setsid = find("setsid");

  private Spawner() {
    Thread.ofPlatform().daemon().name("tutti-spawner").start(this::run);
    if (setpriv == null) {
      LOG.warn(
          "setpriv isn't installed (package util-linux): after a crash of this program the"
              + " processes of functions are ended by a helper process instead of the kernel");
    }
    if (setsid == null) {
      LOG.warn(
          "setsid isn't installed (package util-linux): what a function's process starts is found"
              + " by its parentage only");
    }
  }

  /** The only one, because its thread has to live as long as the program. */
  public static Spawner instance() {
    return INSTANCE;
  }

  /** Whether a started process leads its own group, which a {@link Warden} can end as a whole. */
  public boolean groups() {
    return setsid != null;
  }

  /**
   * Starts a function's process: standard output and error in one pipe, standard input empty.
   *
   * @param environment all of it; nothing is inherited
   * @param dataKilobytes the kernel's limit on private writable memory (RLIMIT_DATA); 0 for none
   */
  public Process start(
      List<String> command, Map<String, String> environment, Path directory, long dataKilobytes)
      throws IOException {
    List<String> whole = new ArrayList<>();
    if (setpriv != null) {
      whole.addAll(List.of(setpriv.toString(), "--pdeathsig", "KILL", "--"));
    }
    if (setsid != null) {
      whole.add(setsid.toString());
    }
    whole.addAll(List.of("/bin/sh", "-c", ENTRY, "sh"));
    whole.add(Long.toString(ProcessHandle.current().pid()));
    whole.add(Long.toString(dataKilobytes));
    whole.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(whole);
    builder.directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.redirectInput(Redirect.from(new File("/dev/null")));
    builder.redirectErrorStream(true);
    return start(builder::start);
  }

  /**
   * Starts a helper of this program in a session of its own; it sees its input end at our death.
   */
  Process startHelper(List<String> command) throws IOException {
    List<String> whole = new ArrayList<>();
    if (setsid != null) {
      whole.add(setsid.toString());
    }
    whole.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(whole);
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/local/bin:/usr/bin:/bin");
    builder.directory(new File("/"));
    builder.redirectOutput(Redirect.DISCARD);
    builder.redirectError(Redirect.DISCARD);
    return start(builder::start);
  }

  /**
   * Has the one thread start a process, and waits for it.
   *
   * @throws IOException whatever went wrong, even where the machine has no thread or memory left
   */
  Process start(Callable<Process> make) throws IOException {
    CompletableFuture<Process> started = new CompletableFuture<>();
    starts.add(() -> {
      try {
        started.complete(make.call());
      } catch (Throwable e) { // an Error too: somebody waits
        started.completeExceptionally(e);
      }
    });
    try {
      return started.join();
    } catch (CompletionException e) {
      throw new IOException(String.valueOf(e.getCause()), e);
    }
  }

  /** Goes on whatever happens: with this thread every function would end, and none could start. */
  private void run() {
    while (true) {
      try {
        starts.take().run();
      } catch (InterruptedException e) {
        LOG.debug("nobody may end this thread; going on", e);
      } catch (Throwable _) {
        // not even logged, which may fail for the same reason
      }
    }
  }

  private static @Nullable Path find(String program) {
    for (String directory : List.of("/usr/bin", "/bin", "/usr/local/bin", "/usr/sbin", "/sbin")) {
      Path path = Path.of(directory, program);
      if (Files.isExecutable(path)) {
        return path;
      }
    }
    return null;
  }
}
