package dev.tutti.core.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.delivery.Deliveries;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.GoldenFacts;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Moment;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.kernel.Request;
import dev.tutti.core.kernel.Stage;
import dev.tutti.core.kernel.Transcripts;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  @Test
  void aDeadLetterTellsWhatTheTargetSaidOfItsOperation() {
    JsonNode letter =
        deadLetter(
            "arn:aws:sqs:us-east-1:111111111111:inbox",
            "hello",
            new Outcome.Failed("sqs", "QueueDoesNotExist", "The queue does not exist.", 400));

    assertThat(letter.path("QueueUrl").asText()).endsWith("/111111111111/letters");
    assertThat(Json.parse(letter.path("MessageBody").asText()))
        .isEqualTo(
            Json.object()
                .put("QueueUrl", "https://sqs.us-east-1.amazonaws.com/111111111111/inbox")
                .put("MessageBody", "hello"));
    assertThat(attributes(letter))
        .containsEntry("ERROR_CODE", "String AWS.SimpleQueueService.NonExistentQueue")
        .containsEntry("ERROR_MESSAGE", "String The queue does not exist.")
        .containsEntry("RETRY_ATTEMPTS", "String 0")
        .containsEntry("SCHEDULED_TIME", "String 2026-01-01T00:00:00Z")
        .containsEntry("SCHEDULE_ARN", "String " + ARN.text())
        .containsEntry("TARGET_ARN", "String arn:aws:scheduler:::aws-sdk:sqs:sendMessage")
        .containsEntry("IS_PAYLOAD_TRUNCATED", "String false")
        .containsKey("EXECUTION_ID")
        .doesNotContainKey("EXHAUSTED_RETRY_CONDITION");
  }

  @Test
  void aDeadLetterHasAFunctionsPayloadAsTextAndSaysWhichBoundWasReached() {
    String function = "arn:aws:lambda:us-east-1:111111111111:function:f";
    JsonNode letter =
        deadLetter(
            function,
            "{\"n\":1}",
            new Outcome.Failed("lambda", "TooManyRequestsException", "Rate exceeded", 429));

    assertThat(Json.parse(letter.path("MessageBody").asText()))
        .isEqualTo(
            Json.object()
                .put("FunctionName", function)
                .put("InvocationType", "Event")
                .put("Payload", "{\"n\":1}"));
    assertThat(attributes(letter))
        .containsEntry("ERROR_CODE", "String TooManyRequestsException")
        .containsEntry("TARGET_ARN", "String arn:aws:scheduler:::aws-sdk:lambda:invoke")
        .containsEntry("EXHAUSTED_RETRY_CONDITION", "String MaximumRetryAttempts");
  }

  @Test
  void aDeadLetterOfAUniversalTargetIsItsInput() {
    String target = "arn:aws:scheduler:::aws-sdk:sqs:createQueue";
    JsonNode letter = deadLetter(target, "{\"QueueName\":\"n\"}", Outcome.Failed.untried());

    assertThat(letter.path("MessageBody").asText()).isEqualTo("{\"QueueName\":\"n\"}");
    assertThat(attributes(letter))
        .containsEntry("ERROR_CODE", "String AWS.Scheduler.InternalServerError")
        .containsEntry("TARGET_ARN", "String " + target)
        .containsEntry("EXHAUSTED_RETRY_CONDITION", "String MaximumEventAgeInSeconds");
  }

  /** The message for a run that is tried once, and fails so. */
  private static JsonNode deadLetter(String target, String input, Outcome.Failed failed) {
    Stage stage =
        stage(
            "rate(1 minute)",
            "UTC",
            0,
            new ScheduleTarget(
                target,
                "arn:aws:iam::111111111111:role/caller",
                input,
                "arn:aws:sqs:us-east-1:111111111111:letters",
                0,
                86_400,
                null,
                null,
                null));
    stage.deliver();
    ScheduleFact.Fired fired =
        (ScheduleFact.Fired) stage.<ScheduleFact>facts(Schedules.key(ARN)).getLast().fact();
    Key delivery = Deliveries.key(ARN.text() + '|' + fired.executionId());
    assertThat(stage.settle(delivery, "attempt/1", failed)).isTrue();
    String call = stage.calls(delivery).getLast();
    assertThat(call).startsWith("dead-letters/");
    return ((Request.Operation) stage.request(delivery, call)).input();
  }

  /** A message's attributes by name, each with its type. */
  private static Map<String, String> attributes(JsonNode message) {
    Map<String, String> attributes = new HashMap<>();
    for (Map.Entry<String, JsonNode> each : message.path("MessageAttributes").properties()) {
      attributes.put(
          each.getKey(),
          each.getValue().path("DataType").asText()
              + ' '
              + each.getValue().path("StringValue").asText());
    }
    return attributes;
  }

  private static Stage stage(String expression, String zone, int windowMinutes) {
    return stage(expression, zone, windowMinutes, QUEUE);
  }

  private static Stage stage(
      String expression, String zone, int windowMinutes, ScheduleTarget target) {
    Stage stage = new Stage().plays(new Schedules()).plays(new Deliveries());
    stage.send(
        Schedules.key(ARN),
        new ScheduleCommand.Create(
            new ScheduleSettings(
                expression, zone, null, null, null, windowMinutes, true, false, null, target),
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
