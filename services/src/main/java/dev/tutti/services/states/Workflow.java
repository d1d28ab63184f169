package dev.tutti.services.states;

import dev.tutti.core.asl.StateMachine;
import dev.tutti.core.asl.compile.Definitions;
import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.workflow.Audience;
import dev.tutti.core.workflow.Execution;
import dev.tutti.core.workflow.ExecutionCommand;
import dev.tutti.core.workflow.ExecutionFact;
import dev.tutti.core.workflow.Executions;
import dev.tutti.core.workflow.MachineCatalogue;
import dev.tutti.core.workflow.Machines;
import dev.tutti.core.workflow.MapRuns;
import dev.tutti.core.workflow.Staged;
import dev.tutti.core.workflow.activities.Activities;
import dev.tutti.core.workflow.activities.ActivityCatalogue;
import dev.tutti.core.workflow.express.Expresses;
import dev.tutti.host.Engine;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The parts of the engine that Step Functions is made of.
 *
 * @param machineCatalogue follows the facts of {@code machines}
 * @param activityCatalogue follows the facts of {@code activities}
 * @param tasks watches the facts of {@code executions}
 * @param pace of express executions
 * @param cast plays some of their Tasks, in rehearsals
 * @param onlooker sees what happens in them, which is stored nowhere
 */
public record Workflow(
    Machines machines,
    MachineCatalogue machineCatalogue,
    Activities activities,
    ActivityCatalogue activityCatalogue,
    Executions executions,
    MapRuns mapRuns,
    Expresses expresses,
    ActivityTasks tasks,
    LongSupplier clock,
    Pace pace,
    Staged.Cast cast,
    Consumer<Recorded<ExecutionFact>> onlooker) {

  /**
   * New parts.
   *
   * @param clock epoch milliseconds
   * @param audience of executions' changes of status
   */
  public static Workflow create(LongSupplier clock, Audience audience) {
    return create(clock, audience, Definitions::compile);
  }

  /**
   * As {@link #create(LongSupplier, Audience)}.
   *
   * @param compiler makes a machine of its definition's text
   */
  public static Workflow create(
      LongSupplier clock, Audience audience, Function<String, StateMachine> compiler) {
    var machineCatalogue = new MachineCatalogue(compiler);
    var activityCatalogue = new ActivityCatalogue();
    return new Workflow(
        new Machines(),
        machineCatalogue,
        new Activities(),
        activityCatalogue,
        new Executions(machineCatalogue, activityCatalogue::exists, audience),
        new MapRuns(machineCatalogue),
        new Expresses(),
        new ActivityTasks(),
        clock,
        Pace.REAL,
        Staged.Cast.NOBODY,
        fact -> {});
  }

  /** The same parts, with express executions at another pace. */
  public Workflow at(Pace other) {
    return with(other, cast, onlooker);
  }

  /** The same parts, with somebody who sees what happens in express executions. */
  public Workflow seenBy(Consumer<Recorded<ExecutionFact>> watcher) {
    return with(pace, cast, watcher);
  }

  /** The same parts, with express executions in virtual time, played and seen. */
  public Workflow rehearsed(Staged.Cast players, Consumer<Recorded<ExecutionFact>> watcher) {
    return with(Pace.VIRTUAL, players, watcher);
  }

  private Workflow with(
      Pace other, Staged.Cast players, Consumer<Recorded<ExecutionFact>> watcher) {
    return new Workflow(
        machines,
        machineCatalogue,
        activities,
        activityCatalogue,
        executions,
        mapRuns,
        expresses,
        tasks,
        clock,
        other,
        players,
        watcher);
  }

  /** Has the catalogues follow the deciders, which have been added before. */
  public Engine.Builder follow(Engine.Builder builder) {
    return builder
        .follow(machines, machineCatalogue::on)
        .follow(activities, activityCatalogue::on)
        .watch(executions, tasks::on);
  }

  /** Adds the deciders, and what follows them. */
  public Engine.Builder on(Engine.Builder builder) {
    return on(builder, executions);
  }

  /**
   * As {@link #on(Engine.Builder)}, with a decider around {@code executions} in their place.
   *
   * @param decider of the same kind
   */
  public Engine.Builder on(
      Engine.Builder builder, Decider<Execution, ExecutionCommand, ExecutionFact> decider) {
    return follow(
        builder
            .decider(machines)
            .decider(activities)
            .decider(decider)
            .decider(mapRuns)
            .decider(expresses));
  }
}
