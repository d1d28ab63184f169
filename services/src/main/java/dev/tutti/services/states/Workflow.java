package dev.tutti.services.states;

import dev.tutti.core.asl.StateMachine;
import dev.tutti.core.asl.compile.Definitions;
import dev.tutti.core.workflow.Executions;
import dev.tutti.core.workflow.MachineCatalogue;
import dev.tutti.core.workflow.Machines;
import dev.tutti.core.workflow.activities.Activities;
import dev.tutti.core.workflow.activities.ActivityCatalogue;
import dev.tutti.host.Engine;
import java.util.function.Function;

/**
 * The parts of the engine that Step Functions is made of.
 *
 * @param machineCatalogue follows the facts of {@code machines}
 * @param activityCatalogue follows the facts of {@code activities}
 * @param tasks watches the facts of {@code executions}
 */
public record Workflow(
    Machines machines,
    MachineCatalogue machineCatalogue,
    Activities activities,
    ActivityCatalogue activityCatalogue,
    Executions executions,
    ActivityTasks tasks) {

  public static Workflow create() {
    return create(Definitions::compile);
  }

  /**
   * As {@link #create()}.
   *
   * @param compiler makes a machine of its definition's text
   */
  public static Workflow create(Function<String, StateMachine> compiler) {
    var machineCatalogue = new MachineCatalogue(compiler);
    var activityCatalogue = new ActivityCatalogue();
    return new Workflow(
        new Machines(),
        machineCatalogue,
        new Activities(),
        activityCatalogue,
        new Executions(machineCatalogue, activityCatalogue::exists),
        new ActivityTasks());
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
    return follow(builder.decider(machines).decider(activities).decider(executions));
  }
}
