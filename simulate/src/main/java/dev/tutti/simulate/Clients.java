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
import org.jspecify.annotations.Nullable;

/**
 * Clients outside: they set things up, do their deeds, and write down what was acknowledged. Who
 * got no answer because the process died asks again later, as clients do.
 */
final class Clients {
  private static final int PATIENCE_MILLIS = 5000;

  private final World world;
  private final List<String> defects;
  private final Acknowledged acknowledged = new Acknowledged();
  private @Nullable Incarnation process;
  private long calls;

  Clients(World world, List<String> defects) {
    this.world = world;
    this.defects = defects;
  }

  Acknowledged acknowledged() {
    return acknowledged;
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
      call(
          machine.context(),
          "states",
          "CreateStateMachine",
          Json.object()
              .put("name", machine.name())
              .put("definition", Json.write(machine.definition()))
              .put("roleArn", "arn:aws:iam::" + machine.context() + ":role/r"));
    }
    scenario.rules().forEach(this::subscribe);
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
    call(
        rule.context(),
        "events",
        "PutRule",
        Json.object()
            .put("Name", rule.name())
            .put("EventBusName", rule.bus())
            .put("EventPattern", Json.write(rule.pattern())));
    ObjectNode input = Json.object().put("Rule", rule.name()).put("EventBusName", rule.bus());
    ArrayNode targets = input.putArray("Targets");
    targets.addAll(rule.targets());
    JsonNode put = call(rule.context(), "events", "PutTargets", input);
    if (put.path("FailedEntryCount").asInt() > 0) {
      throw new IllegalStateException("the scenario has targets that can't be put: " + put);
    }
  }

  /** Plans a deed. */
  void plan(Scenario.Deed deed) {
    world.later(deed.afterMillis(), () -> attempt(deed));
  }

  private void attempt(Scenario.Deed deed) {
    try {
      perform(deed);
    } catch (Crashed e) {
      if (!(deed instanceof Scenario.Deed.Put)) {
        world.later(world.random().nextInt(PATIENCE_MILLIS), () -> attempt(deed));
      }
      throw e;
    } catch (ServiceError refused) {
      acknowledged.refused(refused.code());
    } catch (RuntimeException defect) {
      defects.add(deed + " was answered by " + defect + ", " + defect.getCause());
    }
  }

  private void perform(Scenario.Deed deed) {
    switch (deed) {
      case Scenario.Deed.Start start -> {
        JsonNode answer =
            call(
                Arns.account(start.machineArn()),
                "states",
                "StartExecution",
                Json.object()
                    .put("stateMachineArn", start.machineArn())
                    .put("name", start.name())
                    .put("input", start.input()));
        acknowledged.started(
            start.machineArn(), start.name(), start.input(), answer.path("executionArn").asText());
      }
      case Scenario.Deed.Put put -> {
        ObjectNode input = Json.object();
        input
            .putArray("Entries")
            .addObject()
            .put("EventBusName", put.bus())
            .put("Source", put.source())
            .put("DetailType", put.detailType())
            .put("Detail", Json.write(put.detail()));
        JsonNode entry = call(put.context(), "events", "PutEvents", input).path("Entries").path(0);
        if (entry.has("EventId")) {
          acknowledged.put(put.bus(), entry.path("EventId").asText());
        }
      }
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
