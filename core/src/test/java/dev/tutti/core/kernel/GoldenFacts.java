package dev.tutti.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.json.Codec;
import dev.tutti.core.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Freezes facts as they were released: a file {@code golden/<name>.jsonl} holds at least one line
 * of JSON for each fact, which is never edited afterwards, and which today's code must read and
 * write back letter by letter.
 */
public final class GoldenFacts {
  private GoldenFacts() {}

  public static <F extends Fact> void check(String name, Class<F> facts) {
    List<String> lines;
    try {
      lines = Files.readAllLines(Path.of("src/test/resources/golden", name + ".jsonl"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var codec = new Codec<>(facts);
    var seen = new ArrayList<String>();
    for (String line : lines) {
      F fact = codec.decode(Json.parse(line));
      seen.add(fact.getClass().getSimpleName());
      assertThat(Json.write(codec.encode(fact))).isEqualTo(line);
    }
    assertThat(seen).as("facts with an example in " + name).containsAll(names(facts));
  }

  private static List<String> names(Class<?> sealed) {
    var names = new ArrayList<String>();
    for (Class<?> permitted : sealed.getPermittedSubclasses()) {
      if (permitted.isSealed()) {
        names.addAll(names(permitted));
      } else {
        names.add(permitted.getSimpleName());
      }
    }
    return names;
  }
}
