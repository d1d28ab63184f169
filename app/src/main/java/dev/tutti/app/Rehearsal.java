package dev.tutti.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.kernel.Request;
import dev.tutti.core.workflow.ExecutionFact;
import dev.tutti.core.workflow.execution.Arns;
import dev.tutti.deploy.Folder;
import dev.tutti.host.Engine;
import dev.tutti.rehearse.mock.Actors;
import dev.tutti.rehearse.mock.BadFile;
import dev.tutti.rehearse.mock.MockFile;
import dev.tutti.rehearse.mock.Understudies;
import dev.tutti.rehearse.scenario.Chronicle;
import dev.tutti.rehearse.scenario.Comparison;
import dev.tutti.rehearse.scenario.Scenario;
import dev.tutti.services.Operations;
import dev.tutti.wire.ServiceError;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One scenario, played: the folder's contexts are deployed into a theatre, what is given happens,
 * time goes on until nothing does any more, or for as long as it says, and what happened is held
 * against what was expected.
 */
final class Rehearsal {
  private final Path folder;
  private final Scenario scenario;
  private final Actors actors = new Actors();
  private final Understudies understudies = new Understudies();
  private final Chronicle chronicle;
  private final List<String> problems = new ArrayList<>();
  private final Map<String, String> accounts = new LinkedHashMap<>();
  private @Nullable Theatre theatre;

  private Rehearsal(Path folder, Scenario scenario) {
    this.folder = folder;
    this.scenario = scenario;
    this.chronicle = new Chronicle(this::contextName, Theatre.START_MILLIS);
  }

  /**
   * What came of it.
   *
   * @param problems nothing where all is as expected
   * @param happened a line for each thing, in order
   * @param millis how long it took in virtual time
   */
  record Report(List<String> problems, List<String> happened, long millis) {}

  /**
   * Plays a scenario.
   *
   * @param scenarioFile from which its mock file is found
   * @throws Complaint where the folder can't be deployed
   */
  static Report play(Path folder, Path scenarioFile, Scenario scenario) {
    return new Rehearsal(folder, scenario).play(scenarioFile);
  }

  private Report play(Path scenarioFile) {
    Theatre.Play play =
        new Theatre.Play(
            Theatre.START_MILLIS,
            actors,
            understudies,
            this::posted,
            Operations.Elsewhere.NOWHERE,
            null,
            new Onlooker(chronicle));
    try (Theatre open = new Theatre(play)) {
      theatre = open;
      for (Folder.Context context : open.deploying().deploy(folder, Map.of()).contexts()) {
        accounts.put(context.name(), context.account());
      }
      open.settle();
      cast(scenarioFile);
      long begin = open.time().now();
      for (Scenario.Given given : scenario.given()) {
        open.time().later(given.afterMillis(), () -> happen(open, given));
      }
      Duration lasts = scenario.lasts();
      if (lasts == null) {
        open.play();
      } else {
        open.play(begin + lasts.toMillis());
      }
      problems.addAll(understudies.missed());
      problems.addAll(Comparison.of(scenario.expected(), chronicle));
      return new Report(problems, chronicle.lines(), open.time().now() - begin);
    }
  }

  /** Writes down what it sees; an express execution is told as any other. */
  private record Onlooker(Chronicle chronicle) implements Parts.Audience {
    @Override
    public void express(Recorded<ExecutionFact> recorded) {
      chronicle.execution(recorded);
    }

    @Override
    public Engine.Builder watch(Engine.Builder builder, Parts.Deciders deciders) {
      return builder
          .watch(deciders.executions(), chronicle::execution)
          .watch(deciders.events(), chronicle::event)
          .watch(deciders.deliveries(), chronicle::delivery);
    }
  }

  private String contextName(String account) {
    return theatre == null ? account : theatre.contextName(account);
  }

  private void cast(Path scenarioFile) {
    scenario
        .functions()
        .forEach((name, mock) -> understudies.play(account(name), local(name), mock));
    if (scenario.mocks() == null) {
      if (!scenario.testCases().isEmpty()) {
        throw new BadFile(scenario.place(), "testCases needs mocks");
      }
      return;
    }
    Path file = scenarioFile.resolveSibling(scenario.mocks());
    MockFile mocks = MockFile.read(file.toString(), Documents.read(file));
    scenario
        .testCases()
        .forEach((machine, testCase) ->
            actors.play(
                Arns.machine(Assembly.REGION, account(machine), local(machine)),
                mocks.testCase(local(machine), testCase)));
  }

  private String account(String name) {
    String context = name.substring(0, name.indexOf('/'));
    String account = accounts.get(context);
    if (account == null) {
      throw new BadFile(
          scenario.place(), "there is no context " + context + "; there are " + accounts.keySet());
    }
    return account;
  }

  private static String local(String name) {
    return name.substring(name.indexOf('/') + 1);
  }

  private void happen(Theatre open, Scenario.Given given) {
    try {
      switch (given) {
        case Scenario.Given.Put put -> {
          ObjectNode input = Json.object();
          input
              .putArray("Entries")
              .addObject()
              .put("EventBusName", local(put.bus()))
              .put("Source", put.source())
              .put("DetailType", put.detailType())
              .put("Detail", Json.write(put.detail()));
          JsonNode answer = open.call(account(put.bus()), "events", "PutEvents", input);
          if (answer.path("FailedEntryCount").asInt() > 0) {
            problems.add("the event was refused: " + answer.path("Entries"));
          }
        }
        case Scenario.Given.Start start -> {
          String machine =
              Arns.machine(Assembly.REGION, account(start.machine()), local(start.machine()));
          ObjectNode input = Json.object().put("stateMachineArn", machine);
          input.put("input", Json.write(start.input()));
          if (start.name() != null) {
            input.put("name", start.name());
          }
          open.call(account(start.machine()), "states", "StartExecution", input);
        }
        case Scenario.Given.Call call ->
            open.call(
                account(call.context() + "/"), call.service(), call.operation(), call.input());
      }
    } catch (ServiceError e) {
      problems.add("what is given was refused: " + e.code() + ": " + e.getMessage());
    }
  }

  /** Whoever is posted to takes it; a subscription is confirmed, as its endpoint would. */
  private Outcome posted(Request.Post post) {
    JsonNode body;
    try {
      body = Json.parse(post.body());
    } catch (MalformedJson e) {
      body = Json.text(post.body());
    }
    Theatre open = theatre;
    if (open == null) {
      throw new IllegalStateException("nothing is posted before the theatre is open");
    }
    if (body.path("Type").asText().equals("SubscriptionConfirmation")) {
      String topic = body.path("TopicArn").asText();
      ObjectNode input =
          Json.object().put("TopicArn", topic).put("Token", body.path("Token").asText());
      open.time()
          .later(0, () -> open.call(Arns.account(topic), "sns", "ConfirmSubscription", input));
    } else {
      chronicle.posted(open.time().now(), post);
    }
    return new Outcome.Succeeded(Json.object().put("StatusCode", 200));
  }
}
