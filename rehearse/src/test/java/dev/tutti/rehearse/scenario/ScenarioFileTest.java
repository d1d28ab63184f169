package dev.tutti.rehearse.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.core.json.Json;
import dev.tutti.rehearse.mock.BadFile;
import org.junit.jupiter.api.Test;

class ScenarioFileTest {
  private static Scenario read(String scenario) {
    return ScenarioFile.read("s.yaml", Json.parse("{\"scenarios\": [" + scenario + "]}"))
        .getFirst();
  }

  @Test
  void readsWhatIsGivenAndWhatIsExpected() {
    Scenario scenario =
        read(
            """
            {"name": "n", "functions": {"shop/pay": {"Return": 1}},
             "given": [{"after": 1.5, "start": {"machine": "shop/Order", "input": {"x": 1}}}],
             "expect": {"executions": [{"machine": "shop/Order", "path": ["A", "B"]}]}}
            """);
    assertThat(scenario.given())
        .containsExactly(
            new Scenario.Given.Start(1500, "shop/Order", null, Json.parse("{\"x\": 1}")));
    assertThat(scenario.expected().executions())
        .singleElement()
        .satisfies(run -> assertThat(run.path()).containsExactly("A", "B"));
    assertThat(scenario.expected().events()).isNull();
    assertThat(scenario.functions()).containsOnlyKeys("shop/pay");
  }

  @Test
  void refusesWhatItDoesntKnow() {
    assertThatThrownBy(() -> read("{\"name\": \"n\", \"given\": [], \"expct\": {}}"))
        .isInstanceOf(BadFile.class)
        .hasMessageStartingWith("s.yaml#/scenarios/0: there is no expct here");
    assertThatThrownBy(() ->
            read(
                "{\"name\": \"n\", \"given\": [{\"start\": {\"machine\": \"Order\"}}],"
                    + " \"expect\": {}}"))
        .hasMessageContaining("Order is not like CONTEXT/NAME");
    assertThatThrownBy(() -> read("{\"name\": \"n\", \"given\": [{}], \"expect\": {}}"))
        .hasMessage("s.yaml#/scenarios/0/given/0: something given is an event, a start or a call");
  }
}
