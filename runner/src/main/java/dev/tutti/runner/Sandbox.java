package dev.tutti.runner;

import dev.tutti.runner.Launch.Surroundings;
import dev.tutti.runner.code.Folders;
import dev.tutti.runner.http.Listener;
import dev.tutti.runner.log.Pump;
import dev.tutti.runner.log.Stream;
import dev.tutti.runner.os.Marked;
import dev.tutti.runner.os.Memory;
import dev.tutti.runner.os.Spawner;
import dev.tutti.runner.os.Warden;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One process of a function, with all that is its own: port, output, temporary folder.
 *
 * <p>One invocation at a time. {@link #run}: wait until it is ready (the first time), hand over,
 * wait for the answer or the end of the time. Then {@link #finish}, perhaps when the answer is
 * already on its way: end the process if it must be, wait for its next question (not for long) and
 * for what it printed, write END and REPORT. Whoever had it last closes it.
 */
final class Sandbox implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sandbox.class);

  /**
   * How long the end of an invocation waits for its process to ask for work again, for what is
   * printed after the answer.
   */
  private static final long LINGER_MILLIS = 100;

  private static final long SETTLE_MILLIS = 1000;

  /** An invocation's report says what was measured no longer ago than this. */
  private static final long FRESH_NANOS = 1_000_000_000;

  private static final long DEATH_SECONDS = 10;

  private final Function function;
  private final Conversation conversation;
  private final Process process;
  private final Warden warden;
  private final Listener listener;
  private final Stream stream;
  private final Pump pump;
  private final Surroundings around;
  private final String mark;
  private final long residentBoundKilobytes;
  private final long startedNanos = System.nanoTime();
  private final Duration initTimeout;
  private final AtomicBoolean served = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile Memory memory = new Memory(0, 0);
  private volatile long measuredNanos;
  private volatile long idleSinceNanos;
  private volatile long takenAtNanos;
  private volatile long startNanos;

  /** What a sandbox is made of, in the order in which it is made. */
  record Parts(
      Function function,
      Runtimes.Kind kind,
      Conversation conversation,
      Listener listener,
      Surroundings around,
      String mark,
      Stream stream,
      Process process) {}

  Sandbox(Parts parts, Warden warden, Duration initTimeout) {
    this.function = parts.function();
    this.conversation = parts.conversation();
    this.listener = parts.listener();
    this.around = parts.around();
    this.mark = parts.mark();
    this.stream = parts.stream();
    this.process = parts.process();
    this.warden = warden;
    this.initTimeout = initTimeout;
    this.residentBoundKilobytes = Launch.residentBoundKilobytes(parts.function(), parts.kind());
    this.pump = Pump.start(process, stream);
  }

  Function function() {
    return function;
  }

  long idleSinceNanos() {
    return idleSinceNanos;
  }

  /** Whether it hasn't asked for work yet. */
  boolean isStarting() {
    return conversation.isStarting();
  }

  boolean isReady() {
    return conversation.isReady();
  }

  /** Tells the conversation, then the owner, when the process is gone. */
  void onExit(Runnable owner) {
    Thread.ofVirtual().name("exit-" + process.pid()).start(() -> awaitExit(owner));
  }

  private void awaitExit(Runnable owner) {
    try {
      conversation.exited(process.waitFor());
      owner.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How one invocation went, before its log is complete. */
  record Ending(Invocation invocation, Answer answer, boolean initialising, Times times) {}

  /**
   * Runs one invocation to its answer; {@link #finish} must follow.
   *
   * @return null where the process was gone before it got the work; nothing has happened then
   */
  @Nullable Ending run(Invocation invocation) throws InterruptedException {
    boolean cold = served.compareAndSet(false, true);
    Duration init = null;
    long timeoutNanos = TimeUnit.SECONDS.toNanos(function.timeoutSeconds());
    if (cold) {
      long initNanos = initTimeout.toNanos() + timeoutNanos;
      Answer answer = conversation.awaitReady(initNanos);
      init = since(startedNanos);
      startNanos = init.toNanos();
      if (!(answer instanceof Answer.Ready)) {
        logStart(invocation);
        return new Ending(invocation, answer, true, new Times(Duration.ZERO, init, initNanos));
      }
    }
    Instant deadline = invocation.deadline();
    if (deadline != null) {
      long left = Duration.between(Instant.now(), deadline).toNanos();
      timeoutNanos = Math.max(0, Math.min(timeoutNanos, left));
    }
    long handedOverNanos = System.nanoTime();
    long deadlineMillis = System.currentTimeMillis() + TimeUnit.NANOSECONDS.toMillis(timeoutNanos);
    Conversation.Work work = new Conversation.Work(invocation, deadlineMillis);
    if (!conversation.begin(work, () -> logStart(invocation))) {
      if (!cold) {
        return null;
      }
      logStart(invocation);
      Times times = new Times(Duration.ZERO, init, 0);
      return new Ending(invocation, conversation.awaitReady(0), true, times);
    }
    Answer answer = conversation.awaitAnswer(timeoutNanos);
    Times times = new Times(since(handedOverNanos), init, timeoutNanos);
    return new Ending(invocation, answer, false, times);
  }

  /** The outcome of an invocation that was answered, without its log; null where it wasn't. */
  @Nullable Outcome answered(Ending ending) {
    return ending.answer() instanceof Answer.Response(byte[] payload)
        ? new Outcome.Success(payload, report(ending.times(), new byte[0]))
        : null;
  }

  record Times(Duration duration, @Nullable Duration init, long boundNanos) {
    double boundSeconds() {
      return boundNanos / 1e9;
    }

    long billedMillis() {
      Duration whole = init == null ? duration : duration.plus(init);
      return Math.max(1, (whole.toNanos() + 999_999) / 1_000_000);
    }
  }

  private void logStart(Invocation invocation) {
    stream.line("START RequestId: " + invocation.requestId() + " Version: " + function.version());
  }

  /** Ends an invocation: its process, where that must be, and its log. */
  Outcome finish(Ending ending) throws InterruptedException {
    Answer answer = ending.answer();
    boolean initialising = ending.initialising();
    Times times = ending.times();
    if (memory.peakKilobytes() == 0 || System.nanoTime() - measuredNanos > FRESH_NANOS) {
      measure();
    }
    if (answer instanceof Answer.TimedOut || initialising) {
      kill();
    }
    conversation.awaitReadyAgain(LINGER_MILLIS);
    pump.settle(SETTLE_MILLIS);
    String id = ending.invocation().requestId();
    return switch (answer) {
      case Answer.Response(byte[] payload) -> new Outcome.Success(payload, logged(id, times, ""));
      case Answer.Failure(byte[] payload, String type) ->
          new Outcome.FunctionError(
              initialising ? Outcome.Cause.INIT : Outcome.Cause.HANDLER,
              payload.length > 0
                  ? payload
                  : ErrorDocument.of(type == null ? "Runtime.Unknown" : type, "Unknown error"),
              logged(
                  id, times, initialising ? error(type == null ? "Runtime.Unknown" : type) : ""));
      case Answer.TooLarge() ->
          new Outcome.FunctionError(
              Outcome.Cause.RESPONSE_TOO_LARGE,
              ErrorDocument.responseTooLarge(),
              logged(id, times, error("Function.ResponseSizeTooLarge")));
      case Answer.TimedOut() -> {
        stream.line(Instant.now() + " " + id + " " + ErrorDocument.timedOut(times.boundSeconds()));
        yield new Outcome.FunctionError(
            Outcome.Cause.TIMEOUT,
            ErrorDocument.timeout(id, times.boundSeconds()),
            logged(id, times, "Status: timeout"));
      }
      case Answer.Exited(int status) -> {
        stream.line("RequestId: " + id + " Error: " + ErrorDocument.exited(status));
        yield new Outcome.FunctionError(
            initialising ? Outcome.Cause.INIT : Outcome.Cause.EXIT,
            ErrorDocument.exit(id, status),
            logged(id, times, error("Runtime.ExitError")));
      }
      case Answer.Ready() -> throw new IllegalStateException("asked for work without answering");
    };
  }

  private static String error(String type) {
    return "Status: error\tError Type: " + type;
  }

  private Report logged(String id, Times times, String status) {
    StringBuilder line = new StringBuilder(200);
    line.append("REPORT RequestId: ").append(id);
    line.append("\tDuration: ").append(millis(times.duration()));
    line.append(" ms\tBilled Duration: ").append(times.billedMillis());
    line.append(" ms\tMemory Size: ").append(function.memoryMegabytes());
    line.append(" MB\tMax Memory Used: ").append(megabytes()).append(" MB\t");
    if (times.init() != null) {
      line.append("Init Duration: ").append(millis(times.init())).append(" ms\t");
    }
    stream.line("END RequestId: " + id);
    stream.line(line.append(status).toString());
    stream.flush();
    byte[] tail = stream.tail();
    stream.restartTail();
    return report(times, tail);
  }

  private Report report(Times times, byte[] tail) {
    Duration billed = Duration.ofMillis(times.billedMillis());
    return new Report(
        times.duration(), billed, times.init(), megabytes(), tail, around.logStream());
  }

  private long megabytes() {
    return (memory.peakKilobytes() + 1023) / 1024;
  }

  private static String millis(Duration duration) {
    return String.format(java.util.Locale.ROOT, "%.2f", duration.toNanos() / 1e6);
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  /** Ends the process where it uses more memory than its function may. */
  void checkMemory() {
    if (!conversation.isOver() && measure().privateKilobytes() > residentBoundKilobytes) {
      LOG.info("{} used more than its memory; its process is ended", function.arn());
      end(process, warden);
    }
  }

  private Memory measure() {
    Memory now = Memory.of(process.pid());
    measuredNanos = System.nanoTime();
    if (now.peakKilobytes() > 0) {
      memory = now; // else it has ended: what was seen last stands
    }
    return now;
  }

  /** Waits until the process asks for work again; false where it didn't within the bound. */
  boolean awaitReadyAgain(long millis) throws InterruptedException {
    return conversation.awaitReadyAgain(millis);
  }

  /** Somebody has it, though it was warm. */
  void markTaken() {
    takenAtNanos = System.nanoTime();
  }

  /** Whether it was warm when it was taken; else it was started for who has it. */
  boolean isTaken() {
    return takenAtNanos != 0;
  }

  /** For how long it has been taken. */
  long takenNanos() {
    return System.nanoTime() - takenAtNanos;
  }

  /** How long it took from its start until it asked for work. */
  long startNanos() {
    return startNanos;
  }

  void markIdle() {
    idleSinceNanos = System.nanoTime();
  }

  boolean isFinishing() {
    return conversation.isFinishing();
  }

  private void kill() {
    conversation.end();
    end(process, warden);
    try {
      if (!process.waitFor(DEATH_SECONDS, TimeUnit.SECONDS)) {
        LOG.error("process {} of {} doesn't end", process.pid(), function.arn());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Marked.kill(mark);
  }

  /** Ends a process and its group. */
  static void end(Process process, Warden warden) {
    if (Spawner.instance().groups()) {
      warden.kill(process.pid());
    } else {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
    }
    process.destroyForcibly();
  }

  /** Ends the process and all that it started, and removes what was its own. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    kill();
    listener.close();
    pump.close();
    stream.close();
    warden.forget(process.pid());
    var _ = Folders.removeIfPossible(around.temporary());
  }
}
