package dev.tutti.app;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Entry point of {@code ./tutti}. */
@Command(
    name = "tutti",
    version = "tutti 0.1.0",
    mixinStandardHelpOptions = true,
    description = "Orchestrate inside a context, choreograph between contexts, see both as one.",
    subcommands = {
      DemoCommand.class,
      ParkedCommand.class,
      UpCommand.class,
      DeployCommand.class,
      RemoveCommand.class,
      TraceCommand.class,
      MapCommand.class,
      RunCommand.class,
      RehearseCommand.class,
      SimulateCommand.class,
      BenchCommand.class,
      TortureCommand.class,
      CheckCommand.class,
      RepairCommand.class,
      PrepareCommand.class
    },
    footer = {
      "",
      "Any AWS client works against a running Tutti: set AWS_ENDPOINT_URL=http://127.0.0.1:4566"
          + " and, as",
      "access key, the account number of a context (any secret)."
    })
final class Main implements Runnable {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  public static void main(String[] args) {
    Carriers.watch(Duration.ofSeconds(1));
    Console.quietLogging();
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.setOut(out);
    System.exit(commandLine().execute(args));
  }

  /** The command line; a {@link Complaint} becomes one sentence and exit code 1. */
  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setExecutionExceptionHandler((exception, line, parsed) -> {
          if (exception instanceof Complaint complaint) {
            line.getErr().println("tutti: " + complaint.getMessage());
            return 1;
          }
          throw exception;
        });
  }

  @Override
  public void run() {
    spec.commandLine().usage(System.out);
  }
}
