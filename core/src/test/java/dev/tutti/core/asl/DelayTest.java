package dev.tutti.core.asl;

import static dev.tutti.core.asl.Samples.json;
import static dev.tutti.core.asl.Samples.scope;
import static dev.tutti.core.asl.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.core.asl.compile.Definitions;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DelayTest {
  private static final Instant ENTERED = Instant.parse("2026-11-21T10:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'Seconds':0                               | {}                                       | 2026-11-21T10:00:00Z
          'Seconds':90                              | {}                                       | 2026-11-21T10:01:30Z
          'Timestamp':'2016-03-14T01:59:00Z'        | {}                                       | 2016-03-14T01:59:00Z
          'Timestamp':'2026-12-01T00:00:00+02:00'   | {}                                       | 2026-11-30T22:00:00Z
          'SecondsPath':'$.w'                       | {'w':60}                                 | 2026-11-21T10:01:00Z
          'SecondsPath':'$.w'                       | {'w':2147483647}                         | 2094-12-09T13:14:07Z
          'TimestampPath':'$.w'                     | {'w':'2026-11-21T10:00:00.243167252Z'}   | 2026-11-21T10:00:00.243167252Z
          'TimestampPath':'$.w'                     | {'w':'2094-12-09T10:00:00Z'}             | 2094-12-09T10:00:00Z
          """)
  void isDue(String fields, String input, Instant due) {
    assertThat(delay(fields).dueAt(ENTERED, scope(json(input)))).isEqualTo(due);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'SecondsPath':'$.w'   | {}                             | The SecondsPath parameter does not reference an input value: $.w
          'SecondsPath':'$.w'   | {'w':-1}                       | The SecondsPath parameter references a negative value: $.w == -1
          'SecondsPath':'$.w'   | {'w':1.5}                      | The SecondsPath parameter cannot be parsed as a long value: $.w == 1.5
          'SecondsPath':'$.w'   | {'w':-1.5}                     | The SecondsPath parameter cannot be parsed as a long value: $.w == -1.5
          'SecondsPath':'$.w'   | {'w':{}}                       | The SecondsPath parameter cannot be parsed as a long value: $.w == {}
          'SecondsPath':'$.w'   | {'w':2147483648}               | Wait state delay is too long.
          'SecondsPath':'$.w'   | {'w':9223372036854775807}      | Wait state delay is too long.
          'TimestampPath':'$.w' | {}                             | The TimestampPath parameter does not reference an input value: $.w
          'TimestampPath':'$.w' | {'w':'2094-12-10T10:00:00Z'}   | Wait state delay is too long.
          'TimestampPath':'$.w' | {'w':'2016-13-05T21:29:29Z'}   | The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: $.w == 2016-13-05T21:29:29Z
          'TimestampPath':'$.w' | {'w':'2016-12-05T21:29:29'}    | The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: $.w == 2016-12-05T21:29:29
          'TimestampPath':'$.w' | {'w':5}                        | The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: $.w == 5
          """)
  void failsAsOnAws(String fields, String input, String cause) {
    assertThatThrownBy(() -> delay(fields).dueAt(ENTERED, scope(json(input))))
        .hasMessage("States.Runtime: " + cause);
  }

  private static Delay delay(String fields) {
    State state = Definitions.compileState("W", text("{'Type':'Wait','End':true," + fields + "}"));
    return ((WaitState) state).delay();
  }
}
