package dev.tutti.app;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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
    moreCarriers();
    Console.quietLogging();
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.setOut(out);
    System.exit(commandLine().execute(args));
  }

  /**
   * Gives virtual threads more carriers than processors. A virtual thread that loads a class keeps
   * its carrier while it waits for the class loader; where all carriers wait so, and who holds the
   * loader waits for a virtual thread that needs a carrier, everything stands still. With a carrier
   * for each of two processors that happened at a start with many calls to take up.
   */
  private static void moreCarriers() {
    String property = "jdk.virtualThreadScheduler.parallelism";
    if (System.getProperty(property) == null) {
      int carriers = Math.max(16, 2 * Runtime.getRuntime().availableProcessors());
      System.setProperty(property, Integer.toString(carriers));
    }
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
