package dev.tutti.app;

import dev.tutti.rehearse.mock.BadFile;
import dev.tutti.rehearse.scenario.Scenario;
import dev.tutti.rehearse.scenario.ScenarioFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a folder's scenarios; exit code 1 where one of them fails. */
@Command(
    name = "rehearse",
    mixinStandardHelpOptions = true,
    description = {
      "Run the scenario files of a folder, DIR/scenarios/*.yaml, over all its contexts in virtual"
          + " time.",
      "Rules, deliveries and executions are the engine's own; functions are played. See"
          + " docs/rehearse.md."
    })
final class RehearseCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "a folder as ./tutti up takes it")
  private Path folder = Path.of("");

  @Option(names = "--scenario", paramLabel = "NAME", description = "only the one of this name")
  private @Nullable String only;

  @Option(names = "--trace", description = "show what happened where all went well, too")
  private boolean trace;

  @Override
  public Integer call() {
    Deploying.checkFolder(folder);
    int passed = 0;
    int failed = 0;
    for (Path file : files(folder.resolve("scenarios"))) {
      for (Scenario scenario : scenarios(file)) {
        if (only == null || only.equals(scenario.name())) {
          if (rehearsed(file, scenario)) {
            passed++;
          } else {
            failed++;
          }
        }
      }
    }
    if (passed + failed == 0) {
      throw new Complaint(only == null ? "there are no scenarios" : "there is no scenario " + only);
    }
    System.out.println(passed + " passed, " + failed + " failed");
    return failed == 0 ? 0 : 1;
  }

  private boolean rehearsed(Path file, Scenario scenario) {
    Rehearsal.Report report;
    try {
      report = Rehearsal.play(folder, file, scenario);
    } catch (BadFile e) {
      throw new Complaint(String.valueOf(e.getMessage()), e);
    }
    boolean well = report.problems().isEmpty();
    System.out.printf(
        "%s  %s  (%.3f s of virtual time)%n",
        well ? "ok  " : "FAIL", scenario.name(), report.millis() / 1000.0);
    report.problems().forEach(problem -> System.out.println("      " + problem));
    if (!well || trace) {
      System.out.println("      what happened:");
      report.happened().forEach(line -> System.out.println("      " + line));
    }
    return well;
  }

  private static List<Scenario> scenarios(Path file) {
    try {
      return ScenarioFile.read(file.toString(), Documents.read(file));
    } catch (BadFile e) {
      throw new Complaint(String.valueOf(e.getMessage()), e);
    }
  }

  private static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new Complaint("there is no " + folder + " with scenario files");
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches("[^.].*\\.ya?ml"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new Complaint(folder + " can't be listed: " + e.getMessage(), e);
    }
  }
}
