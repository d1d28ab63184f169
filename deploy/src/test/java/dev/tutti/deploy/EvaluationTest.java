package dev.tutti.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What templates' functions, parameters and conditions come to, seen through outputs. */
final class EvaluationTest {
  @TempDir Path root;

  private Map<String, String> outputs(String template) {
    return new Bench(root)
        .template(template)
        .plan()
        .outputs()
        .getOrDefault("111111111111/shop", Map.of());
  }

  @Test
  void functionsGiveWhatCloudFormationGives() {
    var outputs =
        outputs(
            """
            Parameters:
              Stage: {Type: String, Default: test}
              Zones: {Type: CommaDelimitedList, Default: "a, b,c"}
            Mappings:
              Sizes:
                test: {memory: 128}
                live: {memory: 1024}
            Conditions:
              Live: !Equals [!Ref Stage, live]
              Quiet: !And [!Not [!Condition Live], !Or [!Equals [a, b], !Equals [1, "1"]]]
            Resources:
              Bus: {Type: AWS::Events::EventBus, Properties: {Name: !Sub "${Stage}-bus"}}
            Outputs:
              Ref: {Value: !Ref Bus}
              Arn: {Value: !GetAtt Bus.Arn}
              LongArn: {Value: {"Fn::GetAtt": [Bus, Arn]}}
              Sub: {Value: !Sub "${Bus}/${Bus.Name}/${AWS::Region}/${!Kept}"}
              SubMap: {Value: !Sub ["${A}-${Stage}", {A: !Ref Stage}]}
              Join: {Value: !Join ["-", [x, !Ref Stage, 3]]}
              Select: {Value: !Select [1, !Ref Zones]}
              Split: {Value: !Select [2, !Split [":", "a:b:c"]]}
              Map: {Value: !FindInMap [Sizes, !Ref Stage, memory]}
              If: {Value: !If [Live, !Ref "AWS::NoValue", quiet]}
              Quiet: {Condition: Quiet, Value: "yes"}
              Hidden: {Condition: Live, Value: "yes"}
              Base64: {Value: !Base64 hi}
              Account: {Value: !Ref AWS::AccountId}
              Json: {Value: {"Fn::ToJsonString": {a: [1, true]}}}
            """);

    assertThat(outputs)
        .containsOnly(
            entry("Ref", "test-bus"),
            entry("Arn", "arn:aws:events:us-east-1:111111111111:event-bus/test-bus"),
            entry("LongArn", "arn:aws:events:us-east-1:111111111111:event-bus/test-bus"),
            entry("Sub", "test-bus/test-bus/us-east-1/${Kept}"),
            entry("SubMap", "test-test"),
            entry("Join", "x-test-3"),
            entry("Select", "b"),
            entry("Split", "c"),
            entry("Map", "128"),
            entry("If", "quiet"),
            entry("Quiet", "yes"),
            entry("Base64", "aGk="),
            entry("Account", "111111111111"),
            entry("Json", "{\"a\":[1,true]}"));
  }

  @Test
  void jsonTemplatesMeanTheSameTabsIncluded() {
    Bench bench =
        new Bench(root)
            .file(
                "contexts/shop/template.json",
                """
                {
                \t"Resources": {
                \t\t"Bus": {"Type": "AWS::Events::EventBus", "Properties": {"Name": "b"}}
                \t},
                \t"Outputs": {"Name": {"Value": {"Ref": "Bus"}}}
                }
                """);

    assertThat(bench.plan().outputs().values()).containsExactly(Map.of("Name", "b"));
  }

  @Test
  void everyProblemIsFoundAtOnceWithItsLine() {
    Bench bench =
        new Bench(root)
            .template(
                """
                Parameters:
                  Size: {Type: Number, Default: 7, MaxValue: 5}
                  Stage: {Type: String, AllowedValues: [a, b], Default: c}
                  Missing: {Type: String}
                Resources:
                  Table:
                    Type: AWS::DynamoDB::Table
                  Bus:
                    Type: AWS::Events::EventBus
                    Properties:
                      Name: !Ref Nowhere
                      KmsKeyIdentifier: x
                      Name: twice
                  Rule:
                    Type: AWS::Events::Rule
                    UpdatePolicy: {}
                    Properties:
                      ScheduleExpression: rate(1 hour)
                      State: !ImportValue other
                Rules: {}
                """);

    assertThat(bench.problems())
        .containsExactly(
            "contexts/shop/template.yaml:2: parameter Size is \"7\", which is above 5",
            "contexts/shop/template.yaml:3: parameter Stage is \"c\", which is not one of a, b",
            "contexts/shop/template.yaml:4: parameter Missing has no value: it has no Default",
            "contexts/shop/template.yaml:6: Table: the type AWS::DynamoDB::Table is not supported",
            "contexts/shop/template.yaml:11: there is no parameter or resource Nowhere",
            "contexts/shop/template.yaml:12: AWS::Events::EventBus.KmsKeyIdentifier is not"
                + " supported",
            "contexts/shop/template.yaml:13: the key Name stands here twice",
            "contexts/shop/template.yaml:16: Rule.UpdatePolicy is not supported",
            "contexts/shop/template.yaml:19: Fn::ImportValue is not supported",
            "contexts/shop/template.yaml:20: the template.Rules is not supported");
    assertThat(bench.door.calls).isEmpty();
  }

  @Test
  void circlesAreNamed() {
    Bench bench =
        new Bench(root)
            .template(
                """
                Resources:
                  A:
                    Type: AWS::Events::EventBus
                    Properties: {Name: !GetAtt B.Arn}
                  B:
                    Type: AWS::Events::EventBus
                    Properties: {Name: !Sub "${A}-x"}
                  C:
                    Type: AWS::SNS::Topic
                    DependsOn: D
                  D:
                    Type: AWS::SNS::Topic
                    DependsOn: [C]
                """);

    assertThat(bench.problems())
        .anyMatch(line -> line.contains(":7: ") && line.contains("circle: A -> B -> A"))
        .anyMatch(line -> line.contains("circle: C -> D -> C"));
  }

  @Test
  void malformedYamlAndUnknownTagsSayWhere() {
    assertThat(new Bench(root).template("Resources:\n  A: [1\n").problems())
        .singleElement()
        .asString()
        .startsWith("contexts/shop/template.yaml:3: ");
    assertThat(
            new Bench(root)
                .template("Resources:\n  A:\n    Type: !Nonsense x\n    Properties: {}\n")
                .problems())
        .contains("contexts/shop/template.yaml:3: the tag !Nonsense is not supported");
  }

  @Test
  void aliasesCannotGrowWithoutEnd() {
    StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 9; i++) {
      String alias = "*a" + (i - 1);
      text.append(
          "a%d: &a%d [%s]\n"
              .formatted(i, i, String.join(", ", java.util.Collections.nCopies(10, alias))));
    }

    assertThat(new Bench(root).template(text.toString()).problems())
        .singleElement()
        .asString()
        .contains("too much");
  }
}
