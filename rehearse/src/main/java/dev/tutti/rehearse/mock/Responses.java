package dev.tutti.rehearse.mock;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mock's answers by how often it was asked before, as Step Functions Local writes them: {@code
 * {"0": {"Throw": …}, "1-2": {"Throw": …}, "3": {"Return": …}}}. A single {@code {"Return": …}} or
 * {@code {"Throw": …}} answers whatever the number.
 *
 * @param place where it stands, for complaints
 */
public record Responses(String place, List<Turn> turns) {
  private static final Pattern NUMBERS = Pattern.compile("(\\d{1,9})(?:-(\\d{1,9}))?");

  public Responses {
    turns = List.copyOf(turns);
  }

  /** The answer to the calls numbered {@code first} to {@code last}, from 0. */
  public record Turn(int first, int last, Cue cue) {}

  /**
   * Reads a mock.
   *
   * @throws BadFile where it is none
   */
  public static Responses read(String place, JsonNode written) {
    if (!written.isObject() || written.isEmpty()) {
      throw new BadFile(place, "a mock is an object with Return, Throw or numbers");
    }
    if (written.has("Return") || written.has("Throw")) {
      return new Responses(place, List.of(new Turn(0, Integer.MAX_VALUE, cue(place, written))));
    }
    List<Turn> turns = new ArrayList<>();
    written
        .properties()
        .forEach(entry -> {
          String at = place + "/" + entry.getKey();
          Matcher numbers = NUMBERS.matcher(entry.getKey());
          if (!numbers.matches()) {
            throw new BadFile(at, "\"" + entry.getKey() + "\" is neither a number nor like 1-2");
          }
          int first = Integer.parseInt(numbers.group(1));
          int last = numbers.group(2) == null ? first : Integer.parseInt(numbers.group(2));
          if (last < first) {
            throw new BadFile(at, "the range ends before it begins");
          }
          for (Turn other : turns) {
            if (first <= other.last() && other.first() <= last) {
              throw new BadFile(at, "another answer has the same number");
            }
          }
          turns.add(new Turn(first, last, cue(at, entry.getValue())));
        });
    return new Responses(place, turns);
  }

  private static Cue cue(String place, JsonNode written) {
    if (written.size() != 1 || !(written.has("Return") || written.has("Throw"))) {
      throw new BadFile(place, "an answer has either Return or Throw");
    }
    if (written.has("Return")) {
      return new Cue.Return(written.get("Return"));
    }
    JsonNode thrown = written.get("Throw");
    if (!thrown.path("Error").isTextual()) {
      throw new BadFile(place + "/Throw", "an error needs the text Error");
    }
    return new Cue.Throw(thrown.get("Error").textValue(), thrown.path("Cause").asText(""));
  }

  /**
   * The answer.
   *
   * @param before how often it was asked before
   */
  public Optional<Cue> at(int before) {
    return turns.stream()
        .filter(turn -> turn.first() <= before && before <= turn.last())
        .map(Turn::cue)
        .findFirst();
  }
}
