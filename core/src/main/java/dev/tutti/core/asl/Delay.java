package dev.tutti.core.asl;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.asl.data.Amount;
import dev.tutti.core.asl.data.Jsonata;
import dev.tutti.core.asl.data.Path;
import dev.tutti.core.asl.data.Scope;
import dev.tutti.core.asl.data.StatesError;
import dev.tutti.core.asl.data.Timestamps;
import java.time.Duration;
import java.time.Instant;

/** How long a Wait state waits. */
public sealed interface Delay {
  /** Longest delay, in seconds, as AWS refuses more. */
  long LONGEST_SECONDS = Integer.MAX_VALUE;

  /**
   * When the wait is over; may lie in the past.
   *
   * @param entered when the state was entered
   * @param scope over the state's input after InputPath
   * @throws StatesError States.Runtime where a path gives no delay, or one that is too long
   */
  Instant dueAt(Instant entered, Scope scope);

  private static Instant bounded(Instant entered, Instant due) {
    if (Duration.between(entered, due).toSeconds() > LONGEST_SECONDS) {
      throw StatesError.runtime("Wait state delay is too long.");
    }
    return due;
  }

  /** Seconds. */
  record ForSeconds(long seconds) implements Delay {
    @Override
    public Instant dueAt(Instant entered, Scope scope) {
      return entered.plusSeconds(seconds);
    }
  }

  /** Timestamp. */
  record Until(Instant time) implements Delay {
    @Override
    public Instant dueAt(Instant entered, Scope scope) {
      return bounded(entered, time);
    }
  }

  /** SecondsPath. */
  record ForSecondsAt(Path path) implements Delay {
    @Override
    public Instant dueAt(Instant entered, Scope scope) {
      JsonNode found = present("SecondsPath", path, scope);
      long seconds;
      try {
        seconds = Long.parseLong(found.isContainerNode() ? "" : found.asText());
      } catch (NumberFormatException e) {
        throw StatesError.runtime(
            "The SecondsPath parameter cannot be parsed as a long value: "
                + path.text()
                + " == "
                + shown(found));
      }
      if (seconds < 0) {
        throw StatesError.runtime(
            "The SecondsPath parameter references a negative value: "
                + path.text()
                + " == "
                + seconds);
      }
      return bounded(entered, entered.plusSeconds(Math.min(seconds, LONGEST_SECONDS + 1)));
    }
  }

  /** TimestampPath. */
  record UntilAt(Path path) implements Delay {
    @Override
    public Instant dueAt(Instant entered, Scope scope) {
      JsonNode found = present("TimestampPath", path, scope);
      Instant time = found.isTextual() ? Timestamps.parse(found.textValue()) : null;
      if (time == null) {
        throw StatesError.runtime(
            "The TimestampPath parameter does not reference a valid ISO-8601 extended offset"
                + " date-time format string: "
                + path.text()
                + " == "
                + shown(found));
      }
      return bounded(entered, time);
    }
  }

  /** Seconds by JSONata. */
  record QueriedSeconds(Amount seconds) implements Delay {
    @Override
    public Instant dueAt(Instant entered, Scope scope) {
      return entered.plusSeconds(seconds.value(scope));
    }
  }

  /** Timestamp by JSONata. */
  record QueriedTime(Jsonata expression) implements Delay {
    @Override
    public Instant dueAt(Instant entered, Scope scope) {
      String text = expression.typed(scope, "Timestamp", Jsonata.Type.STRING).textValue();
      Instant time = Timestamps.parse(text);
      if (time == null) {
        throw StatesError.query(
            "Timestamp",
            "The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format"
                + " string: "
                + text);
      }
      return bounded(entered, time);
    }
  }

  private static JsonNode present(String field, Path path, Scope scope) {
    JsonNode found = path.find(scope);
    if (found.isMissingNode()) {
      throw StatesError.runtime(
          "The " + field + " parameter does not reference an input value: " + path.text());
    }
    return found;
  }

  private static String shown(JsonNode value) {
    return value.isTextual() ? value.textValue() : value.toString();
  }
}
