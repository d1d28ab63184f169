package dev.tutti.core.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.asl.ChoiceState;
import dev.tutti.core.asl.FailState;
import dev.tutti.core.asl.Flow;
import dev.tutti.core.asl.MapState;
import dev.tutti.core.asl.ParallelState;
import dev.tutti.core.asl.PassState;
import dev.tutti.core.asl.Resource;
import dev.tutti.core.asl.State;
import dev.tutti.core.asl.StateMachine;
import dev.tutti.core.asl.SucceedState;
import dev.tutti.core.asl.TaskState;
import dev.tutti.core.asl.Transition;
import dev.tutti.core.asl.WaitState;
import dev.tutti.core.asl.data.Amount;
import dev.tutti.core.asl.data.DataFlow;
import dev.tutti.core.asl.data.Scope;
import dev.tutti.core.asl.data.Stage;
import dev.tutti.core.asl.data.StatesError;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Moment;
import dev.tutti.core.workflow.execution.Arns;
import dev.tutti.core.workflow.execution.Status;
import dev.tutti.core.workflow.integrations.Integration;
import dev.tutti.core.workflow.integrations.Target;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One step of one strand: into a state and as far through it as goes without waiting. What fails on
 * the way becomes {@link ExecutionFact.Faulted}; a later step ({@link Failing}) looks after it.
 */
final class Step {
  private final StateMachine machine;
  private final Predicate<String> activities;
  private final Execution execution;
  private final Strand strand;
  private final Moment moment;
  private final Chance chance;
  private final Draft draft;
  private final State state;
  private final @Nullable Sight sight;
  private final Staged.Cast cast;

  /** The strand's last event, this step's included. */
  private long previous;

  private long entered;
  private long enteredMillis;
  private @Nullable ObjectNode plainContext;

  /**
   * A step about to be taken.
   *
   * @param sight on a state that is only tried; null in an execution
   * @param cast who plays which Tasks
   */
  Step(
      StateMachine machine,
      Predicate<String> activities,
      Execution execution,
      Strand strand,
      Moment moment,
      Draft draft,
      @Nullable Sight sight,
      Staged.Cast cast) {
    this.machine = machine;
    this.activities = activities;
    this.execution = execution;
    this.strand = strand;
    this.moment = moment;
    this.chance = new Chance(moment, execution.lastSeq());
    this.draft = draft;
    this.sight = sight;
    this.cast = cast;
    this.previous = strand.previous;
    this.entered = strand.entered;
    this.enteredMillis = strand.enteredMillis;
    this.state =
        flow(strand).state(strand.phase == Strand.Phase.ENTERING ? strand.next : strand.state);
  }

  /** Goes into the next state. */
  void enter() {
    entered = draft.id();
    enteredMillis = moment.millis();
    draft.add(
        new ExecutionFact.Entered(
            entered, previous, strand.id, state.type(), state.name(), strand.data, strand.written));
    previous = entered;
    work();
  }

  /** Does the state's work, or has it done. */
  void work() {
    guarded(() -> {
      switch (state) {
        case PassState s ->
            leave(
                s.data(),
                s.result() != null ? raw().seen(Stage.RESULT, s.result()) : arguments(s),
                next(s.transition()));
        case SucceedState s -> leave(s.data(), input(s), null);
        case FailState s -> failAsWritten(s);
        case ChoiceState s -> {
          JsonNode input = input(s);
          ChoiceState.Way way = s.choose(raw().over(input));
          leave(way.data(), input, way.next());
        }
        case WaitState s -> wait(s);
        case TaskState s -> task(s);
        case ParallelState s -> fork(s);
        case MapState s -> map(s);
      }
    });
  }

  /** Leaves a Wait state whose time is over. */
  void waited() {
    if (state instanceof WaitState s) {
      guarded(() -> leave(s.data(), input(s), next(s.transition())));
    }
  }

  /** Leaves a Task with its result; the event that brings the result is already drafted. */
  void done(JsonNode result, long event) {
    previous = event;
    if (state instanceof TaskState s) {
      guarded(() -> leave(s.data(), raw().seen(Stage.RESULT, result), next(s.transition())));
    }
  }

  /** Leaves a state whose branches or iterations have all succeeded. */
  void joined() {
    if (strand.result != null) {
      joined(strand.result);
      return;
    }
    ArrayNode outputs = Json.array();
    strand.outputs.values().forEach(outputs::add);
    joined(outputs);
  }

  /** As {@link #joined()}, whatever its branches or iterations gave. */
  void joined(JsonNode result) {
    boolean parallel = state instanceof ParallelState;
    previous = parallel ? strand.previous : strand.lastJoined;
    draft.add(new ExecutionFact.ChildrenSucceeded(draft.id(), previous, strand.id, state.type()));
    guarded(() -> {
      switch (state) {
        case ParallelState s -> leave(s.data(), result, next(s.transition()));
        case MapState s -> leave(s.data(), result, next(s.transition()));
        default -> throw new IllegalStateException(state.name() + " has no branches");
      }
    });
  }

  /** Has the map run of a Map state go on with what didn't succeed. */
  void redriveMapRun() {
    if (strand.mapRun == null) {
      throw new IllegalStateException(state.name() + " has no map run");
    }
    draft.add(
        new ExecutionFact.MapRunRedriven(
            draft.id(), previous, strand.id, strand.mapRun, strand.mapRunRedrives + 1));
  }

  /** Begins the next iteration. */
  void iterate() {
    if (state instanceof MapState s) {
      guarded(() -> {
        int index = strand.begun;
        JsonNode input = input(s);
        JsonNode item = s.items().items(raw().over(input)).get(index);
        Scope scope = raw().over(input).in(ContextObject.withItem(context(null), index, item));
        draft.add(
            new ExecutionFact.IterationStarted(
                draft.id(),
                previous,
                execution.strands().next(),
                strand.id,
                s.name(),
                index,
                item,
                s.items().iterationInput(scope, item),
                s.processor().startAt()));
      });
    }
  }

  State state() {
    return state;
  }

  Scope raw() {
    return scope(this::plainContext);
  }

  /** The context object without a token, made when an expression first looks at it. */
  private ObjectNode plainContext() {
    ObjectNode made = plainContext;
    if (made == null) {
      made = context(null);
      plainContext = made;
    }
    return made;
  }

  private Scope scope(Supplier<ObjectNode> context) {
    Scope scope = new Scope(strand.data, context, execution.strands().variables(strand), chance);
    return sight == null ? scope : scope.watchedBy(sight.observer());
  }

  Chance chance() {
    return chance;
  }

  /** Leaves the state; where the strand ends with it, what holds the strand learns of it. */
  private void leave(DataFlow data, JsonNode result, @Nullable String next) {
    JsonNode output = data.output(raw(), result);
    ObjectNode assigned = data.assigned(raw(), result);
    if (Draft.tooLong(output) || Draft.tooLong(assigned)) {
      draft.add(
          new ExecutionFact.Faulted(
              strand.id, StatesError.DATA_LIMIT_EXCEEDED, Draft.tooLongCause(state.name())));
      return;
    }
    long exited = draft.id();
    draft.add(
        new ExecutionFact.Exited(
            exited,
            previous,
            strand.id,
            state.type(),
            state.name(),
            output,
            next,
            assigned.isEmpty() ? null : assigned));
    if (next != null) {
      return;
    }
    if (strand.root()) {
      draft.end(Status.SUCCEEDED, exited, moment.millis(), output, null, null);
    } else if (strand.iteration()) {
      Strand map = execution.strands().get(strand.parent);
      draft.add(
          new ExecutionFact.IterationSucceeded(
              draft.id(), exited, strand.id, map.state, strand.index));
    }
  }

  private void guarded(Runnable part) {
    try {
      part.run();
    } catch (StatesError e) {
      draft.giveBackIds();
      leaveBelow(e);
      String cause = e.causeIn(state.name(), entered);
      if (e.error().equals(StatesError.QUERY_EVALUATION_ERROR)) {
        draft.add(
            new ExecutionFact.EvaluationFailed(
                draft.id(),
                beforeEvaluation(),
                strand.id,
                state.name(),
                e.error(),
                cause,
                e.location()));
      } else {
        draft.add(new ExecutionFact.Faulted(strand.id, e.error(), cause));
      }
    }
  }

  /** Ends what the state holds; without a word where the execution ends with it. */
  private void leaveBelow(StatesError e) {
    List<Strand> below = execution.strands().below(strand);
    if (e.error().equals(StatesError.RUNTIME)) {
      draft.releaseAll(below);
    } else {
      draft.abandon(below);
    }
  }

  /** As AWS has it: what fails on the way into a state follows what led there. */
  private long beforeEvaluation() {
    boolean onTheWay =
        switch (state) {
          case TaskState s -> false;
          case WaitState s -> false;
          default -> strand.phase == Strand.Phase.ENTERING;
        };
    return onTheWay ? strand.previous : previous;
  }

  private void failAsWritten(FailState s) {
    Scope scope = raw().over(input(s));
    draft.add(
        new ExecutionFact.Faulted(
            strand.id,
            s.error() == null ? null : s.error().value(scope),
            s.cause() == null ? null : StatesError.cut(s.cause().value(scope))));
  }

  private void wait(WaitState s) {
    JsonNode input = input(s);
    Instant due = s.delay().dueAt(Instant.ofEpochMilli(moment.millis()), raw().over(input));
    if (due.toEpochMilli() <= moment.millis()) {
      leave(s.data(), input, next(s.transition()));
    } else {
      draft.add(new ExecutionFact.WaitBegan(strand.id, entered, due.toEpochMilli()));
    }
  }

  private void task(TaskState s) {
    String resource = s.resource().arn();
    boolean function = Target.isFunction(resource);
    boolean activity = Target.isActivity(resource);
    boolean played = cast.plays(execution.begun().machineArn(), s.name());
    if (activity && !played && !activities.test(resource)) {
      throw StatesError.runtime("The activity " + resource + " does not exist.");
    }
    long scheduled = draft.id();
    String token =
        activity
                || (!function && Target.of(resource).pattern() != Resource.Pattern.REQUEST_RESPONSE)
            ? Tokens.of(execution.arn(), scheduled, chance.nonce())
            : null;
    ObjectNode context = context(activity ? null : token);
    Scope scope = scope(() -> context);
    JsonNode parameters = s.data().arguments(scope);
    Scope over = scope.over(s.data().input(scope));
    Long timeout = amount(s.timeoutSeconds(), over);
    Long heartbeat = amount(s.heartbeatSeconds(), over);
    JsonNode credentials = s.credentials() == null ? null : s.credentials().render(over);
    if (!activity && !played && (sight == null || !sight.mocked())) {
      Integration.of(resource)
          .request(Effects.work(execution.arn(), resource, scheduled, parameters));
    }
    draft.add(
        new ExecutionFact.TaskScheduled(
            scheduled,
            previous,
            strand.id,
            resource,
            Arns.region(execution.arn()),
            parameters,
            timeout,
            heartbeat,
            token,
            credentials));
    if (!activity) {
      draft.add(new ExecutionFact.TaskStarted(draft.id(), scheduled, strand.id, resource));
    }
  }

  private static @Nullable Long amount(@Nullable Amount amount, Scope scope) {
    return amount == null ? null : amount.value(scope);
  }

  private void fork(ParallelState s) {
    draft.add(
        new ExecutionFact.ParallelStarted(
            draft.id(),
            previous,
            strand.id,
            arguments(s),
            execution.strands().next(),
            s.branches().stream().map(Flow::startAt).toList()));
  }

  private void map(MapState s) {
    if (s.confused()) {
      throw StatesError.runtime(
          "The ItemReader, ItemBatcher and ResultWriter fields are not supported for INLINE maps");
    }
    Scope scope = raw().over(input(s));
    long concurrency =
        scope.seen(
            Stage.MAX_CONCURRENCY,
            s.maxConcurrency() == null ? 0 : s.maxConcurrency().value(scope));
    if (sight != null && s.toleratedFailureCount() != null) {
      scope.seen(Stage.TOLERATED_FAILURE_COUNT, s.toleratedFailureCount().value(scope));
    }
    if (sight != null && s.toleratedFailurePercentage() != null) {
      scope.seen(
          Stage.TOLERATED_FAILURE_PERCENTAGE,
          DecimalNode.valueOf(s.toleratedFailurePercentage().value(scope)));
    }
    List<JsonNode> items = s.reads() ? List.of() : s.items().items(scope);
    if (sight != null && !s.reads() && s.items().selector() != null) {
      ArrayNode inputs = Json.array();
      inputs.addAll(Distributing.selected(s, items, scope));
      scope.seen(Stage.AFTER_ITEM_SELECTOR, inputs);
    }
    long started = draft.id();
    draft.add(
        new ExecutionFact.MapStarted(started, previous, strand.id, items.size(), concurrency));
    MapState.Distributed mode = s.distributed();
    if (sight == null && mode != null) {
      draft.add(
          new Distributing(s, mode, execution, scope).begin(strand.id, draft.id(), started, items));
    }
  }

  private JsonNode input(State s) {
    return s.data().input(raw());
  }

  private JsonNode arguments(State s) {
    return s.data().arguments(raw());
  }

  private ObjectNode context(@Nullable String token) {
    ObjectNode context = ContextObject.of(execution, strand, state.name(), enteredMillis, token);
    if (sight != null && sight.context() != null) {
      return sight.context().deepCopy();
    }
    if (sight != null) {
      if (sight.iterated()) {
        ContextObject.withItem(context, 0, execution.input());
      }
      ContextObject.asTried(context);
    }
    return switch (state) {
      case TaskState s -> ContextObject.withRetries(context, retries());
      case ParallelState s -> ContextObject.withRetries(context, retries());
      case MapState s -> ContextObject.withRetries(context, retries());
      default -> context;
    };
  }

  private long retries() {
    return strand.phase == Strand.Phase.ENTERING ? 0 : strand.attempts;
  }

  private static @Nullable String next(Transition transition) {
    return switch (transition) {
      case Transition.Next next -> next.state();
      case Transition.End end -> null;
    };
  }

  private Flow flow(Strand of) {
    if (of.root()) {
      return machine.flow();
    }
    Strand holder = execution.strands().get(of.parent);
    return switch (flow(holder).state(holder.state)) {
      case ParallelState s -> s.branches().get(of.index);
      case MapState s -> s.processor();
      default -> throw new IllegalStateException(holder.state + " has no branches");
    };
  }
}
