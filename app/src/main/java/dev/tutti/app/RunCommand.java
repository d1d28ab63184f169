package dev.tutti.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.asl.Resource;
import dev.tutti.core.asl.TaskState;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.workflow.ExecutionFact;
import dev.tutti.core.workflow.Executions;
import dev.tutti.core.workflow.Histories;
import dev.tutti.core.workflow.execution.Arns;
import dev.tutti.host.Engine;
import dev.tutti.rehearse.Narration;
import dev.tutti.rehearse.mock.Actors;
import dev.tutti.rehearse.mock.BadFile;
import dev.tutti.rehearse.mock.Cue;
import dev.tutti.rehearse.mock.MockFile;
import dev.tutti.rehearse.mock.Responses;
import dev.tutti.rehearse.mock.Understudies;
import dev.tutti.services.Operations;
import dev.tutti.services.forward.Forwarding;
import dev.tutti.services.objects.S3Endpoint;
import dev.tutti.services.states.trial.MockShape;
import dev.tutti.wire.ServiceError;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tries one state machine without deploying it; exit code 1 where its execution fails. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Try a state machine without deploying it, in virtual time, and tell each state and its"
          + " data.",
      "The engine is the real one; Tasks are answered by mocks, or by --endpoint. See"
          + " docs/rehearse.md."
    })
final class RunCommand implements Callable<Integer> {
  private static final int SHORT = 200;

  @Parameters(
      paramLabel = "FILE",
      description = "a definition (JSON, YAML), or a template with one")
  private Path file = Path.of("");

  @Option(names = "--input", paramLabel = "JSON", description = "the input, or @FILE ({})")
  private String input = "{}";

  @Option(
      names = "--mock",
      paramLabel = "FILE",
      description = "a mock file of Step Functions Local")
  private @Nullable Path mock;

  @Option(
      names = "--test-case",
      paramLabel = "NAME",
      description = "which of the file's test cases")
  private @Nullable String testCase;

  @Option(
      names = "--machine",
      paramLabel = "NAME",
      description = "which of the template's machines")
  private @Nullable String machine;

  @Option(
      names = "--variables",
      paramLabel = "JSON",
      description = "variables that are set before the first state, or @FILE")
  private @Nullable String variables;

  @Option(
      names = "--parameter",
      paramLabel = "NAME=VALUE",
      description = "a value for the template's parameter")
  private Map<String, String> parameters = new LinkedHashMap<>();

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      description = "where Tasks without a mock go: a running Tutti, or AWS")
  private @Nullable String endpoint;

  @Option(
      names = "--account",
      paramLabel = "ACCOUNT",
      defaultValue = "123456789012",
      description = "the context, twelve digits, in which it runs and calls (${DEFAULT-VALUE})")
  private String account = "123456789012";

  @Option(names = "--json", description = "print the history's events, one a line")
  private boolean json;

  @Option(names = "--full", description = "don't shorten what is shown")
  private boolean full;

  @Override
  public Integer call() {
    if (!account.matches("\\d{12}")) {
      throw new Complaint("--account: " + account + " is not twelve digits");
    }
    MachineFile.Definition definition = MachineFile.read(file, machine, parameters, account);
    if (variables != null) {
      definition = definition.assigning(Documents.argument("--variables", variables));
    }
    JsonNode given = Documents.argument("--input", input);
    String arn =
        "arn:aws:states:" + Assembly.REGION + ":" + account + ":stateMachine:" + definition.name();
    Tasks tasks = definition.tasks();
    Actors actors = new Actors();
    Map<String, Responses> mocks = mocks(definition);
    checkMocks(tasks, mocks);
    actors.play(arn, mocks);
    return run(definition, arn, given, actors);
  }

  private Map<String, Responses> mocks(MachineFile.Definition definition) {
    if (mock == null) {
      if (testCase != null) {
        throw new Complaint("--test-case needs --mock");
      }
      return Map.of();
    }
    try {
      MockFile read = MockFile.read(mock.toString(), Documents.read(mock));
      boolean obvious = machine == null && read.machines().size() == 1;
      String name = obvious ? read.machines().iterator().next() : definition.name();
      return read.testCase(name, testCase);
    } catch (BadFile e) {
      throw new Complaint(String.valueOf(e.getMessage()), e);
    }
  }

  private void checkMocks(Tasks tasks, Map<String, Responses> mocks) {
    StringBuilder problems = new StringBuilder();
    tasks
        .byName()
        .forEach((name, task) -> {
          Responses responses = mocks.get(name);
          if (responses == null) {
            String obstacle = obstacle(task);
            if (obstacle != null) {
              problems.append(
                  "\n  %s (%s at %s) %s"
                      .formatted(name, task.state().resource().arn(), task.place(), obstacle));
            }
          } else {
            MockShape.faults(
                    task.state(),
                    responses.turns().stream()
                        .flatMap(turn ->
                            turn.cue() instanceof Cue.Return r
                                ? Stream.of(r.value())
                                : Stream.empty())
                        .toList())
                .forEach(
                    fault -> problems.append("\n  %s: %s".formatted(responses.place(), fault)));
          }
        });
    for (String state : mocks.keySet()) {
      if (!tasks.byName().containsKey(state)) {
        problems
            .append("\n  the mocks have a state ")
            .append(state)
            .append(", and the definition has no Task of that name");
      }
    }
    if (!problems.isEmpty()) {
      throw new Complaint(file + " can't be run:" + problems);
    }
  }

  private @Nullable String obstacle(Task task) {
    if (endpoint == null) {
      return "has no mock";
    }
    String obstacle = Unmocked.obstacle(task.state().resource());
    return obstacle == null ? null : "has no mock, and " + obstacle;
  }

  private int run(MachineFile.Definition definition, String arn, JsonNode given, Actors actors) {
    Narration narration = new Narration(System.out::println, full ? Integer.MAX_VALUE : SHORT);
    Histories histories = new Histories(true);
    Parts.Audience audience = new Teller(json ? null : narration, histories);
    Theatre.Play play =
        new Theatre.Play(
            Theatre.START_MILLIS,
            actors,
            new Understudies(),
            post -> new Outcome.Failed("http", "Unreachable", post.url(), 0),
            elsewhere(),
            objects(),
            audience);
    try (Theatre theatre = new Theatre(play)) {
      for (String activity : definition.tasks().activities()) {
        theatre.call(
            Arns.account(activity),
            "states",
            "CreateActivity",
            Json.object().put("name", activity.substring(activity.lastIndexOf(':') + 1)));
      }
      theatre.call(
          account,
          "states",
          "CreateStateMachine",
          Json.object()
              .put("name", definition.name())
              .put("definition", definition.text())
              .put("roleArn", "arn:aws:iam::" + account + ":role/run"));
      String execution =
          theatre
              .call(
                  account,
                  "states",
                  "StartExecution",
                  Json.object()
                      .put("stateMachineArn", arn)
                      .put("name", "run")
                      .put("input", Json.write(given)))
              .path("executionArn")
              .asText();
      theatre.play();
      return ending(theatre, execution);
    } catch (ServiceError e) {
      throw new Complaint(e.code() + ": " + e.getMessage(), e);
    }
  }

  private Operations.Elsewhere elsewhere() {
    if (endpoint == null) {
      return Operations.Elsewhere.NOWHERE;
    }
    try {
      return Forwarding.allTo(endpoint, Forwards.credentials());
    } catch (IllegalArgumentException e) {
      throw new Complaint("--endpoint: " + e.getMessage(), e);
    }
  }

  private @Nullable S3Endpoint objects() {
    return endpoint == null ? null : S3Endpoint.of(endpoint, Forwards.credentials());
  }

  /**
   * Tells what happens.
   *
   * @param narration null for the history's events
   */
  private record Teller(@Nullable Narration narration, Histories histories)
      implements Parts.Audience {
    @Override
    public void express(Recorded<ExecutionFact> recorded) {
      // children of a Map are too many to be told
    }

    @Override
    public Engine.Builder watch(Engine.Builder builder, Parts.Deciders deciders) {
      return builder.watch(deciders.executions(), this::tell);
    }

    private void tell(Recorded<ExecutionFact> recorded) {
      if (narration != null) {
        narration.on(recorded);
        return;
      }
      ObjectNode event = histories.render(recorded);
      if (event != null) {
        System.out.println(Json.write(event));
      }
    }
  }

  private int ending(Theatre theatre, String execution) {
    Engine engine = theatre.parts().engine();
    String status =
        engine.read(
            new Key(Executions.KIND, execution),
            theatre.parts().workflow().executions(),
            state -> state.status().name());
    if (status.equals("RUNNING")) {
      System.err.println("still RUNNING, and nothing will ever happen: it waits to be told");
    }
    return status.equals("SUCCEEDED") ? 0 : 1;
  }

  /** What a definition asks others to do. */
  record Tasks(Map<String, Task> byName) {
    /** ARNs of activities. */
    List<String> activities() {
      return byName.values().stream()
          .map(task -> task.state().resource())
          .filter(Resource.Activity.class::isInstance)
          .map(Resource::arn)
          .distinct()
          .toList();
    }
  }

  /**
   * A Task state.
   *
   * @param place file and line
   */
  record Task(TaskState state, String place) {}
}
