package dev.tutti.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class PacesTest {
  private final Paces paces = new Paces(target -> target.equals("slow") ? 4 : 0);

  @Test
  void reservedTurnsAreSpaced() {
    long[] turns = LongStream.range(0, 5).map(_ -> paces.reserve("slow", 10_000)).toArray();

    // A moment that wasn't used before makes up for late wakings, once.
    assertThat(turns).containsExactly(10_000, 10_200, 10_450, 10_700, 10_950);
  }

  @Test
  void whatReservesAndWhatWaitsInALaneShareTheTurns() {
    Pace lane = paces.of("slow");
    lane.begin(10_000);

    long reserved = paces.reserve("slow", 10_000);

    assertThat(reserved).isEqualTo(10_200);
    assertThat(lane.admits(10_300)).isFalse();
    assertThat(lane.admits(10_450)).isTrue();
  }

  @Test
  void whoHasNoBoundIsCalledAtOnce() {
    assertThat(LongStream.range(0, 100).map(_ -> paces.reserve("any", 10_000)))
        .containsOnly(10_000L);
  }

  @Test
  void aClockThatIsSetBackMakesNobodyWaitForIt() {
    long[] before = LongStream.range(0, 3).map(_ -> paces.reserve("slow", 3_610_000)).toArray();
    assertThat(before).containsExactly(3_610_000, 3_610_200, 3_610_450);

    assertThat(paces.reserve("slow", 10_000)).isEqualTo(10_700);
    assertThat(paces.of("slow").admits(10_950)).isTrue();
  }
}
