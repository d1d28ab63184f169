package dev.tutti.rehearse.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.core.json.Json;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class MockFileTest {
  private static final String LOCAL =
      """
      {"StateMachines": {"Order": {"TestCases": {
          "Happy": {"Pay": "Paid"},
          "Slow": {"Pay": "PaidAtLast"}}}},
       "MockedResponses": {
          "Paid": {"0": {"Return": {"paid": true}}},
          "PaidAtLast": {
            "0": {"Throw": {"Error": "Lambda.TooManyRequestsException", "Cause": "busy"}},
            "1-2": {"Throw": {"Error": "Lambda.ServiceException", "Cause": "down"}},
            "3": {"Return": {"paid": true}}}}}
      """;

  private static MockFile read(String json) {
    return MockFile.read("mocks.json", Json.parse(json));
  }

  @Test
  void answersByHowOftenItWasAskedBefore() {
    Responses pay = Objects.requireNonNull(read(LOCAL).testCase("Order", "Slow").get("Pay"));
    assertThat(pay.at(0)).contains(new Cue.Throw("Lambda.TooManyRequestsException", "busy"));
    assertThat(pay.at(1)).contains(new Cue.Throw("Lambda.ServiceException", "down"));
    assertThat(pay.at(2)).contains(new Cue.Throw("Lambda.ServiceException", "down"));
    assertThat(pay.at(3)).contains(new Cue.Return(Json.parse("{\"paid\": true}")));
    assertThat(pay.at(4)).isEmpty();
  }

  @Test
  void aTestCaseIsChosenByNameWhereThereAreSeveral() {
    assertThatThrownBy(() -> read(LOCAL).testCase("Order", null))
        .isInstanceOf(BadFile.class)
        .hasMessageContaining("[Happy, Slow]");
    assertThatThrownBy(() -> read(LOCAL).testCase("Order", "Sad")).hasMessageContaining("Sad");
    assertThatThrownBy(() -> read(LOCAL).testCase("Other", "Happy")).hasMessageContaining("Other");
  }

  @Test
  void mocksMayBeGivenByStateAlone() {
    Map<String, Responses> states =
        read("{\"Pay\": {\"Return\": 1}, \"Ship\": {\"0\": {\"Throw\": {\"Error\": \"No\"}}}}")
            .testCase("anything", null);
    assertThat(states).containsOnlyKeys("Pay", "Ship");
    assertThat(Objects.requireNonNull(states.get("Pay")).at(77)).isPresent();
  }

  @Test
  void whatIsWrongIsSaidWithItsPlace() {
    assertThatThrownBy(() -> read("{\"Pay\": {\"one\": {\"Return\": 1}}}"))
        .hasMessage("mocks.json#/Pay/one: \"one\" is neither a number nor like 1-2");
    assertThatThrownBy(() -> read("{\"Pay\": {\"0-3\": {\"Return\": 1}, \"2\": {\"Return\": 1}}}"))
        .hasMessage("mocks.json#/Pay/2: another answer has the same number");
    assertThatThrownBy(() -> read("{\"Pay\": {\"0\": {\"Throw\": {\"Cause\": \"c\"}}}}"))
        .hasMessage("mocks.json#/Pay/0/Throw: an error needs the text Error");
    assertThatThrownBy(() -> read(LOCAL.replace("\"Pay\": \"Paid\"", "\"Pay\": \"Gone\"")))
        .hasMessageContaining("TestCases/Happy/Pay: MockedResponses has no \"Gone\"");
  }
}
