package dev.tutti.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every Java source is as google-java-format writes it. {@code mvn -q -pl house test
 * -Dtest=FormatTest -Dformat=write} rewrites what isn't.
 *
 * <p>A test and not a plugin, because the formatter has to run on the JDK that the sources are
 * written for, and plugins run on whatever JDK runs Maven.
 */
final class FormatTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @Test
  void everySourceIsFormatted() throws IOException {
    boolean write = "write".equals(System.getProperty("format"));
    List<Path> sources = sources();
    assertThat(sources).isNotEmpty();

    List<Path> changed =
        sources.parallelStream().filter(source -> !reformat(source, write)).sorted().toList();

    if (!write) {
      assertThat(changed).as("not formatted; run with -Dformat=write").isEmpty();
    }
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !ROOT.relativize(file).toString().contains("target/"))
          .toList();
    }
  }

  /** Returns whether the file was formatted already. */
  private static boolean reformat(Path file, boolean write) {
    try {
      String source = Files.readString(file);
      String formatted =
          new Formatter()
              .formatSourceAndFixImports(RemoveUnusedImports.removeUnusedImports(source));
      if (formatted.equals(source)) {
        return true;
      }
      if (write) {
        Files.writeString(file, formatted);
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (FormatterException e) {
      throw new IllegalStateException(file + ": " + e.getMessage(), e);
    }
  }
}
