package dev.tutti.core.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.delivery.Deliveries;
import dev.tutti.core.kernel.GoldenFacts;
import dev.tutti.core.kernel.Moment;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.kernel.Stage;
import dev.tutti.core.kernel.Transcripts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SchedulesTest {
  private static final ScheduleArn ARN =
      new ScheduleArn("us-east-1", "111111111111", "default", "tick");
  private static final ScheduleTarget QUEUE =
      new ScheduleTarget(
          "arn:aws:sqs:us-east-1:111111111111:inbox",
          "arn:aws:iam::111111111111:role/caller",
          null,
          null,
          185,
          86_400,
          null,
          null,
          null);

  @TestFactory
  Stream<DynamicTest> transcripts() {
    return Transcripts.of(
        "scheduler",
        () ->
            new Stage().plays(new Schedules()).plays(new ScheduleGroups()).plays(new Deliveries()));
  }

  @Test
  void factsStayReadable() {
    GoldenFacts.check("schedules", ScheduleFact.class);
    GoldenFacts.check("schedule-groups", GroupFact.class);
  }

  @Test
  void aRateOfAMinuteIsCalledOnceAMinuteForADay() {
    Stage stage = stage("rate(1 minute)", "UTC", 0);
    long start = stage.millis();
    for (int minute = 0; minute < 24 * 60; minute++) {
      stage.pass(Duration.ofMinutes(1));
    }
    assertThat(due(stage))
        .hasSize(24 * 60 + 1)
        .startsWith(start, start + 60_000)
        .doesNotHaveDuplicates()
        .isSorted();
  }

  @Test
  void whoSleptOverSeveralTimesIsCalledOnceForTheLast() {
    Stage stage = stage("cron(30 * * * ? *)", "UTC", 0);
    long late = stage.millis() + Duration.ofMinutes(10 * 60 + 15).toMillis();
    var decision =
        new Schedules()
            .decide(
                (Schedule) stage.state(Schedules.key(ARN)),
                new ScheduleCommand.Due(1),
                new Moment(late, 1));
    assertThat(decision.facts())
        .singleElement()
        .isInstanceOfSatisfying(
            ScheduleFact.Fired.class,
            fired ->
                assertThat(Instant.ofEpochMilli(fired.scheduledMillis()))
                    .isEqualTo("2026-01-01T09:30:00Z"));
  }

  @Test
  void aCallInAWindowComesLaterThanDueAndTheDueTimesStay() {
    Stage stage = stage("cron(0 * * * ? *)", "UTC", 15);
    for (int minute = 0; minute < 24 * 60 + 15; minute++) {
      stage.pass(Duration.ofMinutes(1));
    }
    List<Recorded<ScheduleFact>> fired =
        stage.<ScheduleFact>facts(Schedules.key(ARN)).stream()
            .filter(each -> each.fact() instanceof ScheduleFact.Fired)
            .toList();
    assertThat(fired).hasSize(25);
    assertThat(fired)
        .allSatisfy(each -> {
          ScheduleFact.Fired fact = (ScheduleFact.Fired) each.fact();
          assertThat(fact.scheduledMillis() % 3_600_000).isZero();
          assertThat(each.millis() - fact.scheduledMillis()).isBetween(0L, 16 * 60_000L);
        });
    assertThat(fired.stream().map(each -> each.millis() % 3_600_000).distinct().count())
        .isGreaterThan(5);
  }

  private static Stage stage(String expression, String zone, int windowMinutes) {
    Stage stage = new Stage().plays(new Schedules()).plays(new Deliveries());
    stage.send(
        Schedules.key(ARN),
        new ScheduleCommand.Create(
            new ScheduleSettings(
                expression, zone, null, null, null, windowMinutes, true, false, null, QUEUE),
            null));
    stage.pass(Duration.ZERO);
    return stage;
  }

  private static List<Long> due(Stage stage) {
    return stage.<ScheduleFact>facts(Schedules.key(ARN)).stream()
        .map(Recorded::fact)
        .filter(ScheduleFact.Fired.class::isInstance)
        .map(fact -> ((ScheduleFact.Fired) fact).scheduledMillis())
        .toList();
  }
}
