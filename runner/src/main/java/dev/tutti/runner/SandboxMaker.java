package dev.tutti.runner;

import dev.tutti.runner.Launch.Surroundings;
import dev.tutti.runner.code.Folders;
import dev.tutti.runner.http.Listener;
import dev.tutti.runner.log.Logs;
import dev.tutti.runner.log.Stream;
import dev.tutti.runner.os.Marked;
import dev.tutti.runner.os.Spawner;
import dev.tutti.runner.os.Warden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes sandboxes: a port first, for its number stands in the environment, then the folder and the
 * log, then the process. What was made is taken back when a later step fails, however it fails: a
 * machine without a thread left says so by an Error.
 */
final class SandboxMaker {
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy/MM/dd");

  private final RunnerOptions options;
  private final Clients clients;
  private final Logs logs;
  private final Warden warden;
  private final Path temporary;
  private final String runMark;

  SandboxMaker(
      RunnerOptions options,
      Clients clients,
      Logs logs,
      Warden warden,
      Path temporary,
      String runMark) {
    this.options = options;
    this.clients = clients;
    this.logs = logs;
    this.warden = warden;
    this.temporary = temporary;
    this.runMark = runMark;
  }

  /**
   * Starts a process for the function.
   *
   * @throws NotStarted where the function can't be started as it is
   * @throws IOException where the machine doesn't let us
   */
  Sandbox make(Function function, Runtimes.Found.Program program) throws NotStarted, IOException {
    check(function, program.kind());
    Conversation conversation = new Conversation();
    Listener listener =
        Listener.open(RuntimeApi.MAX_PAYLOAD, new RuntimeApi(conversation, function.arn()));
    Sandbox made = null;
    try {
      made = make(function, program, conversation, listener);
      return made;
    } finally {
      if (made == null) {
        listener.close();
      }
    }
  }

  private Sandbox make(
      Function function,
      Runtimes.Found.Program program,
      Conversation conversation,
      Listener listener)
      throws NotStarted, IOException {
    String mark = runMark + UUID.randomUUID().toString().replace("-", "").substring(16);
    Path own = Files.createDirectory(temporary.resolve(mark));
    Stream stream = null;
    Process process = null;
    Sandbox made = null;
    try {
      String logStream = logStream(function, mark);
      Surroundings around =
          new Surroundings("127.0.0.1:" + listener.port(), own, logStream, options.endpointUrl());
      stream = logs.open(function.log(), logStream);
      process = start(Launch.of(function, program, clients, around), function);
      warden.watch(process.pid());
      made =
          new Sandbox(
              new Sandbox.Parts(
                  function, program.kind(), conversation, listener, around, mark, stream, process),
              warden,
              options.initTimeout());
      return made;
    } finally {
      if (made == null) {
        takeBack(process, mark, stream, own);
      }
    }
  }

  /** Ends and removes what there is already: a process may run that nobody was given. */
  private void takeBack(@Nullable Process process, String mark, @Nullable Stream stream, Path own) {
    if (process != null) {
      Sandbox.end(process, warden);
      warden.forget(process.pid());
    }
    Marked.kill(mark);
    if (stream != null) {
      stream.close();
    }
    var _ = Folders.removeIfPossible(own);
  }

  /** As Lambda names it: with the function's name where the group isn't the function's own. */
  private static String logStream(Function function, String mark) {
    String day = DAY.format(LocalDate.now(ZoneOffset.UTC));
    boolean own = function.logGroup().equals("/aws/lambda/" + function.name());
    return day + "/" + (own ? "" : function.name()) + "[" + function.version() + "]" + mark;
  }

  private static Process start(Launch launch, Function function) throws NotStarted, IOException {
    try {
      return Spawner.instance()
          .start(launch.command(), launch.environment(), function.code(), launch.dataKilobytes());
    } catch (IllegalArgumentException e) {
      throw new NotStarted("the environment can't be given to a process", e);
    }
  }

  private static void check(Function function, Runtimes.Kind kind) throws NotStarted {
    if (!Files.isDirectory(function.code())) {
      throw new NotStarted("there is no code at " + function.code());
    }
    if (kind != Runtimes.Kind.PROVIDED) {
      return;
    }
    Path bootstrap = function.code().resolve("bootstrap");
    if (!Files.isRegularFile(bootstrap)) {
      throw new NotStarted("Couldn't find valid bootstrap(s): [" + bootstrap + "]");
    }
    if (!Files.isExecutable(bootstrap)) {
      throw new NotStarted("fork/exec " + bootstrap + ": permission denied");
    }
  }
}
