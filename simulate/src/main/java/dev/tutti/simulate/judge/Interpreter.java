package dev.tutti.simulate.judge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.asl.Catcher;
import dev.tutti.core.asl.ChoiceState;
import dev.tutti.core.asl.ErrorMatch.Source;
import dev.tutti.core.asl.FailState;
import dev.tutti.core.asl.Flow;
import dev.tutti.core.asl.MapState;
import dev.tutti.core.asl.ParallelState;
import dev.tutti.core.asl.PassState;
import dev.tutti.core.asl.Retrier;
import dev.tutti.core.asl.State;
import dev.tutti.core.asl.StateMachine;
import dev.tutti.core.asl.SucceedState;
import dev.tutti.core.asl.TaskState;
import dev.tutti.core.asl.Transition;
import dev.tutti.core.asl.WaitState;
import dev.tutti.core.asl.data.Amount;
import dev.tutti.core.asl.data.DataFlow;
import dev.tutti.core.asl.data.Entropy;
import dev.tutti.core.asl.data.Scope;
import dev.tutti.core.asl.data.StatesError;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.workflow.ExecutionFact;
import dev.tutti.core.workflow.ExecutionFact.IterationStarted;
import dev.tutti.core.workflow.execution.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The language as the specification tells it, run along a history: given what the tasks' work came
 * to and when a retry's time came, everything else has to follow. Each strand of the history is
 * explained from its first event to its last, branches and iterations within the state that holds
 * them; what can't be explained is {@link Rejected}.
 *
 * <p>Knows of the context object what the made-up machines ask of it: names, the token, the item.
 */
final class Interpreter {
  private static final Entropy NO_CHANCE =
      new Entropy() {
        @Override
        public double fraction() {
          throw new Rejected("the history depends on chance");
        }

        @Override
        public String uuid() {
          throw new Rejected("the history depends on chance");
        }

        @Override
        public long millis() {
          throw new Rejected("the history depends on the time");
        }
      };

  private final StateMachine machine;
  private final String arn;
  private final boolean redriven;
  private final Strands history;

  /** How far a flow came. */
  private sealed interface Course {
    record Done(JsonNode output) implements Course {}

    /** It failed; {@code below}: because a branch or iteration did. */
    record Failure(@Nullable String error, @Nullable String cause, Source source, boolean below)
        implements Course {}

    /** It was cut short. */
    record Open() implements Course {}
  }

  /** A state that was left. */
  private record Left(JsonNode output, @Nullable String next, ObjectNode assigned) {}

  /** A state that failed. */
  private static final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Course.Failure failure;

    Failed(Course.Failure failure) {
      super("", null, false, false);
      this.failure = failure;
    }
  }

  /** A state in which the history ends. */
  private static final class Cut extends RuntimeException {
    private static final long serialVersionUID = 1;

    Cut() {
      super("", null, false, false);
    }
  }

  /** The state at hand, its raw input, what it sees, the item of the iteration that it is in. */
  private record Here(
      Line line,
      int strand,
      State state,
      JsonNode raw,
      ObjectNode variables,
      long entered,
      long enteredMillis,
      @Nullable IterationStarted item) {
    String where() {
      return "strand " + strand + ", state " + state.name();
    }
  }

  /**
   * An interpreter of one history.
   *
   * @param redriven whether redrives were taken out of it: a state that begins anew may then be cut
   *     short before it has begun
   */
  Interpreter(
      StateMachine machine, String arn, List<Recorded<ExecutionFact>> facts, boolean redriven) {
    this.machine = machine;
    this.arn = arn;
    this.redriven = redriven;
    this.history = new Strands(facts);
  }

  /**
   * Explains the whole history.
   *
   * @throws Rejected where that can't be done
   */
  void judge() {
    ExecutionFact.Started first = history.started();
    if (first == null) {
      throw new Rejected("an execution has to be started");
    }
    Course course = flow(0, machine.flow(), Json.parse(first.input()), Json.object(), null);
    history.forEachLine((strand, line) -> line.checkEnd("strand " + strand));
    switch (history.end()) {
      case null -> throw new Rejected("the execution has no end");
      case ExecutionFact.Succeeded f -> same("the execution's output", f.output(), output(course));
      case ExecutionFact.Failed f -> {
        if (!(course instanceof Course.Failure failure)) {
          throw new Rejected("the execution may not fail: " + course);
        }
        String cause =
            failure.cause() == null || failure.cause().isEmpty() ? null : failure.cause();
        if (!Objects.equals(f.error(), failure.error()) || !Objects.equals(f.cause(), cause)) {
          throw new Rejected("the execution has to fail of " + failure + ", not " + f);
        }
      }
      case ExecutionFact cut -> {
        if (!(course instanceof Course.Open)) {
          throw new Rejected("what was cut short (" + cut + ") had ended: " + course);
        }
      }
    }
  }

  private static JsonNode output(Course course) {
    if (course instanceof Course.Done done) {
      return done.output();
    }
    throw new Rejected("the execution may not succeed: " + course);
  }

  private Course flow(
      int strand, Flow flow, JsonNode input, ObjectNode outer, @Nullable IterationStarted item) {
    ObjectNode variables = outer.deepCopy();
    Line line = history.line(strand);
    State state = flow.first();
    JsonNode data = input;
    try {
      while (true) {
        if (line.peek() == null) {
          return new Course.Open();
        }
        long millis = line.millis();
        String where = "strand " + strand;
        ExecutionFact.Entered entered = line.take(ExecutionFact.Entered.class, where);
        same(where + " enters", Json.text(entered.state()), Json.text(state.name()));
        same(where + " enters " + state.name() + " with", entered.input(), data);
        Left left =
            pass(new Here(line, strand, state, data, variables, entered.id(), millis, item));
        if (left.next() == null) {
          return new Course.Done(left.output());
        }
        data = left.output();
        variables.setAll(left.assigned());
        state = flow.state(left.next());
      }
    } catch (Failed failed) {
      return failed.failure;
    } catch (Cut cut) {
      return new Course.Open();
    }
  }

  /** From a state's entry to its exit, over all its retries. */
  private Left pass(Here here) {
    Map<Integer, Long> retries = new HashMap<>();
    while (true) {
      Course.Failure failure;
      try {
        Left left = work(here);
        return exit(here, left);
      } catch (StatesError e) {
        boolean query = e.error().equals(StatesError.QUERY_EVALUATION_ERROR);
        if (query) {
          cutHere(here, redriven);
          here.line().take(ExecutionFact.EvaluationFailed.class, here.where());
        }
        boolean holds = here.state() instanceof MapState || here.state() instanceof ParallelState;
        failure =
            new Course.Failure(
                e.error(),
                e.causeIn(here.state().name(), here.entered()),
                Source.STATE,
                query && holds);
      } catch (Failed failed) {
        failure = failed.failure;
      }
      String error = failure.error() == null ? "" : failure.error();
      int found = Retrier.matching(retriers(here.state()), error, failure.source());
      if (found >= 0 && retriers(here.state()).get(found).allows(retries.getOrDefault(found, 0L))) {
        delay(here, found, retries.getOrDefault(found, 0L));
        retries.merge(found, 1L, Long::sum);
        if (here.line().takeIf(ExecutionFact.Retried.class) == null) {
          throw new Cut();
        }
        continue;
      }
      if (failure.below()) {
        here.line().take(ExecutionFact.ChildrenFailed.class, here.where());
      }
      return caught(here, failure, error);
    }
  }

  /** A retry is planned after the retrier's interval, or where there is jitter before that. */
  private void delay(Here here, int found, long before) {
    Recorded<ExecutionFact> planned = history.nextPlanned(here.entered());
    if (planned == null
        || !(planned.fact() instanceof ExecutionFact.RetryScheduled f)
        || f.retrier() != found) {
      throw new Rejected(here.where() + " has to be tried again by retrier " + found);
    }
    Retrier retrier = retriers(here.state()).get(found);
    double seconds = retrier.intervalSeconds() * Math.pow(retrier.backoffRate(), (double) before);
    if (retrier.maxDelaySeconds() != null) {
      seconds = Math.min(seconds, retrier.maxDelaySeconds());
    }
    long most = Math.round(seconds * 1000);
    long least = retrier.jitter() == Retrier.Jitter.FULL ? 0 : most;
    long delay = f.dueMillis() - planned.millis();
    if (delay < least || delay > most) {
      throw new Rejected(
          "I19: " + here.where() + " is tried again after " + delay + " ms, not " + most);
    }
  }

  private Left caught(Here here, Course.Failure failure, String error) {
    Catcher catcher = Catcher.matching(catchers(here.state()), error, failure.source());
    if (catcher != null) {
      ObjectNode output = Catcher.errorOutput(failure.error(), failure.cause());
      Scope raw = scope(here, null);
      Left left;
      try {
        left = new Left(catcher.output(raw, output), catcher.next(), catcher.assigned(raw, output));
      } catch (StatesError noSuchPlace) {
        throw new Failed(failure);
      }
      return exit(here, left);
    }
    throw new Failed(failure);
  }

  private static Left exit(Here here, Left left) {
    ExecutionFact.Exited exited = here.line().take(ExecutionFact.Exited.class, here.where());
    same(here.where() + " leaves", exited.output(), left.output());
    if (!Objects.equals(exited.next(), left.next())) {
      throw new Rejected(
          here.where() + ": " + left.next() + " has to follow, not " + exited.next());
    }
    JsonNode assigned = exited.assigned() == null ? Json.object() : exited.assigned();
    same(here.where() + " assigns", assigned, left.assigned());
    return left;
  }

  private Left work(Here here) {
    Scope raw = scope(here, null);
    return switch (here.state()) {
      case PassState s -> {
        JsonNode result = s.result();
        yield left(
            s.data(), raw, result != null ? result : s.data().arguments(raw), s.transition());
      }
      case SucceedState s -> left(s.data(), raw, s.data().input(raw), new Transition.End());
      case FailState s -> {
        Scope over = raw.over(s.data().input(raw));
        throw new Failed(
            new Course.Failure(
                s.error() == null ? null : s.error().value(over),
                s.cause() == null ? null : s.cause().value(over),
                Source.STATE,
                false));
      }
      case ChoiceState s -> {
        JsonNode input = s.data().input(raw);
        ChoiceState.Way way = s.choose(raw.over(input));
        yield left(way.data(), raw, input, new Transition.Next(way.next()));
      }
      case WaitState s -> {
        JsonNode input = s.data().input(raw);
        Instant due = s.delay().dueAt(Instant.ofEpochMilli(here.enteredMillis()), raw.over(input));
        cutHere(here, redriven || due.toEpochMilli() > here.enteredMillis());
        if (here.line().peek() != null && here.line().millis() < due.toEpochMilli()) {
          throw new Rejected("I12: " + here.where() + " is left before " + due);
        }
        yield left(s.data(), raw, input, s.transition());
      }
      case TaskState s -> task(here, s);
      case ParallelState s -> parallel(here, s, raw);
      case MapState s -> map(here, s, raw);
    };
  }

  /** Ends where the history does, if it may end here. */
  private static void cutHere(Here here, boolean mayEnd) {
    if (mayEnd && here.line().peek() == null) {
      throw new Cut();
    }
  }

  private Left task(Here here, TaskState s) {
    ExecutionFact.TaskScheduled known =
        here.line().peek() instanceof ExecutionFact.TaskScheduled f ? f : null;
    Scope scope = scope(here, known == null ? "unknown" : known.token());
    JsonNode parameters = s.data().arguments(scope);
    Scope over = scope.over(s.data().input(scope));
    Long timeout = amount(s.timeoutSeconds(), over);
    Long heartbeat = amount(s.heartbeatSeconds(), over);
    Line line = here.line();
    cutHere(here, redriven);
    ExecutionFact.TaskScheduled scheduled =
        line.take(ExecutionFact.TaskScheduled.class, here.where());
    same(here.where() + " hands over", scheduled.parameters(), parameters);
    if (!Objects.equals(scheduled.timeoutSeconds(), timeout)
        || !Objects.equals(scheduled.heartbeatSeconds(), heartbeat)
        || !scheduled.resource().equals(s.resource().arn())) {
      throw new Rejected(here.where() + " schedules something else: " + scheduled);
    }
    boolean activity = s.resource().arn().contains(":activity:");
    if (!activity) {
      line.take(ExecutionFact.TaskStarted.class, here.where());
    } else {
      line.takeIf(ExecutionFact.TaskTaken.class);
    }
    boolean waits = s.resource().arn().contains(".sync") || s.resource().arn().contains(".waitFor");
    boolean submitted = line.takeIf(ExecutionFact.TaskSubmitted.class) != null;
    if (submitted && !waits) {
      throw new Rejected(here.where() + " is submitted, and nobody waits for its end");
    }
    return switch (line.peek()) {
      case null -> throw new Cut();
      case ExecutionFact.TaskSucceeded f -> {
        line.take(ExecutionFact.TaskSucceeded.class, here.where());
        yield left(s.data(), scope(here, null), f.output(), s.transition());
      }
      case ExecutionFact.TaskFailed f -> {
        line.take(ExecutionFact.TaskFailed.class, here.where());
        throw new Failed(new Course.Failure(f.error(), f.cause(), Source.TASK, false));
      }
      case ExecutionFact.TaskTimedOut f -> {
        line.take(ExecutionFact.TaskTimedOut.class, here.where());
        throw new Failed(new Course.Failure(f.error(), "", Source.TASK, false));
      }
      case ExecutionFact other ->
          throw new Rejected(here.where() + ": a task can't go on with " + other);
    };
  }

  private Left parallel(Here here, ParallelState s, Scope raw) {
    JsonNode arguments = s.data().arguments(raw);
    cutHere(here, redriven);
    ExecutionFact.ParallelStarted forked =
        here.line().take(ExecutionFact.ParallelStarted.class, here.where());
    same(here.where() + " hands on", forked.input(), arguments);
    List<Course> courses = new ArrayList<>();
    for (int i = 0; i < s.branches().size(); i++) {
      courses.add(
          flow(forked.first() + i, s.branches().get(i), arguments, here.variables(), here.item()));
    }
    return left(s.data(), raw, joined(here, courses), s.transition());
  }

  /**
   * The failure of which branches or iterations come to their end; null for none. Where they were
   * redriven, several may be about to fail again, and the first that does ends the others.
   */
  private Course.@Nullable Failure failure(Here here, List<Course> courses) {
    List<Course.Failure> failures = new ArrayList<>();
    for (Course course : courses) {
      if (course instanceof Course.Failure failure) {
        failures.add(failure);
      }
    }
    ExecutionFact.BranchFailed told = history.failedBelow(here.strand());
    for (Course.Failure failure : failures) {
      if (redriven
          && told != null
          && Objects.equals(told.error(), failure.error())
          && Objects.equals(told.cause(), failure.cause())) {
        return failure;
      }
    }
    return failures.isEmpty() ? null : failures.getFirst();
  }

  /** The outputs of branches or iterations that have all succeeded. */
  private JsonNode joined(Here here, List<Course> courses) {
    Course.Failure failure = failure(here, courses);
    if (failure != null) {
      throw new Failed(new Course.Failure(failure.error(), failure.cause(), Source.TASK, true));
    }
    ArrayNode outputs = Json.array();
    for (Course course : courses) {
      if (!(course instanceof Course.Done done)) {
        throw new Cut();
      }
      outputs.add(done.output());
    }
    here.line().take(ExecutionFact.ChildrenSucceeded.class, here.where());
    return outputs;
  }

  private Left map(Here here, MapState s, Scope raw) {
    JsonNode input = s.data().input(raw);
    Scope over = raw.over(input);
    Long concurrency = amount(s.maxConcurrency(), over);
    List<JsonNode> items = s.items().items(over);
    cutHere(here, redriven);
    ExecutionFact.MapStarted spread =
        here.line().take(ExecutionFact.MapStarted.class, here.where());
    if (spread.length() != items.size()
        || spread.concurrency() != (concurrency == null ? 0 : concurrency)) {
      throw new Rejected(here.where() + " spreads over " + items.size() + ", not " + spread);
    }
    MapState.Distributed mode = s.distributed();
    if (mode != null) {
      JsonNode outputs = distributed(here, s, mode, over, inputs(here, s, input, items));
      here.line().take(ExecutionFact.ChildrenSucceeded.class, here.where());
      return left(s.data(), raw, outputs, s.transition());
    }
    long until = here.line().idOfNext(ExecutionFact.MapStarted.class);
    List<Course> courses = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      IterationStarted begun = history.iteration(here.strand(), i, spread.id(), until);
      Scope item = item(here, input, i, items.get(i));
      if (begun == null) {
        if (courses.stream().noneMatch(Course.Failure.class::isInstance)) {
          s.items().iterationInput(item, items.get(i));
        }
        courses.add(new Course.Open());
        break;
      }
      JsonNode given = s.items().iterationInput(item, items.get(i));
      same(here.where() + " gives iteration " + i, begun.input(), given);
      courses.add(iteration(here, s.processor(), begun, given));
    }
    return left(s.data(), raw, joined(here, courses), s.transition());
  }

  /** What each child of a map run gets, before they are put into batches. */
  private List<JsonNode> inputs(Here here, MapState s, JsonNode input, List<JsonNode> items) {
    List<JsonNode> inputs = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      inputs.add(s.items().iterationInput(item(here, input, i, items.get(i)), items.get(i)));
    }
    return inputs;
  }

  /** What a map run gave; whether it was right to, {@link MapRunning} asks. */
  private JsonNode distributed(
      Here here, MapState s, MapState.Distributed mode, Scope over, List<JsonNode> inputs) {
    ExecutionFact.MapRunStarted begun =
        here.line().take(ExecutionFact.MapRunStarted.class, here.where());
    MapRunning.compare(here.where(), begun, arn, s, mode, over, inputs);
    here.line().takeIf(ExecutionFact.MapRunRedriven.class);
    cutHere(here, true);
    ExecutionFact.MapRunEnded ended =
        here.line().take(ExecutionFact.MapRunEnded.class, here.where());
    if (ended.status() != Status.SUCCEEDED) {
      throw new Failed(new Course.Failure(ended.error(), ended.cause(), Source.TASK, true));
    }
    ArrayNode outputs = Json.array();
    ended.outputs().forEach(outputs::add);
    return outputs;
  }

  private Course iteration(Here here, Flow processor, IterationStarted begun, JsonNode given) {
    Course course = flow(begun.strand(), processor, given, here.variables(), begun);
    switch (course) {
      case Course.Done done ->
          history.line(begun.strand()).take(ExecutionFact.IterationSucceeded.class, here.where());
      case Course.Failure failure ->
          history.line(begun.strand()).take(ExecutionFact.IterationFailed.class, here.where());
      case Course.Open open -> {}
    }
    return course;
  }

  private Scope scope(Here here, @Nullable String token) {
    return new Scope(here.raw(), context(here, token), here.variables(), NO_CHANCE);
  }

  private Scope item(Here here, JsonNode input, int index, JsonNode value) {
    ObjectNode context = context(here, null);
    context.putObject("Map").putObject("Item").put("Index", index).set("Value", value);
    return new Scope(input, context, here.variables(), NO_CHANCE);
  }

  private ObjectNode context(Here here, @Nullable String token) {
    ObjectNode context = Json.object();
    ObjectNode execution = context.putObject("Execution");
    ExecutionFact.Started started = history.started();
    if (started != null) {
      execution.set("Input", Json.parse(started.input()));
    }
    execution.put("Id", arn).put("Name", arn.substring(arn.lastIndexOf(':') + 1));
    context.putObject("State").put("Name", here.state().name());
    if (token != null) {
      context.putObject("Task").put("Token", token);
    }
    IterationStarted item = here.item();
    if (item != null) {
      ObjectNode of = context.putObject("Map").putObject("Item").put("Index", item.index());
      of.set("Value", item.item());
    }
    return context;
  }

  private static Left left(DataFlow data, Scope raw, JsonNode result, Transition transition) {
    return new Left(
        data.output(raw, result),
        transition instanceof Transition.Next next ? next.state() : null,
        data.assigned(raw, result));
  }

  private static @Nullable Long amount(@Nullable Amount amount, Scope scope) {
    return amount == null ? null : (Long) amount.value(scope);
  }

  private static List<Retrier> retriers(State state) {
    return switch (state) {
      case TaskState s -> s.retriers();
      case ParallelState s -> s.retriers();
      case MapState s -> s.retriers();
      default -> List.of();
    };
  }

  private static List<Catcher> catchers(State state) {
    return switch (state) {
      case TaskState s -> s.catchers();
      case ParallelState s -> s.catchers();
      case MapState s -> s.catchers();
      default -> List.of();
    };
  }

  private static void same(String what, JsonNode found, JsonNode due) {
    if (!found.equals(due) && !Json.write(found).equals(Json.write(due))) {
      throw new Rejected(what + " " + found + ", and has to be " + due);
    }
  }
}
