package dev.tutti.runner;

import dev.tutti.runner.code.Folders;
import dev.tutti.runner.log.LogLine;
import dev.tutti.runner.log.Logs;
import dev.tutti.runner.os.Processors;
import dev.tutti.runner.os.Warden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs functions as processes of the operating system behind the AWS Lambda Runtime API.
 *
 * <p>An invocation: find the runtime's program; get a warm process, or the right to start one; run;
 * give the process back or end it.
 *
 * <p>Enforced: the time (the process and all that it started are killed), the number of processes,
 * the size of payloads and logs, and memory, by looking every 100 ms: a process whose own resident
 * memory is over its function's is killed, as Lambda does; Node's and Java's heaps are bounded by
 * their own flags, others' private memory by RLIMIT_DATA at twice the function's and 512 MB. Not
 * enforced: the memory of what a process starts (but for RLIMIT_DATA, which it inherits), processor
 * shares, the number of a process' children, disk space in the temporary folder, the network, and
 * what the user of this program may read and write.
 *
 * <p>All calls block; make them on virtual threads.
 */
public final class Runner implements Invoker, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Runner.class);
  private static final Duration LOOK = Duration.ofMillis(100);

  private final Runtimes runtimes;
  private final Logs logs;
  private final Path temporary;
  private final Warden warden;
  private final SandboxMaker maker;
  private final Pool pool;
  private final Thread watch;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Processors processors = new Processors();

  /**
   * Opens a runner; its directory may be no other program's at the same time. Temporary folders
   * that a program before left there are removed; one that can't be stays, and is in nobody's way.
   */
  public Runner(RunnerOptions options) throws IOException {
    Path directory = Files.createDirectories(options.directory()).toRealPath();
    Path all = directory.resolve("tmp");
    var _ = Folders.removeIfPossible(all);
    String mark = UUID.randomUUID().toString().replace("-", "").substring(0, 16);
    this.temporary = Files.createDirectories(all.resolve(mark));
    this.runtimes = new Runtimes(options.executables());
    this.logs = new Logs(directory.resolve("logs"), options.logs());
    Clients clients = Clients.unpack(directory.resolve("clients"));
    this.warden = Warden.start(temporary, mark);
    this.maker = new SandboxMaker(options, clients, logs, warden, temporary, mark);
    this.pool = new Pool(options.processes());
    this.watch = Thread.ofPlatform().daemon().name("tutti-runner-watch").start(this::watch);
  }

  @Override
  public Outcome invoke(Function function, Invocation invocation)
      throws InterruptedException, IOException {
    return switch (runtimes.find(function.runtime())) {
      case Runtimes.Found.Nothing(String message) -> new Outcome.RuntimeMissing(message);
      case Runtimes.Found.Program program -> invoke(function, program, invocation);
    };
  }

  private Outcome invoke(Function function, Runtimes.Found.Program program, Invocation invocation)
      throws InterruptedException, IOException {
    while (true) {
      switch (pool.take(function)) {
        case Grant.None(String message) -> {
          return new Outcome.Throttled(message);
        }
        case Grant.Warm(Sandbox sandbox) -> {
          Outcome outcome = use(sandbox, invocation);
          if (outcome != null) {
            return outcome;
          }
        }
        case Grant.Place(Sandbox instead) -> {
          try {
            Outcome outcome = use(start(function, program, instead), invocation);
            if (outcome != null) {
              return outcome;
            }
          } catch (NotStarted e) {
            return notStarted(invocation, String.valueOf(e.getMessage()));
          }
        }
      }
    }
  }

  /** Null where the process was gone. An answer doesn't wait for a log that nobody wants. */
  private @Nullable Outcome use(Sandbox sandbox, Invocation invocation)
      throws InterruptedException {
    boolean leave = true;
    try {
      Sandbox.Ending ending = sandbox.run(invocation);
      if (ending == null) {
        return null;
      }
      Outcome answered = invocation.wantsLog() ? null : sandbox.answered(ending);
      if (answered == null) {
        return sandbox.finish(ending);
      }
      Thread.ofVirtual().name("finishing").start(() -> finish(sandbox, ending));
      leave = false;
      return answered;
    } finally {
      if (leave) {
        pool.release(sandbox);
      }
    }
  }

  private void finish(Sandbox sandbox, Sandbox.Ending ending) {
    try {
      var _ = sandbox.finish(ending);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      pool.release(sandbox);
    }
  }

  private Sandbox start(
      Function function, Runtimes.Found.Program program, @Nullable Sandbox instead)
      throws NotStarted, IOException {
    Sandbox sandbox = null;
    try {
      if (instead != null) {
        pool.end(instead);
      }
      sandbox = maker.make(function, program);
      return sandbox;
    } finally {
      if (sandbox == null) {
        pool.returnPlace(function);
      } else {
        pool.started(sandbox);
      }
    }
  }

  private static Outcome notStarted(Invocation invocation, String why) {
    return new Outcome.FunctionError(
        Outcome.Cause.INIT,
        ErrorDocument.entryPoint(invocation.requestId(), why),
        new Report(Duration.ZERO, Duration.ZERO, null, 0, new byte[0], ""));
  }

  @Override
  public void forget(String functionArn) {
    pool.forget(functionArn);
  }

  /** How many processes there are, busy and idle. */
  public int processes() {
    return pool.processes().size();
  }

  /**
   * What was logged by one invocation, from what its process printed when it was started for it to
   * REPORT; empty where nothing is kept of it.
   */
  public List<LogLine> logs(Function function, String requestId) throws IOException {
    return logs.read(function.log(), requestId);
  }

  /** What all functions logged. */
  public Logs logs() {
    return logs;
  }

  private void watch() {
    while (!closed.get()) {
      try {
        Thread.sleep(LOOK);
        pool.processes().forEach(Sandbox::checkMemory);
        pool.setBusy(processors.isBusy());
        pool.sweep();
      } catch (InterruptedException e) {
        LOG.trace("woken to end", e);
      } catch (RuntimeException e) {
        LOG.error("looking after processes failed; it goes on", e);
      }
    }
  }

  /** Ends every process, busy ones too, and removes their folders. */
  @Override
  public void close() throws IOException {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    watch.interrupt();
    pool.close();
    warden.close();
    Folders.remove(temporary);
  }
}
