package dev.tutti.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contexts that subscribe to each other's buses. */
final class ContextsTest {
  private static final String TEMPLATE =
      """
      Resources:
        Rule:
          Type: AWS::Events::Rule
          Properties:
            Name: listen
            EventBusName: arn:aws:events:us-east-1:OTHER:event-bus/exposed
            EventPattern: {source: [x]}
        Bus: {Type: AWS::Events::EventBus, Properties: {Name: exposed}}
        Policy:
          Type: AWS::Events::EventBusPolicy
          Properties:
            EventBusName: exposed
            StatementId: s
            Statement: {Effect: Allow}
      Outputs:
        Rule: {Value: !GetAtt Rule.Arn}
      """;

  @TempDir Path root;

  @Test
  void eachOthersBusesAndPoliciesComeFirst() {
    Bench bench =
        new Bench(root)
            .file(
                "tutti.yaml",
                """
                contexts:
                  a: {account: "111111111111"}
                  b: {account: "222222222222"}
                """)
            .file("contexts/a/template.yaml", TEMPLATE.replace("OTHER", "222222222222"))
            .file("contexts/b/template.yaml", TEMPLATE.replace("OTHER", "111111111111"));

    Deployment deployment = bench.deploy();

    assertThat(bench.door.calls)
        .filteredOn(call -> call.operation().matches("Create.*|Put.*"))
        .extracting(call -> call.context().substring(0, 1) + " " + call.operation())
        .containsExactly(
            "2 CreateEventBus",
            "2 PutPermission",
            "1 PutRule",
            "1 CreateEventBus",
            "1 PutPermission",
            "2 PutRule");
    assertThat(deployment.outputs().toString())
        .contains("arn:aws:events:us-east-1:222222222222:rule/exposed/listen");
  }

  @Test
  void oneThingInTwoTemplatesIsRefused() {
    String bus = "Resources:\n  Bus: {Type: AWS::Events::EventBus, Properties: {Name: b}}\n";
    Bench bench =
        new Bench(root)
            .file("contexts/a/template.yaml", bus)
            .file("contexts/a/zmore.yaml", "AWSTemplateFormatVersion: '2010-09-09'\n" + bus);

    assertThat(bench.problems())
        .singleElement()
        .asString()
        .startsWith(
            "contexts/a/zmore.yaml:3: Bus is the same AWS::Events::EventBus as Bus at"
                + " contexts/a/template.yaml:2");
  }
}
