package dev.tutti.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.asl.Flow;
import dev.tutti.core.asl.MapState;
import dev.tutti.core.asl.ParallelState;
import dev.tutti.core.asl.State;
import dev.tutti.core.asl.StateMachine;
import dev.tutti.core.asl.TaskState;
import dev.tutti.core.asl.compile.Definitions;
import dev.tutti.core.asl.compile.Diagnostic;
import dev.tutti.core.asl.compile.InvalidDefinition;
import dev.tutti.core.json.Json;
import dev.tutti.deploy.DeclaredMachine;
import dev.tutti.deploy.DeployException;
import dev.tutti.deploy.template.Node;
import dev.tutti.deploy.template.Places;
import dev.tutti.services.sdk.Integrations;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the state machine that a file holds: a definition by itself, or one of a template's. */
final class MachineFile {
  private MachineFile() {}

  /**
   * A definition.
   *
   * @param text JSON
   * @param root where its parts stand in the file
   */
  record Definition(String name, String text, Node root, StateMachine machine) {

    /** The same with a state before the first that sets variables. */
    Definition assigning(JsonNode variables) {
      if (!(variables instanceof ObjectNode) || !(Json.parse(text) instanceof ObjectNode object)) {
        throw new Complaint("--variables is an object: values by the variables' names");
      }
      String state = "Variables";
      while (object.path("States").has(state)) {
        state += "'";
      }
      ObjectNode pass = Json.object().put("Type", "Pass");
      pass.set("Assign", variables);
      pass.set("Next", object.get("StartAt"));
      object.put("StartAt", state);
      ((ObjectNode) object.get("States")).set(state, pass);
      String changed = Json.write(object);
      return new Definition(name, changed, root, compiled(changed, root));
    }

    RunCommand.Tasks tasks() {
      Map<String, RunCommand.Task> tasks = new LinkedHashMap<>();
      collect(machine.flow(), "", tasks);
      return new RunCommand.Tasks(tasks);
    }

    private void collect(Flow flow, String at, Map<String, RunCommand.Task> tasks) {
      for (State state : flow.states().values()) {
        String here = at + "/States/" + state.name();
        switch (state) {
          case TaskState task ->
              tasks.put(task.name(), new RunCommand.Task(task, Places.of(root, here).toString()));
          case ParallelState parallel -> {
            for (int i = 0; i < parallel.branches().size(); i++) {
              collect(parallel.branches().get(i), here + "/Branches[" + i + "]", tasks);
            }
          }
          case MapState map -> {
            String inner = Places.has(root, here + "/Iterator") ? "/Iterator" : "/ItemProcessor";
            collect(map.processor(), here + inner, tasks);
          }
          default -> {
            // asks nobody
          }
        }
      }
    }
  }

  /**
   * Reads a file.
   *
   * @param machine which of a template's, by logical id or name; null for the only one
   * @param parameters values of the template's parameters
   * @param account what a template takes for its own
   */
  static Definition read(
      Path file, @Nullable String machine, Map<String, String> parameters, String account) {
    String written = Documents.text(file);
    Node root = Documents.placed(file, written);
    JsonNode document = root.json();
    if (document.has("States")) {
      String name =
          file.getFileName().toString().replaceFirst("\\..*", "").replaceAll("[^A-Za-z0-9_-]", "-");
      boolean yaml = file.toString().toLowerCase(Locale.ROOT).matches(".*\\.ya?ml");
      String text = yaml ? Json.write(document) : written;
      return new Definition(name, text, root, compiled(text, root));
    }
    if (!document.has("Resources")) {
      throw new Complaint(file + " is neither a definition (States) nor a template (Resources)");
    }
    return ofTemplate(file, machine, parameters, account);
  }

  private static Definition ofTemplate(
      Path file, @Nullable String machine, Map<String, String> parameters, String account) {
    List<DeclaredMachine> declared;
    try {
      declared = DeclaredMachine.of(file, parameters, account, Assembly.REGION);
    } catch (DeployException e) {
      throw new Complaint(String.valueOf(e.getMessage()), e);
    }
    List<DeclaredMachine> found =
        declared.stream()
            .filter(each ->
                machine == null || each.logicalId().equals(machine) || each.name().equals(machine))
            .toList();
    if (found.size() != 1) {
      throw new Complaint(
          file
              + (found.isEmpty() ? " has no such state machine" : " has several state machines")
              + "; --machine is one of "
              + declared.stream()
                  .map(DeclaredMachine::logicalId)
                  .collect(Collectors.joining(", ")));
    }
    DeclaredMachine one = found.getFirst();
    return new Definition(
        one.name(), one.definition(), one.root(), compiled(one.definition(), one.root()));
  }

  private static StateMachine compiled(String text, Node root) {
    try {
      return Definitions.compile(text, Integrations::knows);
    } catch (InvalidDefinition e) {
      throw new Complaint(
          e.diagnostics().stream()
              .map(each -> told(each, root))
              .collect(Collectors.joining("\n", "the definition isn't valid:\n", "")),
          e);
    }
  }

  private static String told(Diagnostic diagnostic, Node root) {
    return "%s: %s %s: %s"
        .formatted(
            Places.of(root, diagnostic.location()),
            diagnostic.severity(),
            diagnostic.code(),
            diagnostic.location() == null
                ? diagnostic.message()
                : diagnostic.message() + " at " + diagnostic.location());
  }
}
