package dev.tutti.app;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
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
    footer = {
      "",
      "Any AWS client works against a running Tutti: set AWS_ENDPOINT_URL=http://127.0.0.1:4566"
          + " and, as",
      "access key, the account number of a context (any secret)."
    })
final class Main implements Runnable {
  /** In the order of the help. */
  private static final List<Class<?>> COMMANDS =
      List.of(
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
          PrepareCommand.class);

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  public static void main(String[] args) {
    Carriers.watch(Duration.ofSeconds(1));
    Console.quietLogging();
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.setOut(out);
    System.exit(commandLine(args).execute(args));
  }

  /**
   * The command line; a {@link Complaint} becomes one sentence and exit code 1.
   *
   * @param args as they were typed. Where the first is a command's name, only that one is there: to
   *     learn the options of all takes longer than a start may
   */
  static CommandLine commandLine(String... args) {
    CommandLine line = new CommandLine(new Main());
    List<Class<?>> named = COMMANDS.stream().filter(type -> isNamed(type, args)).toList();
    (named.isEmpty() ? COMMANDS : named).forEach(line::addSubcommand);
    return line.setExecutionExceptionHandler((exception, of, parsed) -> {
      if (exception instanceof Complaint complaint) {
        of.getErr().println("tutti: " + complaint.getMessage());
        return 1;
      }
      throw exception;
    });
  }

  private static boolean isNamed(Class<?> command, String... args) {
    return args.length > 0 && command.getAnnotation(Command.class).name().equals(args[0]);
  }

  @Override
  public void run() {
    spec.commandLine().usage(System.out);
  }
}
