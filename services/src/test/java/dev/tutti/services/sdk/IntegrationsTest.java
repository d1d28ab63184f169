package dev.tutti.services.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.asl.compile.Definitions;
import dev.tutti.core.asl.compile.Diagnostic;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntegrationsTest {
  private static List<Diagnostic> check(String resource) {
    return Definitions.check(
        "{\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Task\", \"Resource\": \""
            + resource
            + "\", \"End\": true}}}",
        Integrations::knows);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:states:::aws-sdk:nosuch:doIt",
        "arn:aws:states:::aws-sdk:dynamodb:getItems",
        "arn:aws:states:::aws-sdk:sfn:startexecution",
        "arn:aws:states:::nosuch:doIt"
      })
  void whatThereIsntIsRefusedWithItsPlace(String resource) {
    assertThat(check(resource))
        .singleElement()
        .satisfies(found -> {
          assertThat(found.location()).isEqualTo("/States/A/Resource");
          assertThat(found.message())
              .startsWith("The resource provided " + resource + " is not recognized.");
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:states:::aws-sdk:dynamodb:getItem",
        "arn:aws:states:::aws-sdk:textract:detectDocumentText",
        "arn:aws:states:::aws-sdk:s3:getObjectAttributes",
        "arn:aws:states:::glue:startJobRun.sync",
        "arn:aws:states:::dynamodb:putItem"
      })
  void whatIsntDoneHereIsTaken(String resource) {
    assertThat(check(resource)).isEmpty();
  }

  @Test
  void aPlaceInsideABranchIsTold() {
    String definition =
        """
        {"StartAt": "P", "States": {"P": {"Type": "Parallel", "End": true, "Branches": [
          {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}},
          {"StartAt": "B", "States": {"B": {"Type": "Task", "End": true,
            "Resource": "arn:aws:states:::aws-sdk:nosuch:doIt"}}}]}}}
        """;
    assertThat(Definitions.check(definition, Integrations::knows))
        .extracting(Diagnostic::location)
        .containsExactly("/States/P/Branches[1]/States/B/Resource");
  }
}
