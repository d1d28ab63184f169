package dev.tutti.core.workflow;

import dev.tutti.core.kernel.Effect;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.kernel.Request;
import dev.tutti.core.workflow.execution.Arns;
import dev.tutti.core.workflow.integrations.Integration;
import dev.tutti.core.workflow.integrations.Target;
import dev.tutti.core.workflow.integrations.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What an execution's facts make the host do, and the names of those effects. */
final class Effects {
  private static final String MAP_RUN = "mapRun/";
  private static final String CHILD = "child/";
  private static final String HEARTBEAT = "heartbeat/";

  private Effects() {}

  static String task(long scheduled) {
    return "task/" + scheduled;
  }

  /** The event that scheduled the work which a call's name stands for. */
  static long scheduled(String call) {
    return Long.parseLong(call.substring(call.indexOf('/') + 1));
  }

  static String timeout(long scheduled) {
    return "timeout/" + scheduled;
  }

  static String heartbeat(long scheduled, long beat) {
    return HEARTBEAT + scheduled + "/" + beat;
  }

  /** Whether a timer waits for a sign of life. */
  static boolean isHeartbeat(String timer) {
    return timer.startsWith(HEARTBEAT);
  }

  /** The timer of the execution's own time. */
  static String machineTimeout(int redrives) {
    return ofLife("timeout", redrives);
  }

  static String waiting(long entered, int redrives) {
    return ofLife("wait/" + entered, redrives);
  }

  static String retry(long entered, long attempt, int redrives) {
    return ofLife("retry/" + entered + "/" + attempt, redrives);
  }

  /**
   * Each life has timers of its own, as those of the one before may be due, and on their way.
   *
   * @param redrives how often the execution was redriven
   */
  private static String ofLife(String name, int redrives) {
    return redrives == 0 ? name : name + "-redriven/" + redrives;
  }

  static String mapRun(String mapRunArn) {
    return MAP_RUN + mapRunArn;
  }

  /** A child execution that a Task waits for. */
  static String child(String executionArn) {
    return CHILD + executionArn;
  }

  static boolean isChild(String name) {
    return name.startsWith(CHILD);
  }

  /** A map run and a child execution are told; anything else is taken back. */
  private static Effect release(String name) {
    if (name.startsWith(MAP_RUN)) {
      return new Effect.Tell(
          new Key(MapRuns.KIND, name.substring(MAP_RUN.length())), new MapRunCommand.Cancel());
    }
    if (isChild(name)) {
      return new Effect.Tell(
          new Key(Executions.KIND, name.substring(CHILD.length())),
          new ExecutionCommand.Stop(null, null));
    }
    return new Effect.Cancel(name);
  }

  static List<Effect> of(Execution state, Recorded<ExecutionFact> recorded) {
    long now = recorded.millis();
    return switch (recorded.fact()) {
      case ExecutionFact.Started f when f.timeoutSeconds() != null ->
          List.of(
              new Effect.Wake(
                  machineTimeout(0),
                  later(now, f.timeoutSeconds()),
                  new ExecutionCommand.MachineTimeout()));
      case ExecutionFact.Redriven f -> {
        Long seconds = state.begun().timeoutSeconds();
        yield seconds == null
            ? List.of()
            : List.of(
                new Effect.Wake(
                    machineTimeout(f.count()),
                    later(now, seconds),
                    new ExecutionCommand.MachineTimeout()));
      }
      case ExecutionFact.MapRunRedriven f ->
          List.of(
              new Effect.Tell(
                  new Key(MapRuns.KIND, f.mapRunArn()), new MapRunCommand.Redrive(f.id())));
      case ExecutionFact.WaitBegan f ->
          List.of(
              new Effect.Wake(
                  waiting(f.entered(), state.redrives()),
                  f.untilMillis(),
                  new ExecutionCommand.WaitOver(f.strand(), f.entered())));
      case ExecutionFact.TaskScheduled f when Target.isActivity(f.resource()) -> List.of();
      case ExecutionFact.TaskScheduled f -> task(recorded.key(), f, now);
      case ExecutionFact.TaskTaken f ->
          timers(f.strand(), f.previous(), f.timeoutSeconds(), f.heartbeatSeconds(), now);
      case ExecutionFact.ChildAwaited f ->
          List.of(
              new Effect.Tell(
                  new Key(Executions.KIND, f.executionArn()),
                  new ExecutionCommand.Watch(recorded.key().id(), f.scheduled())));
      case ExecutionFact.HeartbeatCame f ->
          List.of(
              new Effect.Cancel(heartbeat(f.scheduled(), f.beat() - 1)),
              missed(f.strand(), f.scheduled(), f.beat(), later(now, f.seconds())));
      case ExecutionFact.RetryScheduled f ->
          List.of(
              new Effect.Wake(
                  retry(f.entered(), f.attempt(), state.redrives()),
                  f.dueMillis(),
                  new ExecutionCommand.RetryDue(f.strand(), f.entered(), f.attempt())));
      case ExecutionFact.Released f -> f.names().stream().map(Effects::release).toList();
      case ExecutionFact.MapRunStarted f ->
          List.of(
              new Effect.Tell(
                  new Key(MapRuns.KIND, f.mapRunArn()), new MapRunCommand.Start(f.start())));
      case ExecutionFact.MapRunTold f ->
          List.of(
              new Effect.Tell(
                  new Key(MapRuns.KIND, f.child().mapRunArn()),
                  new MapRunCommand.ChildEnded(
                      f.child().index(), f.ended(), state.running() ? state.redrives() : null)));
      case ExecutionFact.Yielded f ->
          List.of(new Effect.Wake("walk/" + f.lastEvent(), now, new ExecutionCommand.Walk(0)));
      case ExecutionFact.WatcherTold f ->
          List.of(
              new Effect.Tell(
                  new Key(Executions.KIND, f.watcher()),
                  new ExecutionCommand.ChildEnded(f.scheduled(), f.ended())));
      case ExecutionFact.StatusTold f -> List.of(StatusEvents.put(state, f, now));
      case ExecutionFact other -> List.of();
    };
  }

  private static List<Effect> task(Key key, ExecutionFact.TaskScheduled f, long now) {
    Integration integration = Integration.of(f.resource());
    Work work = work(key.id(), f.resource(), f.id(), f.parameters());
    return task(f, integration.request(work), integration.lane(work), now);
  }

  /** The call that does a Task's work, and the timers of its bounds. */
  static List<Effect> task(ExecutionFact.TaskScheduled f, Request request, String lane, long now) {
    var effects = new ArrayList<Effect>();
    effects.add(new Effect.Call(task(f.id()), lane, request));
    effects.addAll(timers(f.strand(), f.id(), f.timeoutSeconds(), f.heartbeatSeconds(), now));
    return effects;
  }

  private static List<Effect> timers(
      int strand,
      long scheduled,
      @Nullable Long timeoutSeconds,
      @Nullable Long heartbeatSeconds,
      long now) {
    var timers = new ArrayList<Effect>();
    if (timeoutSeconds != null) {
      timers.add(
          new Effect.Wake(
              timeout(scheduled),
              later(now, timeoutSeconds),
              new ExecutionCommand.TaskTimeout(strand, scheduled)));
    }
    if (heartbeatSeconds != null) {
      timers.add(missed(strand, scheduled, 0, later(now, heartbeatSeconds)));
    }
    return timers;
  }

  static Work work(
      String executionArn,
      String resource,
      long scheduled,
      com.fasterxml.jackson.databind.JsonNode parameters) {
    return new Work(
        executionArn,
        Arns.account(executionArn),
        Arns.region(executionArn),
        resource,
        scheduled,
        parameters);
  }

  private static Effect missed(int strand, long scheduled, long beat, long atMillis) {
    return new Effect.Wake(
        heartbeat(scheduled, beat),
        atMillis,
        new ExecutionCommand.HeartbeatMissed(strand, scheduled, beat));
  }

  private static long later(long millis, long seconds) {
    return millis + TimeUnit.SECONDS.toMillis(seconds);
  }
}
