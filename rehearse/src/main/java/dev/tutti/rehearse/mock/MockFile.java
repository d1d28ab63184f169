package dev.tutti.rehearse.mock;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A mock configuration file of Step Functions Local (Step Functions Developer Guide, "Using mocked
 * service integrations"): state machines with test cases, each naming a mocked response for some
 * states. Beside that form a short one is read: answers by the state's name alone.
 */
public final class MockFile {
  private static final String MACHINES = "StateMachines";
  private static final String RESPONSES = "MockedResponses";

  private final String label;
  private final Map<String, Map<String, Map<String, Responses>>> machines = new LinkedHashMap<>();
  private final @Nullable Map<String, Responses> everywhere;

  private MockFile(String label, JsonNode root) {
    this.label = label;
    if (!root.isObject()) {
      throw new BadFile(label, "a mock file is an object");
    }
    if (root.has(MACHINES)) {
      this.everywhere = null;
      Map<String, Responses> named = responses(label + "#/" + RESPONSES, root.path(RESPONSES));
      root.get(MACHINES)
          .properties()
          .forEach(entry ->
              machines.put(
                  entry.getKey(),
                  testCases(at(MACHINES, entry.getKey()), entry.getValue(), named)));
    } else {
      this.everywhere = responses(label + "#", root);
    }
  }

  /**
   * Reads a file.
   *
   * @param label how the file is called in complaints
   * @throws BadFile where it isn't right
   */
  public static MockFile read(String label, JsonNode root) {
    return new MockFile(label, root);
  }

  private String at(String... path) {
    return label + "#/" + String.join("/", path);
  }

  private static Map<String, Responses> responses(String place, JsonNode written) {
    Map<String, Responses> responses = new LinkedHashMap<>();
    written
        .properties()
        .forEach(entry ->
            responses.put(
                entry.getKey(), Responses.read(place + "/" + entry.getKey(), entry.getValue())));
    return responses;
  }

  private static Map<String, Map<String, Responses>> testCases(
      String place, JsonNode machine, Map<String, Responses> named) {
    Map<String, Map<String, Responses>> cases = new LinkedHashMap<>();
    for (var each : machine.path("TestCases").properties()) {
      Map<String, Responses> states = new LinkedHashMap<>();
      for (var state : each.getValue().properties()) {
        String at = place + "/TestCases/" + each.getKey() + "/" + state.getKey();
        Responses mock = named.get(state.getValue().asText());
        if (mock == null) {
          throw new BadFile(at, "MockedResponses has no " + state.getValue());
        }
        states.put(state.getKey(), mock);
      }
      cases.put(each.getKey(), states);
    }
    if (cases.isEmpty()) {
      throw new BadFile(place, "a state machine needs TestCases");
    }
    return cases;
  }

  /** The state machines that it names. */
  public Set<String> machines() {
    return Collections.unmodifiableSet(machines.keySet());
  }

  /**
   * The mocks of a test case, by state.
   *
   * @param machine the state machine's name
   * @param testCase null for the only one that there is
   * @throws BadFile where there is no such test case
   */
  public Map<String, Responses> testCase(String machine, @Nullable String testCase) {
    if (everywhere != null) {
      if (testCase != null) {
        throw new BadFile(label, "mocks by state alone have no test cases");
      }
      return everywhere;
    }
    Map<String, Map<String, Responses>> cases = machines.get(machine);
    if (cases == null) {
      throw new BadFile(label, "no state machine " + machine + "; there are " + machines.keySet());
    }
    if (testCase == null && cases.size() == 1) {
      return cases.values().iterator().next();
    }
    Map<String, Responses> found = testCase == null ? null : cases.get(testCase);
    if (found == null) {
      throw new BadFile(
          at(MACHINES, machine),
          (testCase == null ? "which test case?" : "no test case " + testCase + ";")
              + " There are "
              + cases.keySet());
    }
    return found;
  }
}
