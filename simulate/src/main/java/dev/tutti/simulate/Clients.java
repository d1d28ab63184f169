package dev.tutti.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.workflow.execution.Arns;
import dev.tutti.simulate.judge.Acknowledged;
import dev.tutti.wire.ServiceError;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Clients outside: they set things up, do their deeds, and write down what was acknowledged. Who
 * got no answer because the process died asks again later, as clients do.
 */
final class Clients {
  private static final int PATIENCE_MILLIS = 5000;
  private static final int TIDY_ROUNDS = 6;
  private static final long TIDY_MILLIS = 20_000;

  private final World world;
  private final List<String> defects;
  private final Acknowledged acknowledged = new Acknowledged();
  private final Receivers receivers;
  private final Consumer<String> workers;
  private @Nullable Incarnation process;
  private long calls;

  /**
   * Clients that have done nothing yet.
   *
   * @param workers what becomes of a Task that was polled for, by its token
   */
  Clients(World world, List<String> defects, Consumer<String> workers) {
    this.world = world;
    this.defects = defects;
    this.workers = workers;
    this.receivers = new Receivers(world, acknowledged, this::attempt, this::call);
  }

  Acknowledged acknowledged() {
    return acknowledged;
  }

  /** From now on receivers deal with all that they get. */
  void calm() {
    receivers.calm();
  }

  /** Empties the queues, as far as that goes while nobody sends any more. */
  void tidyUp() {
    for (int i = 0; i < TIDY_ROUNDS; i++) {
      for (String queue : List.of(Generator.QUEUE, Generator.FIFO, Generator.DEAD)) {
        world.later(i * TIDY_MILLIS, () -> attempt(() -> receivers.receive(queue), true));
      }
    }
  }

  /** From now on they talk to this process; null while there is none. */
  void talkTo(@Nullable Incarnation to) {
    process = to;
  }

  private JsonNode call(String context, String service, String operation, JsonNode input) {
    if (process == null) {
      throw new Crashed();
    }
    return process.call(context, service, operation, input, "client-" + calls++);
  }

  /** Makes buses, the topic, machines and rules. */
  void setUp(Scenario scenario) {
    call(Scenario.SHOP, "events", "CreateEventBus", Json.object().put("Name", "shop"));
    call(Scenario.GUEST, "events", "CreateEventBus", Json.object().put("Name", "inbox"));
    call(Scenario.SHOP, "events", "PutPermission", exposed());
    call(
        Scenario.GUEST,
        "events",
        "PutPermission",
        Json.object()
            .put("EventBusName", "inbox")
            .put("StatementId", "s")
            .put("Action", "events:PutEvents")
            .put("Principal", Scenario.SHOP));
    for (String context : List.of(Scenario.SHOP, Scenario.GUEST)) {
      call(context, "states", "CreateActivity", Json.object().put("name", Generator.ACTIVITY));
    }
    call(
        Scenario.SHOP,
        "events",
        "CreateArchive",
        Json.object().put("ArchiveName", "kept").put("EventSourceArn", Generator.SHOP_BUS));
    createQueue(Generator.DEAD, Json.object());
    createQueue(
        Generator.QUEUE,
        Json.object()
            .put(
                "RedrivePolicy",
                Json.write(
                    Json.object()
                        .put("deadLetterTargetArn", Generator.DEAD)
                        .put("maxReceiveCount", Generator.MAX_RECEIVES))));
    createQueue(
        Generator.FIFO,
        Json.object().put("FifoQueue", "true").put("ContentBasedDeduplication", "true"));
    connect(Scenario.SHOP);
    connect(Scenario.GUEST);
    call(Scenario.SHOP, "sns", "CreateTopic", Json.object().put("Name", "news"));
    call(
        Scenario.SHOP,
        "sns",
        "Subscribe",
        Json.object()
            .put("TopicArn", Generator.TOPIC)
            .put("Protocol", "lambda")
            .put("Endpoint", Generator.function(Scenario.SHOP, "f")));
    for (Scenario.Machine machine : scenario.machines()) {
      create(machine, "STANDARD");
    }
    for (Scenario.Twins twins : scenario.twins()) {
      create(twins.standard(), "STANDARD");
      create(twins.express(), "EXPRESS");
    }
    scenario.rules().forEach(this::subscribe);
  }

  private void create(Scenario.Machine machine, String type) {
    call(
        machine.context(),
        "states",
        "CreateStateMachine",
        Json.object()
            .put("name", machine.name())
            .put("type", type)
            .put("definition", Json.write(machine.definition()))
            .put("roleArn", "arn:aws:iam::" + machine.context() + ":role/r"));
  }

  private void connect(String context) {
    ObjectNode input = Json.object().put("Name", SimulatedWeb.CONNECTION);
    input
        .put("AuthorizationType", "API_KEY")
        .putObject("AuthParameters")
        .putObject("ApiKeyAuthParameters")
        .put("ApiKeyName", SimulatedWeb.HEADER)
        .put("ApiKeyValue", SimulatedWeb.SECRET);
    call(context, "events", "CreateConnection", input);
  }

  private void createQueue(String arn, ObjectNode attributes) {
    ObjectNode input = Json.object().put("QueueName", arn.substring(arn.lastIndexOf(':') + 1));
    input.set("Attributes", attributes);
    call(Scenario.SHOP, "sqs", "CreateQueue", input);
  }

  private static ObjectNode exposed() {
    String policy =
        ("{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"%s\"},\"Action\":"
                + "[\"events:PutRule\",\"events:PutTargets\"],\"Resource\":"
                + "\"arn:aws:events:us-east-1:%s:rule/shop/*\"}]}")
            .formatted(Scenario.GUEST, Scenario.SHOP);
    return Json.object().put("EventBusName", "shop").put("Policy", policy);
  }

  private void subscribe(Scenario.Rule rule) {
    pattern(rule, rule.pattern());
    ObjectNode input = Json.object().put("Rule", rule.name()).put("EventBusName", rule.bus());
    ArrayNode targets = input.putArray("Targets");
    targets.addAll(rule.targets());
    JsonNode put = call(rule.context(), "events", "PutTargets", input);
    if (put.path("FailedEntryCount").asInt() > 0) {
      throw new IllegalStateException("the scenario has targets that can't be put: " + put);
    }
  }

  private void pattern(Scenario.Rule rule, ObjectNode pattern) {
    call(
        rule.context(),
        "events",
        "PutRule",
        Json.object()
            .put("Name", rule.name())
            .put("EventBusName", rule.bus())
            .put("EventPattern", Json.write(pattern)));
  }

  /** Plans a deed. */
  void plan(Scenario.Deed deed) {
    boolean again = !(deed instanceof Scenario.Deed.Put) && !(deed instanceof Scenario.Deed.Send);
    world.later(deed.afterMillis(), () -> attempt(() -> perform(deed), again));
  }

  /**
   * Does something; a refusal is all right.
   *
   * @param again whether to do it once more where the process dies of it
   */
  private void attempt(Runnable deed, boolean again) {
    try {
      deed.run();
    } catch (Crashed e) {
      if (again) {
        world.later(world.random().nextInt(PATIENCE_MILLIS), () -> attempt(deed, true));
      }
      throw e;
    } catch (ServiceError refused) {
      acknowledged.refused(refused.code());
    } catch (RuntimeException defect) {
      defects.add("a client was answered by " + defect + ", " + defect.getCause());
    }
  }

  private void perform(Scenario.Deed deed) {
    switch (deed) {
      case Scenario.Deed.Start start -> {
        JsonNode answer = start("StartExecution", start.machineArn(), start.name(), start.input());
        acknowledged.started(
            start.machineArn(), start.name(), start.input(), answer.path("executionArn").asText());
      }
      case Scenario.Deed.Race race -> race(race);
      case Scenario.Deed.Put put when put.oneByOne() ->
          put.entries().forEach(entry -> put(put.context(), List.of(entry)));
      case Scenario.Deed.Put put -> put(put.context(), put.entries());
      case Scenario.Deed.Revise revise ->
          call(
              Arns.account(revise.machineArn()),
              "states",
              "UpdateStateMachine",
              Json.object()
                  .put("stateMachineArn", revise.machineArn())
                  .put("definition", Json.write(revise.definition())));
      case Scenario.Deed.Repattern change -> pattern(change.rule(), change.pattern());
      case Scenario.Deed.Send send -> receivers.send(send);
      case Scenario.Deed.Receive receive -> receivers.receive(receive.queue());
      case Scenario.Deed.Poll poll -> poll(poll.context());
      case Scenario.Deed.Replay replay -> replay(replay);
      case Scenario.Deed.Schedule schedule ->
          call(
              Scenario.SHOP,
              "scheduler",
              "CreateSchedule",
              schedule.input().deepCopy().put("Name", schedule.name()));
      case Scenario.Deed.Unschedule gone ->
          call(
              Scenario.SHOP, "scheduler", "DeleteSchedule", Json.object().put("Name", gone.name()));
      case Scenario.Deed.Redrive redrive -> {
        String arn = Arns.execution(redrive.machineArn(), redrive.name());
        call(
            Arns.account(arn),
            "states",
            "RedriveExecution",
            Json.object().put("executionArn", arn));
        acknowledged.redriven(arn);
      }
      case Scenario.Deed.Tune tune -> tune(tune);
      case Scenario.Deed.Stop stop ->
          call(
              Arns.account(stop.machineArn()),
              "states",
              "StopExecution",
              Json.object()
                  .put("executionArn", Arns.execution(stop.machineArn(), stop.name()))
                  .put("error", "Stopped"));
    }
  }

  private JsonNode start(String operation, String machineArn, String name, String input) {
    return call(
        Arns.account(machineArn),
        "states",
        operation,
        Json.object().put("stateMachineArn", machineArn).put("name", name).put("input", input));
  }

  private void tune(Scenario.Deed.Tune tune) {
    String execution = Arns.execution(tune.machineArn(), tune.name());
    String context = Arns.account(execution);
    JsonNode runs =
        call(context, "states", "ListMapRuns", Json.object().put("executionArn", execution));
    for (JsonNode run : runs.path("mapRuns")) {
      String arn = run.path("mapRunArn").asText();
      call(context, "states", "UpdateMapRun", tune.bounds().deepCopy().put("mapRunArn", arn));
      acknowledged.tuned(arn, tune.bounds());
    }
  }

  private void race(Scenario.Deed.Race race) {
    String standard = race.twins().standard().arn();
    JsonNode started = start("StartExecution", standard, race.name(), race.input());
    acknowledged.started(
        standard, race.name(), race.input(), started.path("executionArn").asText());
    String operation = race.sync() ? "StartSyncExecution" : "StartExecution";
    JsonNode answer = start(operation, race.twins().express().arn(), race.name(), race.input());
    acknowledged.swift(
        new Acknowledged.Swift(
            started.path("executionArn").asText(),
            answer.path("executionArn").asText(),
            race.sync() ? answer : null));
  }

  private void put(String context, List<Scenario.Deed.Entry> entries) {
    ObjectNode input = Json.object();
    ArrayNode members = input.putArray("Entries");
    for (Scenario.Deed.Entry entry : entries) {
      members
          .addObject()
          .put("EventBusName", entry.bus())
          .put("Source", entry.source())
          .put("DetailType", entry.detailType())
          .put("Detail", Json.write(entry.detail()));
    }
    long asked = acknowledged.tick();
    JsonNode answers = call(context, "events", "PutEvents", input).path("Entries");
    long answered = acknowledged.tick();
    for (int i = 0; i < entries.size(); i++) {
      if (answers.path(i).has("EventId")) {
        String id = answers.path(i).path("EventId").asText();
        acknowledged.put(new Acknowledged.Put(entries.get(i).bus(), id, asked, answered));
      }
    }
  }

  /** All that the bus has had until now. */
  private void replay(Scenario.Deed.Replay replay) {
    acknowledged.replayAsked(replay.name());
    ObjectNode input =
        Json.object()
            .put("ReplayName", replay.name())
            .put("EventSourceArn", replay.source())
            .put("EventStartTime", 0)
            .put("EventEndTime", 2 * World.START_MILLIS / 1000);
    input.putObject("Destination").put("Arn", Generator.SHOP_BUS);
    call(Scenario.SHOP, "events", "StartReplay", input);
  }

  private void poll(String context) {
    JsonNode task =
        call(
            context,
            "states",
            "GetActivityTask",
            Json.object().put("activityArn", Generator.activity(context)).put("workerName", "w"));
    if (task.has("taskToken")) {
      workers.accept(task.path("taskToken").asText());
    }
  }

  /** Uses a task token for an operation of Step Functions; a refusal is all right. */
  void callBack(String operation, ObjectNode input) {
    String token = input.path("taskToken").asText();
    String execution = dev.tutti.core.workflow.Tokens.execution(token);
    if (execution == null) {
      defects.add("a task was handed a token that leads nowhere: " + token);
      return;
    }
    try {
      call(Arns.account(execution), "states", operation, input);
    } catch (ServiceError refused) {
      acknowledged.refused(refused.code());
    } catch (RuntimeException defect) {
      defects.add(Map.of(operation, input) + " was answered by " + defect);
    }
  }
}
