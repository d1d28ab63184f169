package dev.tutti.core.asl.compile;

import dev.tutti.core.asl.ChoiceState;
import dev.tutti.core.asl.FailState;
import dev.tutti.core.asl.Flow;
import dev.tutti.core.asl.ParallelState;
import dev.tutti.core.asl.PassState;
import dev.tutti.core.asl.QueryLanguage;
import dev.tutti.core.asl.State;
import dev.tutti.core.asl.SucceedState;
import dev.tutti.core.asl.Transition;
import dev.tutti.core.asl.WaitState;
import dev.tutti.core.asl.data.DataFlow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads states and the flows that they stand in. Names are unique over one reader's states. */
final class StateReader {
  private static final int LONGEST_NAME = 80;

  /** How deep flows may stand in flows. */
  private static final int DEEPEST = 50;

  private final Findings findings;
  private final QueryLanguage machine;
  private final Set<String> names = new HashSet<>();
  private final Set<String> labels = new HashSet<>();
  private int depth;

  StateReader(Findings findings, QueryLanguage machine) {
    this.findings = findings;
    this.machine = machine;
  }

  /** The flow whose StartAt and States these fields hold. */
  Flow flow(Fields fields) {
    var states = new LinkedHashMap<String, State>();
    String startAt = fields.text("StartAt");
    Fields named = fields.object("States");
    if (++depth > DEEPEST) {
      findings.add(
          Diagnostic.TOO_DEEPLY_NESTED, "The states are too deeply nested", fields.location());
    } else if (named != null) {
      for (String name : named.names()) {
        checkName(name, named.at(name));
        Fields state = named.object(name);
        State read = state == null ? null : read(name, state);
        if (read != null) {
          states.put(name, read);
        }
      }
      if (!named.names().iterator().hasNext()) {
        findings.schema("Value cannot be empty", named.location());
      }
    }
    depth--;
    return new Flow(startAt == null ? "" : startAt, states);
  }

  /** A label names a Map's executions: no two of a machine are the same. */
  void label(String label, String location) {
    if (!labels.add(label)) {
      findings.add(Diagnostic.DUPLICATE_LABEL_NAME, "Duplicate Label name: " + label, location);
    }
  }

  private void checkName(String name, String location) {
    if (name.codePointCount(0, name.length()) > LONGEST_NAME) {
      findings.add(
          Diagnostic.INVALID_STATE_NAME,
          "State name cannot exceed " + LONGEST_NAME + " characters",
          location);
    } else if (name.isBlank()) {
      findings.add(Diagnostic.INVALID_STATE_NAME, "State name cannot be empty", location);
    }
    if (!names.add(name)) {
      findings.add(Diagnostic.DUPLICATE_STATE_NAME, "Duplicate State name: " + name, location);
    }
  }

  /** One state, null (and a report) where its Type is none. */
  @Nullable State read(String name, Fields written) {
    StateType type = StateType.of(written);
    if (type == null) {
      return null;
    }
    Fields fields = written.ofState(Languages.state(written, machine));
    Languages.checkState(fields, machine);
    type.checkFields(fields);
    String comment = fields.text("Comment");
    return switch (type) {
      case TASK -> TaskReader.read(name, comment, fields, transition(fields));
      case PASS ->
          new PassState(
              name,
              comment,
              DataFields.flow(fields, true),
              fields.raw("Result"),
              transition(fields));
      case CHOICE -> choice(name, comment, fields);
      case WAIT ->
          new WaitState(
              name,
              comment,
              DataFields.flow(fields, false),
              DelayReader.read(fields),
              transition(fields));
      case SUCCEED -> new SucceedState(name, comment, DataFields.flow(fields, false));
      case FAIL ->
          new FailState(
              name,
              comment,
              DataFields.plain(fields),
              DataFields.text(fields, "Error"),
              DataFields.text(fields, "Cause"));
      case PARALLEL -> parallel(name, comment, fields);
      case MAP -> new MapReader(this).read(name, comment, fields, transition(fields));
    };
  }

  private ChoiceState choice(String name, @Nullable String comment, Fields fields) {
    DataFlow data = DataFields.flow(fields, false);
    return new ChoiceState(
        name, comment, data, ChoiceReader.rules(fields, data), fields.text("Default"));
  }

  private ParallelState parallel(String name, @Nullable String comment, Fields fields) {
    fields.require("Branches");
    var branches = new ArrayList<Flow>();
    for (Fields branch : fields.objects("Branches", fields.someElements("Branches"))) {
      branch.allowOnly(Set.of("Comment", "StartAt", "States", "ProcessorConfig"));
      branch.require("States", "StartAt");
      branches.add(flow(branch));
    }
    return new ParallelState(
        name,
        comment,
        DataFields.flow(fields, true),
        branches,
        ErrorsReader.retriers(fields),
        ErrorsReader.catchers(fields),
        transition(fields));
  }

  private static Transition transition(Fields fields) {
    boolean end = fields.flag("End");
    String next = fields.text("Next");
    if (end && fields.has("Next")) {
      fields
          .findings()
          .schema(
              "There should only be one of the following fields: [Next, End]", fields.location());
    } else if (!end && !fields.has("Next")) {
      fields
          .findings()
          .schema(
              "This object should have only one of the following fields: [Next, End]",
              fields.location());
    }
    return end || next == null ? new Transition.End() : new Transition.Next(next);
  }
}
