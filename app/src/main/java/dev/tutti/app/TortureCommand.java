package dev.tutti.app;

import dev.tutti.torture.Kind;
import dev.tutti.torture.Torture;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Does harm to runtimes and their disks; exit code 1 at the first violation. */
@Command(
    name = "torture",
    mixinStandardHelpOptions = true,
    description = {
      "Kill runtimes under load, damage and fail their disks, and check what they promised.",
      "KIND is kill, kill-at, power, damage, disk-full, io-error, slow-disk,",
      "choreography (fifty targets, some bad) or isolation (what one bad target costs the others)."
    })
final class TortureCommand implements Callable<Integer> {
  private static final long MOST_RANDOM_SEED = 1L << 40;

  @Parameters(paramLabel = "KIND", description = "what is done to them")
  private String kind = "";

  @Option(names = "--cycles", defaultValue = "10", description = "how often (${DEFAULT-VALUE})")
  private int cycles;

  @Option(names = "--seed", description = "of chance; random unless given")
  private @Nullable Long seed;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (cycles < 1) {
      throw new Complaint("--cycles: " + cycles + " is less than 1, and would show nothing");
    }
    Kind chosen =
        Kind.of(kind)
            .orElseThrow(() ->
                new Complaint(
                    "there is no torture "
                        + kind
                        + "; there is "
                        + Stream.of(Kind.values())
                            .map(Kind::text)
                            .collect(Collectors.joining(", "))));
    long first = seed == null ? new SecureRandom().nextLong(MOST_RANDOM_SEED) : seed;
    Path folder = Files.createTempDirectory("tutti-torture-");
    return new Torture(command(), folder, System.out).run(chosen, cycles, first) ? 0 : 1;
  }

  /** How this process runs Tutti, with a small heap and the collector that fits it. */
  private static List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (!argument.startsWith("-Xmx")
          && !argument.startsWith("-agentlib")
          && !argument.matches("-XX:[+]Use\\w+GC")) {
        command.add(argument);
      }
    }
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    return command;
  }
}
