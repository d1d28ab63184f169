package dev.tutti.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class CrewTest {
  private final Crew crew = new Crew();

  @Test
  void anotherProcessIsStartedWhereWaitingWouldTakeLongerThanAStart() {
    crew.add();
    crew.kept(Duration.ofMillis(400).toNanos());
    assertThat(crew.isShort(false)).isTrue(); // a start is taken to last 150 ms
  }

  @Test
  void startsThatTakeLongerAreWorthALongerWait() {
    crew.add();
    crew.kept(Duration.ofMillis(400).toNanos());
    crew.started(Duration.ofMillis(900).toNanos());
    assertThat(crew.isShort(false)).isFalse();
    assertThat(crew.patienceNanos(false)).isEqualTo(Duration.ofMillis(900).toNanos());
  }

  @Test
  void quickStartsAndSlowOnesAreWorthNoLessAndNoMoreThanTheBounds() {
    crew.started(1);
    assertThat(crew.patienceNanos(false)).isEqualTo(Crew.LEAST_START_NANOS);
    Crew slow = new Crew();
    slow.started(Duration.ofMinutes(1).toNanos());
    assertThat(slow.patienceNanos(false)).isEqualTo(Duration.ofSeconds(3).toNanos());
  }

  @Test
  void anotherProcessHasToBeWorthFarMoreWhileTheProcessorsAreBusy() {
    crew.add();
    crew.kept(Duration.ofMillis(400).toNanos());
    assertThat(crew.isShort(true)).isFalse();
    crew.kept(Duration.ofSeconds(60).toNanos());
    assertThat(crew.isShort(true)).isTrue();
  }

  @Test
  void noMoreStartAtATimeThanHaveStarted() {
    assertThat(crew.mayGrow(0)).isTrue();
    crew.add();
    assertThat(crew.mayGrow(1)).isFalse();
    assertThat(crew.mayGrow(0)).isTrue();
  }
}
