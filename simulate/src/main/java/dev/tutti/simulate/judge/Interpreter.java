package dev.tutti.simulate.judge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.asl.Catcher;
import dev.tutti.core.asl.ErrorMatch.Source;
import dev.tutti.core.asl.Flow;
import dev.tutti.core.asl.MapState;
import dev.tutti.core.asl.ParallelState;
import dev.tutti.core.asl.Retrier;
import dev.tutti.core.asl.State;
import dev.tutti.core.asl.StateMachine;
import dev.tutti.core.asl.TaskState;
import dev.tutti.core.asl.data.Scope;
import dev.tutti.core.asl.data.StatesError;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.workflow.ExecutionFact;
import dev.tutti.core.workflow.ExecutionFact.IterationStarted;
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
 */
final class Interpreter {
  /** What a state may give or assign, in UTF-8. */
  private static final int MOST_BYTES = 262_144;

  private final StateMachine machine;
  private final boolean redriven;
  private final Strands history;
  private final Sight sight;
  private final Work work;

  /**
   * An interpreter of one history.
   *
   * @param reading judges what its map runs read
   * @param outside whom its Tasks ask over HTTP
   * @param redriven whether redrives were taken out of it: a state that begins anew may then be cut
   *     short before it has begun
   */
  Interpreter(
      StateMachine machine,
      String arn,
      List<Recorded<ExecutionFact>> facts,
      Reading reading,
      Outside outside,
      boolean redriven) {
    this.machine = machine;
    this.redriven = redriven;
    this.history = new Strands(facts);
    this.sight = new Sight(arn, history);
    this.work = new Work(this, arn, history, sight, reading, outside, redriven);
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

  /** Explains a flow: a machine's, a branch's, an iteration's. */
  Course flow(
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
        Here.Left left =
            pass(new Here(line, strand, state, data, variables, entered.id(), millis, 0, item));
        if (left.next() == null) {
          return new Course.Done(left.output());
        }
        data = left.output();
        variables.setAll(left.assigned());
        state = flow.state(left.next());
      }
    } catch (Course.Failed failed) {
      return failed.failure();
    } catch (Course.Cut cut) {
      return new Course.Open();
    }
  }

  /** From a state's entry to its exit, over all its retries. */
  private Here.Left pass(Here first) {
    Here here = first;
    Map<Integer, Long> retries = new HashMap<>();
    while (true) {
      Course.Failure failure;
      try {
        Here.Left left = work.of(here);
        if (tooLong(left)) {
          throw new StatesError(StatesError.DATA_LIMIT_EXCEEDED, tooLongCause(here));
        }
        return exit(here, left);
      } catch (StatesError e) {
        failure = ownFailure(here, e);
      } catch (Course.Failed failed) {
        failure = failed.failure();
      }
      String error = failure.error() == null ? "" : failure.error();
      int found = Retrier.matching(retriers(here.state()), error, failure.source());
      if (found >= 0 && retriers(here.state()).get(found).allows(retries.getOrDefault(found, 0L))) {
        delay(here, found, retries.getOrDefault(found, 0L));
        retries.merge(found, 1L, Long::sum);
        if (here.line().takeIf(ExecutionFact.Retried.class) == null) {
          throw new Course.Cut();
        }
        here = here.again();
        continue;
      }
      childrenFailed(here, failure);
      return caught(here, failure, error);
    }
  }

  /** A state fails of itself: where an expression failed that shows. */
  private Course.Failure ownFailure(Here here, StatesError e) {
    boolean query = e.error().equals(StatesError.QUERY_EVALUATION_ERROR);
    if (query) {
      here.cut(redriven);
      here.line().take(ExecutionFact.EvaluationFailed.class, here.where());
    }
    boolean holds = here.state() instanceof MapState || here.state() instanceof ParallelState;
    return new Course.Failure(
        e.error(), e.causeIn(here.state().name(), here.entered()), Source.STATE, query && holds);
  }

  /** A catcher that fails fails the state once more, and isn't asked again. */
  private Course.Failure failedToCatch(Here here, StatesError e) {
    Course.Failure failure = ownFailure(here, e);
    childrenFailed(here, failure);
    return failure;
  }

  /** What holds branches or iterations says that one failed, unless all has ended with it. */
  private static void childrenFailed(Here here, Course.Failure failure) {
    if (failure.below() && !failure.endsAll()) {
      here.line().take(ExecutionFact.ChildrenFailed.class, here.where());
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

  private Here.Left caught(Here here, Course.Failure failure, String error) {
    Catcher catcher = Catcher.matching(catchers(here.state()), error, failure.source());
    if (catcher != null) {
      ObjectNode output = Catcher.errorOutput(failure.error(), failure.cause());
      Scope raw = sight.scope(here, null);
      Here.Left left;
      try {
        left =
            new Here.Left(
                catcher.output(raw, output), catcher.next(), catcher.assigned(raw, output));
      } catch (StatesError e) {
        throw new Course.Failed(failedToCatch(here, e));
      }
      if (tooLong(left)) {
        throw new Course.Failed(
            new Course.Failure(
                StatesError.DATA_LIMIT_EXCEEDED, tooLongCause(here), Source.STATE, false));
      }
      return exit(here, left);
    }
    throw new Course.Failed(failure);
  }

  private static boolean tooLong(Here.Left left) {
    return Json.isLongerThan(MOST_BYTES, left.output())
        || Json.isLongerThan(MOST_BYTES, left.assigned());
  }

  private static String tooLongCause(Here here) {
    return "The state/task '"
        + here.state().name()
        + "' returned a result with a size exceeding the maximum number of bytes service limit.";
  }

  private static Here.Left exit(Here here, Here.Left left) {
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

  static void same(String what, JsonNode found, JsonNode due) {
    if (!found.equals(due) && !Json.write(found).equals(Json.write(due))) {
      throw new Rejected(what + " " + found + ", and has to be " + due);
    }
  }
}
