package dev.tutti.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Plays the transcripts of a domain: text files in which what is done to aggregates stands beside
 * what they make of it.
 *
 * <p>A line that starts with {@code >} says what is done ({@code >>} goes on with the line before),
 * {@code #} starts a comment, and the lines between are what came of it. {@link Stage} knows the
 * things that can be done. With {@code -Dtranscripts=write} the outcome is written into the files
 * instead of being compared, for a person to read the difference.
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> transcripts() {
 *   return Transcripts.of("events", () -> {
 *     var catalogue = new BusCatalogue();
 *     return new Stage().plays(new Buses(), catalogue::on).plays(new Deliveries(catalogue));
 *   });
 * }
 * }</pre>
 */
public final class Transcripts {
  private static final Path ROOT = Path.of("src/test/resources/transcripts");

  private Transcripts() {}

  /**
   * One test for each file {@code transcripts/<domain>/*.txt}.
   *
   * @param stage makes a fresh stage for each transcript
   */
  public static Stream<DynamicTest> of(String domain, Supplier<Stage> stage) {
    Path folder = ROOT.resolve(domain);
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> sorted = files.filter(f -> f.toString().endsWith(".txt")).sorted().toList();
      assertThat(sorted).as("transcripts in " + folder).isNotEmpty();
      return sorted.stream()
          .map(f -> DynamicTest.dynamicTest(f.getFileName().toString(), () -> check(f, stage)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void check(Path file, Supplier<Stage> stage) throws IOException {
    String written = Files.readString(file);
    String played = play(written, stage.get());
    if ("write".equals(System.getProperty("transcripts"))) {
      Files.writeString(file, played);
    } else {
      assertThat(played).as(file + " (rewrite with -Dtranscripts=write)").isEqualTo(written);
    }
  }

  /** The transcript with what comes of it now. */
  static String play(String transcript, Stage stage) {
    var out = new ArrayList<String>();
    var instruction = new StringBuilder();
    for (String line : transcript.lines().toList()) {
      boolean goesOn = line.startsWith(">>");
      if (!goesOn && !instruction.isEmpty()) {
        out.addAll(stage.perform(instruction.toString()));
        instruction.setLength(0);
      }
      if (goesOn) {
        instruction.append(line.substring(2));
      } else if (line.startsWith(">")) {
        instruction.append(line.substring(1).strip());
      }
      if (line.startsWith(">") || line.startsWith("#") || line.isBlank()) {
        out.add(line);
      }
    }
    if (!instruction.isEmpty()) {
      out.addAll(stage.perform(instruction.toString()));
    }
    out.addAll(stage.close());
    return String.join("\n", out) + "\n";
  }
}
