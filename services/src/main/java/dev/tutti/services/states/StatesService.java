package dev.tutti.services.states;

import dev.tutti.core.asl.StateMachine;
import dev.tutti.core.asl.compile.Definitions;
import dev.tutti.core.logs.GroupCatalogue;
import dev.tutti.core.workflow.MapRunCalls;
import dev.tutti.core.workflow.express.Expresses;
import dev.tutti.services.Operation;
import dev.tutti.services.Service;
import dev.tutti.services.objects.ObjectStore;
import dev.tutti.services.sdk.Integrations;
import dev.tutti.services.states.http.HttpTasks;
import dev.tutti.services.states.items.ItemPages;
import dev.tutti.services.states.results.ResultFiles;
import dev.tutti.services.states.trial.TestState;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** AWS Step Functions. */
public final class StatesService implements Service {
  /** How long a worker who polls for a Task waits for one, as at AWS. */
  public static final Duration PATIENCE = GetActivityTask.LONGEST_WAIT;

  private final Map<String, Operation> operations = new LinkedHashMap<>();

  /**
   * The service over one engine's workflow deciders.
   *
   * @param workflow whose catalogues follow its deciders in that engine
   * @param groups the log groups that executions may be logged to
   * @param objects where Map states read items and write results
   */
  public StatesService(Workflow workflow, GroupCatalogue groups, ObjectStore objects) {
    this(workflow, groups, objects, PATIENCE);
  }

  /**
   * As {@link #StatesService(Workflow, GroupCatalogue, ObjectStore)}.
   *
   * @param patience how long a worker who polls for a Task waits for one
   */
  public StatesService(
      Workflow workflow, GroupCatalogue groups, ObjectStore objects, Duration patience) {
    this(workflow, groups, objects, patience, null);
  }

  /**
   * As the shorter ones.
   *
   * @param http sends requests of Tasks, so that TestState can show them; null where none are sent
   */
  public StatesService(
      Workflow workflow,
      GroupCatalogue groups,
      ObjectStore objects,
      Duration patience,
      @Nullable HttpTasks http) {
    this(workflow, groups, objects, patience, http, StatesService::compile);
  }

  /** Compiles a definition as {@code CreateStateMachine} does; throws where that refuses it. */
  public static StateMachine compile(String definition) {
    return Definitions.compile(definition, Integrations::knows);
  }

  /**
   * As the shorter ones.
   *
   * @param compiler does as {@link #compile}
   */
  public StatesService(
      Workflow workflow,
      GroupCatalogue groups,
      ObjectStore objects,
      Duration patience,
      @Nullable HttpTasks http,
      Function<String, StateMachine> compiler) {
    var machine =
        new MachineOperations(workflow.machineCatalogue(), new LoggingOptions(groups), compiler);
    operations.put("CreateStateMachine", machine::create);
    operations.put("UpdateStateMachine", machine::update);
    operations.put("DescribeStateMachine", machine::describe);
    operations.put("DeleteStateMachine", machine::delete);
    operations.put("ListStateMachines", machine::list);
    operations.put("ValidateStateMachineDefinition", machine::validate);
    var tags = new TagOperations(workflow.machines(), workflow.activities());
    operations.put("TagResource", tags::tag);
    operations.put("UntagResource", tags::untag);
    operations.put("ListTagsForResource", tags::list);
    var activity = new ActivityOperations(workflow.activityCatalogue());
    operations.put("CreateActivity", activity::create);
    operations.put("DescribeActivity", activity::describe);
    operations.put("DeleteActivity", activity::delete);
    operations.put("ListActivities", activity::list);
    operations.put("GetActivityTask", new GetActivityTask(activity, workflow.tasks(), patience));
    var version = new VersionOperations(machine);
    operations.put("PublishStateMachineVersion", version::publish);
    operations.put("ListStateMachineVersions", version::list);
    operations.put("DeleteStateMachineVersion", version::delete);
    var alias = new AliasOperations(machine);
    operations.put("CreateStateMachineAlias", alias::create);
    operations.put("UpdateStateMachineAlias", alias::update);
    operations.put("DescribeStateMachineAlias", alias::describe);
    operations.put("ListStateMachineAliases", alias::list);
    operations.put("DeleteStateMachineAlias", alias::delete);
    var express = new ExpressOperations(machine, workflow);
    operations.put("StartSyncExecution", express::startSync);
    operations.put(Expresses.RUN, express::run);
    var execution = new ExecutionOperations(machine, express, workflow);
    operations.put("StartExecution", execution::start);
    operations.put("StopExecution", execution::stop);
    operations.put("RedriveExecution", execution::redrive);
    operations.put("DescribeExecution", execution::describe);
    operations.put("DescribeStateMachineForExecution", execution::describeMachine);
    operations.put("ListExecutions", execution::list);
    operations.put("GetExecutionHistory", execution::history);
    operations.put("TestState", new TestState(System::currentTimeMillis, http));
    var mapRun = new MapRunOperations(workflow);
    operations.put("ListMapRuns", mapRun::list);
    operations.put("DescribeMapRun", mapRun::describe);
    operations.put("UpdateMapRun", mapRun::update);
    operations.put(MapRunCalls.READ_ITEMS, new ItemPages(objects)::read);
    operations.put(MapRunCalls.WRITE_RESULTS, new ResultFiles(objects)::write);
    operations.put(MapRunCalls.RUN_CHILD, express::runChild);
    operations.put("SendTaskSuccess", TaskOperations::succeed);
    operations.put("SendTaskFailure", TaskOperations::fail);
    operations.put("SendTaskHeartbeat", TaskOperations::heartbeat);
  }

  @Override
  public String name() {
    return "states";
  }

  @Override
  public Map<String, Operation> operations() {
    return Map.copyOf(operations);
  }
}
