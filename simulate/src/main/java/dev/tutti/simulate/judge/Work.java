package dev.tutti.simulate.judge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.tutti.core.asl.ChoiceState;
import dev.tutti.core.asl.ErrorMatch.Source;
import dev.tutti.core.asl.FailState;
import dev.tutti.core.asl.Flow;
import dev.tutti.core.asl.ItemReader;
import dev.tutti.core.asl.MapState;
import dev.tutti.core.asl.ParallelState;
import dev.tutti.core.asl.PassState;
import dev.tutti.core.asl.SucceedState;
import dev.tutti.core.asl.TaskState;
import dev.tutti.core.asl.Transition;
import dev.tutti.core.asl.WaitState;
import dev.tutti.core.asl.data.Amount;
import dev.tutti.core.asl.data.DataFlow;
import dev.tutti.core.asl.data.Scope;
import dev.tutti.core.asl.data.StatesError;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.workflow.ExecutionFact;
import dev.tutti.core.workflow.ExecutionFact.IterationStarted;
import dev.tutti.core.workflow.MapReading;
import dev.tutti.core.workflow.execution.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a state does between its entry and its exit, once; what holds flows has them explained. */
final class Work {
  private final Interpreter interpreter;
  private final String arn;
  private final Strands history;
  private final Sight sight;
  private final Reading reading;
  private final Outside outside;
  private final boolean redriven;

  /**
   * Within an execution.
   *
   * @param interpreter explains the flows that a state holds
   */
  Work(
      Interpreter interpreter,
      String arn,
      Strands history,
      Sight sight,
      Reading reading,
      Outside outside,
      boolean redriven) {
    this.interpreter = interpreter;
    this.arn = arn;
    this.history = history;
    this.sight = sight;
    this.reading = reading;
    this.outside = outside;
    this.redriven = redriven;
  }

  Here.Left of(Here here) {
    Scope raw = sight.scope(here, null);
    return switch (here.state()) {
      case PassState s -> {
        JsonNode result = s.result();
        yield left(
            s.data(), raw, result != null ? result : s.data().arguments(raw), s.transition());
      }
      case SucceedState s -> left(s.data(), raw, s.data().input(raw), new Transition.End());
      case FailState s -> {
        Scope over = raw.over(s.data().input(raw));
        throw new Course.Failed(
            new Course.Failure(
                s.error() == null ? null : s.error().value(over),
                s.cause() == null ? null : StatesError.cut(s.cause().value(over)),
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
        here.cut(redriven || due.toEpochMilli() > here.enteredMillis());
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

  private Here.Left task(Here here, TaskState s) {
    ExecutionFact.TaskScheduled known =
        here.line().peek() instanceof ExecutionFact.TaskScheduled f ? f : null;
    Scope scope = sight.scope(here, known == null ? "unknown" : known.token());
    JsonNode parameters = s.data().arguments(scope);
    Scope over = scope.over(s.data().input(scope));
    Long timeout = amount(s.timeoutSeconds(), over);
    Long heartbeat = amount(s.heartbeatSeconds(), over);
    Line line = here.line();
    here.cut(redriven);
    ExecutionFact.TaskScheduled scheduled =
        line.take(ExecutionFact.TaskScheduled.class, here.where());
    Interpreter.same(here.where() + " hands over", scheduled.parameters(), parameters);
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
      case null -> throw new Course.Cut();
      case ExecutionFact.TaskSucceeded f -> {
        line.take(ExecutionFact.TaskSucceeded.class, here.where());
        answered(here, s, parameters, told -> told.equals(new Outcome.Succeeded(f.output())));
        yield left(s.data(), sight.scope(here, null), f.output(), s.transition());
      }
      case ExecutionFact.TaskFailed f -> {
        line.take(ExecutionFact.TaskFailed.class, here.where());
        answered(
            here,
            s,
            parameters,
            told ->
                told instanceof Outcome.Failed failed
                    && failed.error().equals(f.error())
                    && failed.message().equals(f.cause()));
        throw new Course.Failed(new Course.Failure(f.error(), f.cause(), Source.TASK, false));
      }
      case ExecutionFact.TaskTimedOut f -> {
        line.take(ExecutionFact.TaskTimedOut.class, here.where());
        throw new Course.Failed(new Course.Failure(f.error(), "", f.source(), false));
      }
      case ExecutionFact other ->
          throw new Rejected(here.where() + ": a task can't go on with " + other);
    };
  }

  /** What a request over HTTP came to is what one of its answers means. */
  private void answered(Here here, TaskState s, JsonNode parameters, Predicate<Outcome> same) {
    if (!s.resource().arn().endsWith(":http:invoke")) {
      return;
    }
    List<Outcome> told = outside.told(parameters);
    if (told != null && told.stream().noneMatch(same)) {
      throw new Rejected(here.where() + " was told " + told + " by who was asked");
    }
  }

  private Here.Left parallel(Here here, ParallelState s, Scope raw) {
    JsonNode arguments = s.data().arguments(raw);
    here.cut(redriven);
    ExecutionFact.ParallelStarted forked =
        here.line().take(ExecutionFact.ParallelStarted.class, here.where());
    Interpreter.same(here.where() + " hands on", forked.input(), arguments);
    List<Course> courses = new ArrayList<>();
    for (int i = 0; i < s.branches().size(); i++) {
      courses.add(
          interpreter.flow(
              forked.first() + i, s.branches().get(i), arguments, here.variables(), here.item()));
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
      throw new Course.Failed(
          new Course.Failure(failure.error(), failure.cause(), Source.TASK, true));
    }
    ArrayNode outputs = Json.array();
    for (Course course : courses) {
      if (!(course instanceof Course.Done done)) {
        throw new Course.Cut();
      }
      outputs.add(done.output());
    }
    here.line().take(ExecutionFact.ChildrenSucceeded.class, here.where());
    return outputs;
  }

  private Here.Left map(Here here, MapState s, Scope raw) {
    JsonNode input = s.data().input(raw);
    Scope over = raw.over(input);
    Long concurrency = amount(s.maxConcurrency(), over);
    List<JsonNode> items = s.reads() ? List.of() : s.items().items(over);
    here.cut(redriven);
    ExecutionFact.MapStarted spread =
        here.line().take(ExecutionFact.MapStarted.class, here.where());
    if (spread.length() != items.size()
        || spread.concurrency() != (concurrency == null ? 0 : concurrency)) {
      throw new Rejected(here.where() + " spreads over " + items.size() + ", not " + spread);
    }
    MapState.Distributed mode = s.distributed();
    if (mode != null) {
      JsonNode outputs = distributed(here, s, mode, over, input, items);
      here.line().take(ExecutionFact.ChildrenSucceeded.class, here.where());
      return left(s.data(), raw, outputs, s.transition());
    }
    long until = here.line().idOfNext(ExecutionFact.MapStarted.class);
    List<Course> courses = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      IterationStarted begun = history.iteration(here.strand(), i, spread.id(), until);
      Scope item = sight.item(here, input, i, items.get(i));
      if (begun == null) {
        if (courses.stream().noneMatch(Course.Failure.class::isInstance)) {
          s.items().iterationInput(item, items.get(i));
        }
        courses.add(new Course.Open());
        break;
      }
      JsonNode given = s.items().iterationInput(item, items.get(i));
      Interpreter.same(here.where() + " gives iteration " + i, begun.input(), given);
      courses.add(iteration(here, s.processor(), begun, given));
    }
    return left(s.data(), raw, joined(here, courses), s.transition());
  }

  /** What each child of a map run gets, before they are put into batches. */
  private List<JsonNode> inputs(Here here, MapState s, JsonNode input, List<JsonNode> items) {
    List<JsonNode> inputs = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      inputs.add(s.items().iterationInput(sight.item(here, input, i, items.get(i)), items.get(i)));
    }
    return inputs;
  }

  /** What a map run gave; whether it was right to, {@link MapRunning} asks. */
  private JsonNode distributed(
      Here here,
      MapState s,
      MapState.Distributed mode,
      Scope over,
      JsonNode input,
      List<JsonNode> items) {
    List<JsonNode> inputs = inputs(here, s, input, items);
    ExecutionFact.MapRunStarted begun =
        here.line().take(ExecutionFact.MapRunStarted.class, here.where());
    Spreading.compare(here.where(), begun, arn, s, mode, over, inputs);
    ItemReader reader = mode.reader();
    MapReading told = begun.start().reading();
    if (reader != null && told != null) {
      List<JsonNode> due = reading.due(here.where(), told, arn, reader, over);
      List<JsonNode> known = due == null ? List.of() : due;
      reading.compare(
          here.where(),
          begun.mapRunArn(),
          mode,
          over,
          due,
          i -> {
            JsonNode item = known.get(i);
            return s.items().iterationInput(sight.item(here, input, i, item), item);
          });
    }
    here.line().takeIf(ExecutionFact.MapRunRedriven.class);
    here.cut(true);
    ExecutionFact.MapRunEnded ended =
        here.line().take(ExecutionFact.MapRunEnded.class, here.where());
    if (ended.status() != Status.SUCCEEDED) {
      throw new Course.Failed(new Course.Failure(ended.error(), ended.cause(), Source.TASK, true));
    }
    JsonNode result = ended.result();
    if ((result != null) != mode.exports()) {
      throw new Rejected(here.where() + " gives " + ended);
    }
    ArrayNode outputs = Json.array();
    ended.outputs().forEach(outputs::add);
    return result == null ? outputs : result;
  }

  private Course iteration(Here here, Flow processor, IterationStarted begun, JsonNode given) {
    Course course = interpreter.flow(begun.strand(), processor, given, here.variables(), begun);
    switch (course) {
      case Course.Done done ->
          history.line(begun.strand()).take(ExecutionFact.IterationSucceeded.class, here.where());
      case Course.Failure failure -> {
        if (!failure.endsAll()) {
          history.line(begun.strand()).take(ExecutionFact.IterationFailed.class, here.where());
        }
      }
      case Course.Open open -> {}
    }
    return course;
  }

  private static Here.Left left(DataFlow data, Scope raw, JsonNode result, Transition transition) {
    return new Here.Left(
        data.output(raw, result),
        transition instanceof Transition.Next next ? next.state() : null,
        data.assigned(raw, result));
  }

  private static @Nullable Long amount(@Nullable Amount amount, Scope scope) {
    return amount == null ? null : (Long) amount.value(scope);
  }
}
