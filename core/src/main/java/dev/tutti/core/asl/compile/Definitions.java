package dev.tutti.core.asl.compile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.asl.Flow;
import dev.tutti.core.asl.QueryLanguage;
import dev.tutti.core.asl.Resource;
import dev.tutti.core.asl.State;
import dev.tutti.core.asl.StateMachine;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The compiler. In order: the text must be JSON, then each field must be right by itself, then the
 * transitions must hold together. A later step only looks at what passed the earlier ones.
 */
public final class Definitions {
  /** Longest definition, in bytes of UTF-8 (quota "Maximum state machine definition size"). */
  public static final int LONGEST_BYTES = 1024 * 1024;

  private static final long LONGEST_TIMEOUT_SECONDS = 99_999_999;
  private static final Set<String> FIELDS =
      Set.of("Comment", "QueryLanguage", "StartAt", "States", "TimeoutSeconds", "Version");

  private Definitions() {}

  /**
   * Compiles a definition.
   *
   * @throws InvalidDefinition where it is not one, with every reason found
   */
  public static StateMachine compile(String json) {
    return compile(json, resource -> true);
  }

  /**
   * As {@link #compile(String)}, for a definition that is to be kept.
   *
   * @param available whether there is such work, or may be
   * @throws InvalidDefinition where it is not one, with every reason found
   */
  public static StateMachine compile(String json, Predicate<Resource> available) {
    var findings = new Findings();
    ObjectNode root = Source.read(json, findings);
    StateMachine machine = null;
    if (root != null) {
      machine = machine(new Fields(root, "", findings));
      if (findings.none()) {
        FlowGraph.check(machine.flow(), findings);
        Available.check(machine.flow(), root, available, findings);
      }
    }
    if (machine == null || !findings.none()) {
      throw new InvalidDefinition(findings.all());
    }
    return machine;
  }

  /**
   * Compiles one state by itself, as TestState takes it; its transitions lead anywhere.
   *
   * @param name the state's name, also in the locations of diagnostics
   * @throws InvalidDefinition where it is not one, with every reason found
   */
  public static State compileState(String name, String json) {
    var findings = new Findings();
    ObjectNode root = Source.read(json, findings);
    State state = null;
    if (root != null) {
      var states = new StateReader(findings, QueryLanguage.JSON_PATH);
      state = states.read(name, new Fields(root, "/States/" + name, findings));
    }
    if (state == null || !findings.none()) {
      throw new InvalidDefinition(findings.all());
    }
    return state;
  }

  /** What is wrong with a definition: nothing, or at least one thing. */
  public static List<Diagnostic> check(String json) {
    return check(json, resource -> true);
  }

  /** As {@link #check(String)}, with {@link #compile(String, Predicate)}'s question. */
  public static List<Diagnostic> check(String json, Predicate<Resource> available) {
    try {
      compile(json, available);
      return List.of();
    } catch (InvalidDefinition e) {
      return e.diagnostics();
    }
  }

  /** What looks like a mistake in a definition that compiles. */
  public static List<Diagnostic> warnings(String json) {
    var findings = new Findings();
    ObjectNode root = Source.read(json, findings);
    if (root != null) {
      Warnings.find(root, findings);
    }
    return findings.all();
  }

  private static StateMachine machine(Fields fields) {
    fields.allowOnly(FIELDS);
    fields.require("States", "StartAt");
    QueryLanguage language = Languages.machine(fields);
    Long timeout = fields.whole("TimeoutSeconds", 0, LONGEST_TIMEOUT_SECONDS);
    String version = fields.oneOf("Version", List.of("1.0"), "1.0");
    Flow flow = new StateReader(fields.findings(), language).flow(fields);
    return new StateMachine(fields.text("Comment"), flow, timeout, version, language);
  }
}
