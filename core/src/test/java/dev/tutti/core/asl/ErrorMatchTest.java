package dev.tutti.core.asl;

import static dev.tutti.core.asl.Samples.json;
import static dev.tutti.core.asl.Samples.scope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.asl.data.JsonPathFlow;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorMatchTest {
  @ParameterizedTest
  @CsvSource({
    "MyError,                   MyError,                     TASK,  true",
    "MyError,                   Other,                       TASK,  false",
    "States.ALL,                Other,                       TASK,  true",
    "States.ALL,                States.Timeout,              TASK,  true",
    "States.ALL,                States.HeartbeatTimeout,     TASK,  true",
    "States.ALL,                States.DataLimitExceeded,    TASK,  true",
    "States.ALL,                States.Runtime,              STATE, false",
    "States.Runtime,            States.Runtime,              STATE, false",
    "States.TaskFailed,         Exception,                   TASK,  true",
    "States.TaskFailed,         States.TaskFailed,           TASK,  true",
    "States.TaskFailed,         Lambda.Unknown,              TASK,  true",
    "States.TaskFailed,         States.Timeout,              TASK,  false",
    "States.TaskFailed,         States.HeartbeatTimeout,     TASK,  false",
    "States.TaskFailed,         Exception,                   STATE, false",
    "States.Timeout,            States.Timeout,              TASK,  true",
    "States.Timeout,            States.HeartbeatTimeout,     TASK,  true",
    "States.HeartbeatTimeout,   States.Timeout,              TASK,  false",
    "States.HeartbeatTimeout,   States.Timeout,              HEARTBEAT, true",
    "States.Timeout,            States.Timeout,              HEARTBEAT, true",
    "States.TaskFailed,         States.Timeout,              HEARTBEAT, false",
    "States.DataLimitExceeded,  States.DataLimitExceeded,    TASK,  true",
    "States.BranchFailed,       States.BranchFailed,         STATE, true",
  })
  void matches(String name, String error, ErrorMatch.Source source, boolean expected) {
    assertThat(new ErrorMatch(List.of("Never", name)).matches(error, source)).isEqualTo(expected);
  }

  @Test
  void theFirstCatcherThatMatchesTakesErrorAndCause() {
    var named = new Catcher(null, new ErrorMatch(List.of("A")), JsonPathFlow.PLAIN, "ForA");
    var all = new Catcher(null, new ErrorMatch(List.of("States.ALL")), JsonPathFlow.PLAIN, "Rest");
    var catchers = List.of(named, all);
    var taken = Objects.requireNonNull(Catcher.matching(catchers, "B", ErrorMatch.Source.TASK));
    assertThat(taken.next()).isEqualTo("Rest");
    assertThat(Catcher.matching(catchers, "A", ErrorMatch.Source.TASK)).isSameAs(named);
    assertThat(Catcher.matching(catchers, "States.Runtime", ErrorMatch.Source.STATE)).isNull();
    var raw = scope(json("{'kept':1}"));
    assertThat(taken.output(raw, Catcher.errorOutput("B", "why")))
        .hasToString("{\"Error\":\"B\",\"Cause\":\"why\"}");
    assertThat(taken.output(raw, Catcher.errorOutput("B", null))).hasToString("{\"Error\":\"B\"}");
  }
}
