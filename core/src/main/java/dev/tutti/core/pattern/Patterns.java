package dev.tutti.core.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.event.ruler.GenericMachine;
import software.amazon.event.ruler.JsonRuleCompiler;

/**
 * Event patterns, by AWS's own matcher (event-ruler). The only file that knows it.
 *
 * <p>A compiled set is never changed: removing a rule from the library's machine can hide others,
 * so whoever changes a set compiles another.
 */
public final class Patterns {
  private static final String TOO_COMPLEX =
      "Rule is too complex - try using fewer wildcard characters or fewer repeating character"
          + " sequences after a wildcard character";

  private static final Pattern PLACE =
      Pattern.compile("\n at \\[Source: .*; line: (\\d+), column: (\\d+)]", Pattern.DOTALL);

  /** Most wildcards of one value that are followed by the same character. */
  private static final int MAX_REPEATED_WILDCARDS = 4;

  /** Most wildcards of a pattern. */
  private static final int MAX_WILDCARDS = 64;

  /** Most numeric matchers of a pattern: distinct open ranges cost the matcher their product. */
  private static final int MAX_NUMERIC = 100;

  private Patterns() {}

  /** Why a text is no event pattern, in AWS's words; empty where it is one. */
  public static Optional<String> fault(String pattern) {
    String fault = JsonRuleCompiler.check(pattern);
    if (fault != null) {
      int place = fault.indexOf("\n at [Source");
      return Optional.of(place < 0 ? fault : fault.substring(0, place));
    }
    return isTooComplex(pattern) ? Optional.of(TOO_COMPLEX) : Optional.empty();
  }

  /**
   * Whether one pattern matches an event.
   *
   * @param pattern one without {@link #fault}
   */
  public static boolean matches(String pattern, String event) {
    GenericMachine<String> machine = machine(List.of(pattern), Function.identity());
    try {
      return !machine.rulesForJSONEvent(event).isEmpty();
    } catch (Exception e) {
      throw new IllegalStateException("an event could not be matched", e);
    }
  }

  /** Compiles the patterns of things. */
  public static <T> Compiled<T> compile(Collection<T> things, Function<T, String> pattern) {
    return new Compiled<>(machine(things, pattern));
  }

  private static <T> GenericMachine<T> machine(Collection<T> things, Function<T, String> pattern) {
    GenericMachine<T> machine = GenericMachine.<T>builder().build();
    for (T thing : things) {
      try {
        machine.addRule(thing, pattern.apply(thing));
      } catch (IOException e) {
        throw new IllegalStateException("a pattern that was accepted can't be compiled", e);
      }
    }
    return machine;
  }

  /** Things by their patterns; safe to use from any thread. */
  public static final class Compiled<T> {
    private final GenericMachine<T> machine;

    private Compiled(GenericMachine<T> machine) {
      this.machine = machine;
    }

    /** The things whose patterns match an event. It has been parsed once, for all sets. */
    public List<T> match(JsonNode event) {
      return machine.rulesForJSONEvent(event);
    }
  }

  /**
   * A pattern that many events are matched with, one by one.
   *
   * @param pattern one without {@link #fault}
   */
  public static Single single(String pattern) {
    return new Single(machine(List.of(pattern), Function.identity()));
  }

  /** One pattern, compiled; safe to use from any thread. */
  public static final class Single {
    private final GenericMachine<String> machine;

    private Single(GenericMachine<String> machine) {
      this.machine = machine;
    }

    /** Whether it matches an event, an object. */
    public boolean matches(JsonNode event) {
      return !machine.rulesForJSONEvent(event).isEmpty();
    }
  }

  /**
   * Where a text stops being an event pattern, as the matcher's reader counts.
   *
   * @param message in AWS's words
   * @param line from 1
   * @param column from 1
   */
  public record Fault(String message, int line, int column) {}

  /** As {@link #fault}, with the place; empty where the text is a pattern the matcher takes. */
  public static Optional<Fault> faultAt(String pattern) {
    String fault = JsonRuleCompiler.check(pattern);
    if (fault == null) {
      return Optional.empty();
    }
    Matcher at = PLACE.matcher(fault);
    return Optional.of(
        at.find()
            ? new Fault(
                fault.substring(0, at.start()),
                Integer.parseInt(at.group(1)),
                Integer.parseInt(at.group(2)))
            : new Fault(fault, 1, 1));
  }

  private static boolean isTooComplex(String pattern) {
    JsonNode tree;
    try {
      tree = Json.parse(pattern);
    } catch (MalformedJson e) {
      // The matcher reads what we don't (duplicate members, of which it takes the last one).
      return pattern.chars().filter(c -> c == '*').count() > MAX_REPEATED_WILDCARDS;
    }
    List<String> wildcards = new ArrayList<>();
    collect(tree, wildcards);
    long total = wildcards.stream().mapToLong(w -> w.chars().filter(c -> c == '*').count()).sum();
    return total > MAX_WILDCARDS
        || wildcards.stream().anyMatch(w -> repeated(w) > MAX_REPEATED_WILDCARDS)
        || tree.findValues("numeric").size() > MAX_NUMERIC;
  }

  private static void collect(JsonNode tree, List<String> wildcards) {
    for (JsonNode value : tree.findValues("wildcard")) {
      if (value.isArray()) {
        value.forEach(text -> wildcards.add(text.asText()));
      } else {
        wildcards.add(value.asText());
      }
    }
  }

  /** The most wildcards of a value that one character follows. */
  private static int repeated(String wildcard) {
    int most = 0;
    for (int i = 0; i + 1 < wildcard.length(); i++) {
      if (wildcard.charAt(i) == '*') {
        String step = wildcard.substring(i, i + 2);
        int count = 0;
        for (int at = wildcard.indexOf(step); at >= 0; at = wildcard.indexOf(step, at + 1)) {
          count++;
        }
        most = Math.max(most, count);
      }
    }
    return most;
  }
}
