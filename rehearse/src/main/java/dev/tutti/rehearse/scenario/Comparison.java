package dev.tutti.rehearse.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import dev.tutti.core.kernel.Request;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Holds what happened against what was expected. Each thing that is expected needs one of its own
 * among those that happened; the first that fits is taken, in the order of both.
 */
public final class Comparison {
  private final Chronicle chronicle;
  private final List<String> problems = new ArrayList<>();

  private Comparison(Chronicle chronicle) {
    this.chronicle = chronicle;
  }

  /** What isn't as expected; nothing where all is. */
  public static List<String> of(Scenario.Expected expected, Chronicle chronicle) {
    Comparison comparison = new Comparison(chronicle);
    comparison.compare(expected);
    return comparison.problems;
  }

  private void compare(Scenario.Expected expected) {
    if (expected.executions() != null) {
      executions(expected.executions());
    }
    if (expected.events() != null) {
      events(expected.events());
    }
    if (expected.deliveries() != null) {
      pair(
          expected.deliveries(),
          new ArrayList<>(chronicle.deliveries()),
          (sent, delivery) -> true,
          Comparison::differences,
          Scenario.Sent::place,
          Comparison::told);
    }
    if (expected.posts() != null) {
      pair(
              expected.posts(),
              new ArrayList<>(chronicle.posts()),
              (posted, post) -> posted.url().equals(post.url()),
              Comparison::differences,
              Scenario.Posted::place,
              posted -> "a POST to " + posted.url())
          .forEach(post -> problems.add("nobody expected the POST to " + post.url()));
    }
  }

  private void executions(List<Scenario.Run> expected) {
    List<Chronicle.Execution> left =
        pair(
            expected,
            new ArrayList<>(chronicle.executions()),
            (run, execution) -> run.machine().equals(execution.machine),
            Comparison::differences,
            Scenario.Run::place,
            run -> "an execution of " + run.machine());
    for (Chronicle.Execution each : left) {
      problems.add(
          "nobody expected the execution %s of %s, which is %s"
              .formatted(each.name, each.machine, each.status));
    }
  }

  private void events(List<Scenario.Told> expected) {
    List<Chronicle.Event> left =
        pair(
            expected,
            new ArrayList<>(chronicle.events()),
            (told, event) -> told.bus().equals(event.bus()),
            (told, event) -> Subset.differences("event", told.event(), event.event()),
            Scenario.Told::place,
            told -> "an event on " + told.bus());
    Set<String> buses = new HashSet<>();
    expected.forEach(told -> buses.add(told.bus()));
    for (Chronicle.Event each : left) {
      if (buses.contains(each.bus())) {
        problems.add("nobody expected the event on " + each.bus() + ": " + each.event());
      }
    }
  }

  /**
   * Pairs what is expected with what there is.
   *
   * @param same whether the two are of the same thing, so that a difference is worth telling
   * @return what nothing expected was paired with
   */
  private <E, A> List<A> pair(
      List<E> expected,
      List<A> actual,
      BiFunction<E, A, Boolean> same,
      BiFunction<E, A, List<String>> differences,
      Function<E, String> place,
      Function<E, String> what) {
    for (E each : expected) {
      List<A> candidates = actual.stream().filter(one -> same.apply(each, one)).toList();
      A fitting =
          candidates.stream()
              .filter(one -> differences.apply(each, one).isEmpty())
              .findFirst()
              .orElse(null);
      if (fitting != null) {
        actual.remove(fitting);
      } else if (candidates.isEmpty()) {
        problems.add(place.apply(each) + ": expected " + what.apply(each) + ", got none");
      } else {
        A closest = candidates.getFirst();
        differences
            .apply(each, closest)
            .forEach(difference -> problems.add(place.apply(each) + ": " + difference));
        actual.remove(closest);
      }
    }
    return actual;
  }

  private static List<String> differences(Scenario.Run run, Chronicle.Execution execution) {
    List<String> found = new ArrayList<>();
    text("status", run.status(), execution.status, found);
    text("error", run.error(), execution.error, found);
    text("cause", run.cause(), execution.cause, found);
    json("input", run.input(), execution.input, found);
    json("output", run.output(), execution.output, found);
    if (run.path() != null && !run.path().equals(execution.path)) {
      found.add("path: expected " + run.path() + ",\n      got " + execution.path);
    }
    return found;
  }

  private static void text(
      String what, @Nullable String expected, @Nullable String actual, List<String> found) {
    if (expected != null && !expected.equals(actual)) {
      found.add(what + ": expected " + expected + ", got " + actual);
    }
  }

  private static void json(
      String what, @Nullable JsonNode expected, @Nullable JsonNode actual, List<String> found) {
    if (expected != null) {
      found.addAll(
          Subset.differences(what, expected, actual == null ? NullNode.getInstance() : actual));
    }
  }

  private static List<String> differences(Scenario.Sent sent, Chronicle.Delivery delivery) {
    boolean fits =
        (sent.by() == null || sent.by().equals(delivery.by))
            && (sent.target() == null || delivery.target.endsWith(sent.target()))
            && sent.status().equals(delivery.status);
    return fits ? List.of() : List.of("expected " + told(sent) + ", got " + delivery);
  }

  private static String told(Scenario.Sent sent) {
    return "a delivery"
        + (sent.by() == null ? "" : " of " + sent.by())
        + (sent.target() == null ? "" : " to " + sent.target())
        + " that is "
        + sent.status();
  }

  private static List<String> differences(Scenario.Posted posted, Request.Post post) {
    List<String> found = new ArrayList<>();
    json("body", posted.body(), body(post.body()), found);
    return found;
  }

  private static JsonNode body(String text) {
    try {
      return Json.parse(text);
    } catch (MalformedJson e) {
      return Json.text(text);
    }
  }
}
