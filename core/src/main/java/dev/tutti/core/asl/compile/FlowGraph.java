package dev.tutti.core.asl.compile;

import dev.tutti.core.asl.Catcher;
import dev.tutti.core.asl.ChoiceState;
import dev.tutti.core.asl.FailState;
import dev.tutti.core.asl.Flow;
import dev.tutti.core.asl.MapState;
import dev.tutti.core.asl.ParallelState;
import dev.tutti.core.asl.PassState;
import dev.tutti.core.asl.State;
import dev.tutti.core.asl.SucceedState;
import dev.tutti.core.asl.TaskState;
import dev.tutti.core.asl.Transition;
import dev.tutti.core.asl.WaitState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether transitions hold together: in each flow every target exists, some state ends it, and
 * every state can be reached. Where no state ends a flow, unreachable ones are not looked for, as
 * on AWS.
 */
final class FlowGraph {
  private final Flow flow;
  private final String location;
  private final Findings findings;

  private FlowGraph(Flow flow, String location, Findings findings) {
    this.flow = flow;
    this.location = location;
    this.findings = findings;
  }

  static void check(Flow flow, Findings findings) {
    new FlowGraph(flow, "", findings).check();
  }

  /**
   * A transition.
   *
   * @param from the field that names the target
   */
  private record Edge(String target, String from) {}

  private void check() {
    checkTarget(new Edge(flow.startAt(), location + "/StartAt"));
    boolean ends = false;
    for (State state : flow.states().values()) {
      edges(state).forEach(this::checkTarget);
      checkInside(state);
      ends |= ends(state);
    }
    if (!ends) {
      findings.add(Diagnostic.MISSING_END_STATE, "Workflow has no terminal state", null);
      return;
    }
    var reached = reached();
    for (String name : flow.states().keySet()) {
      if (!reached.contains(name)) {
        findings.add(
            Diagnostic.MISSING_TRANSITION_TARGET,
            "State \"" + name + "\" is not reachable.",
            at(name));
      }
    }
  }

  private String at(String state) {
    return location + "/States/" + state;
  }

  private void checkTarget(Edge edge) {
    if (!flow.states().containsKey(edge.target())) {
      findings.add(
          Diagnostic.MISSING_TRANSITION_TARGET,
          "Missing 'Next' target: " + edge.target(),
          edge.from());
    }
  }

  private void checkInside(State state) {
    switch (state) {
      case ParallelState parallel -> {
        for (int i = 0; i < parallel.branches().size(); i++) {
          String inside = at(state.name()) + "/Branches[" + i + "]";
          new FlowGraph(parallel.branches().get(i), inside, findings).check();
        }
      }
      case MapState map ->
          new FlowGraph(map.processor(), at(state.name()) + "/ItemProcessor", findings).check();
      case TaskState s -> {}
      case PassState s -> {}
      case ChoiceState s -> {}
      case WaitState s -> {}
      case SucceedState s -> {}
      case FailState s -> {}
    }
  }

  private static boolean ends(State state) {
    return state instanceof SucceedState
        || state instanceof FailState
        || transition(state) instanceof Transition.End;
  }

  private static @Nullable Transition transition(State state) {
    return switch (state) {
      case TaskState s -> s.transition();
      case PassState s -> s.transition();
      case WaitState s -> s.transition();
      case ParallelState s -> s.transition();
      case MapState s -> s.transition();
      case ChoiceState s -> null;
      case SucceedState s -> null;
      case FailState s -> null;
    };
  }

  private List<Edge> edges(State state) {
    String at = at(state.name());
    var edges = new ArrayList<Edge>();
    if (transition(state) instanceof Transition.Next(String target)) {
      edges.add(new Edge(target, at + "/Next"));
    }
    if (state instanceof ChoiceState choice) {
      for (int i = 0; i < choice.rules().size(); i++) {
        edges.add(new Edge(choice.rules().get(i).next(), at + "/Choices[" + i + "]/Next"));
      }
      if (choice.otherwise() != null) {
        edges.add(new Edge(choice.otherwise(), at + "/Default"));
      }
    }
    List<Catcher> catchers =
        switch (state) {
          case TaskState s -> s.catchers();
          case ParallelState s -> s.catchers();
          case MapState s -> s.catchers();
          default -> List.of();
        };
    for (int i = 0; i < catchers.size(); i++) {
      edges.add(new Edge(catchers.get(i).next(), at + "/Catch[" + i + "]/Next"));
    }
    return edges;
  }

  private Set<String> reached() {
    var reached = new HashSet<String>();
    var open = new ArrayDeque<String>();
    open.add(flow.startAt());
    while (!open.isEmpty()) {
      State state = flow.states().get(open.remove());
      if (state != null && reached.add(state.name())) {
        edges(state).forEach(edge -> open.add(edge.target()));
      }
    }
    return reached;
  }
}
