package dev.tutti.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tutti.core.json.Json;
import dev.tutti.deploy.resource.Checks;
import dev.tutti.deploy.resource.DefinitionCheck;
import dev.tutti.wire.ServiceError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Creating, updating, replacing, deleting and rolling back, by the calls that are made. */
final class DeployerTest {
  private static final String ORDERS =
      """
      Transform: AWS::Serverless-2016-10-31
      Globals:
        Function:
          Runtime: python3.12
          Environment: {Variables: {STAGE: test}}
      Resources:
        Handle:
          Type: AWS::Serverless::StateMachine
          Properties:
            DefinitionUri: handle.asl.json
            DefinitionSubstitutions: {ChargeArn: !GetAtt Charge.Arn}
            Policies: [{LambdaInvokePolicy: {FunctionName: !Ref Charge}}]
            Events:
              Placed:
                Type: EventBridgeRule
                Properties:
                  EventBusName: !Ref Bus
                  Pattern: {source: [shop], detail: {total: [{numeric: [">", 10.50]}]}}
        Charge:
          Type: AWS::Serverless::Function
          Properties:
            CodeUri: src/charge
            Handler: app.handler
            Environment: {Variables: {LEVEL: 1}}
            Tags: {team: pay}
        Bus:
          Type: AWS::Events::EventBus
          Properties: {Name: orders}
      Outputs:
        Role: {Value: !GetAtt HandleRole.Arn}
      """;

  @TempDir Path root;
  private Bench bench;
  private FakeDoor door;

  @BeforeEach
  void folder() {
    bench =
        new Bench(root)
            .template(ORDERS)
            .file("contexts/shop/handle.asl.json", "{\"StartAt\": \"${ChargeArn}\"}")
            .file("contexts/shop/src/charge/app.py", "def handler(e, c): pass\n")
            .file("contexts/shop/src/charge/__pycache__/app.pyc", "x");
    door = bench.door;
  }

  @Test
  void aFirstDeploymentCreatesEverythingInOrder() throws IOException {
    Deployment deployment = bench.deploy();

    assertThat(door.changes())
        .containsExactly(
            "lambda:CreateFunction",
            "events:CreateEventBus",
            "states:CreateStateMachine",
            "events:PutRule",
            "events:PutTargets");
    assertThat(door.calls).allMatch(call -> call.context().equals("111111111111"));
    var function = door.input("CreateFunction");
    assertThat(function.path("FunctionName").asText()).matches("shop-Charge-[0-9A-Z]{12}");
    assertThat(function.path("Environment"))
        .isEqualTo(Json.parse("{\"Variables\":{\"STAGE\":\"test\",\"LEVEL\":\"1\"}}"));
    assertThat(function.path("Role").asText())
        .matches("arn:aws:iam::111111111111:role/shop-ChargeRole-[0-9A-Z]{12}");
    assertThat(function.path("Tags")).isEqualTo(Json.parse("{\"team\":\"pay\"}"));
    byte[] zip = Base64.getDecoder().decode(function.path("Code").path("ZipFile").asText());
    assertThat(names(zip)).containsExactly("app.py");
    var machine = door.input("CreateStateMachine");
    assertThat(machine.path("definition").asText())
        .contains("arn:aws:lambda:us-east-1:111111111111:function:shop-Charge-");
    assertThat(machine.path("name").asText()).matches("Handle-[0-9A-Z]{12}");
    var rule = door.input("PutRule");
    assertThat(rule.path("EventBusName").asText()).isEqualTo("orders");
    assertThat(rule.path("EventPattern").asText())
        .isEqualTo("{\"source\":[\"shop\"],\"detail\":{\"total\":[{\"numeric\":[\">\",10.50]}]}}");
    var target = door.input("PutTargets").path("Targets").path(0);
    assertThat(target.path("Id").asText()).isEqualTo("HandlePlacedStepFunctionsTarget");
    assertThat(target.path("Arn").asText()).contains(":stateMachine:Handle-");
    assertThat(deployment.count("CREATED")).isEqualTo(4);
    assertThat(deployment.count("NO_EFFECT")).isEqualTo(3);
    assertThat(deployment.toString()).contains("created      shop/Charge  AWS::Lambda::Function");
    assertThat(deployment.outputs().toString()).contains(":role/shop-HandleRole-");
  }

  private static List<String> names(byte[] zip) throws IOException {
    List<String> names = new ArrayList<>();
    try (var in = new ZipInputStream(new ByteArrayInputStream(zip), StandardCharsets.UTF_8)) {
      for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        names.add(entry.getName());
      }
    }
    return names;
  }

  @Test
  void theSameAgainCallsNothing() {
    bench.deploy();
    door.calls.clear();

    Plan plan = bench.plan();

    assertThat(plan.isEmpty()).isTrue();
    assertThat(bench.deployer().apply(plan).count("UNCHANGED")).isEqualTo(4);
    assertThat(door.calls).isEmpty();
  }

  @Test
  void onlyWhatChangedIsCalled() {
    bench.deploy();
    door.calls.clear();
    bench.file("contexts/shop/src/charge/app.py", "def handler(e, c): return 1\n");
    bench.deploy();
    assertThat(door.changes()).containsExactly("lambda:UpdateFunctionCode");

    door.calls.clear();
    bench.template(ORDERS.replace("LEVEL: 1", "LEVEL: 2").replace("10.50", "11"));
    Deployment deployment = bench.deploy();
    assertThat(door.changes())
        .containsExactly("lambda:UpdateFunctionConfiguration", "events:PutRule");
    assertThat(deployment.count("UPDATED")).isEqualTo(2);

    door.calls.clear();
    bench.template(
        ORDERS
            .replace("LEVEL: 1", "LEVEL: 2")
            .replace("10.50", "11")
            .replace("{team: pay}", "{of: pay}"));
    bench.deploy();
    assertThat(door.changes()).containsExactly("lambda:TagResource", "lambda:UntagResource");
    assertThat(door.input("UntagResource").path("TagKeys")).isEqualTo(Json.parse("[\"team\"]"));
  }

  @Test
  void whatExistsAlreadyIsUpdatedAndItsCodeNotSentAgain() {
    bench.deploy();
    bench.records.saved.clear();
    door.calls.clear();

    Deployment deployment = bench.deploy();

    assertThat(door.changes())
        .contains("lambda:UpdateFunctionConfiguration", "states:UpdateStateMachine")
        .doesNotContain("lambda:UpdateFunctionCode", "lambda:CreateFunction");
    assertThat(deployment.count("CREATED")).isZero();
  }

  @Test
  void whatTheTemplateNoLongerHasIsDeleted() {
    bench.deploy();
    door.calls.clear();
    bench.template(
        """
        Resources:
          Bus:
            Type: AWS::Events::EventBus
            Properties: {Name: orders}
        """);

    assertThat(bench.deploy().count("DELETED")).isEqualTo(3);
    assertThat(door.changes())
        .containsExactly(
            "events:RemoveTargets",
            "events:DeleteRule",
            "states:DeleteStateMachine",
            "lambda:DeleteFunction");
    assertThat(door.things.keySet()).containsExactly("bus 111111111111/orders");
  }

  @Test
  void anotherNameReplacesAndAnotherLogicalIdDoesNot() {
    bench.deploy();
    door.calls.clear();
    bench.template(ORDERS.replace("Name: orders", "Name: incoming"));
    Deployment replaced = bench.deploy();
    assertThat(door.changes())
        .containsExactly(
            "events:CreateEventBus",
            "events:PutRule",
            "events:PutTargets",
            "events:RemoveTargets",
            "events:DeleteRule",
            "events:DeleteEventBus");
    assertThat(replaced.failures()).isEmpty();

    door.calls.clear();
    bench.template(
        ORDERS
            .replace("Name: orders", "Name: incoming")
            .replace("  Bus:", "  Renamed:")
            .replace("!Ref Bus", "!Ref Renamed"));
    bench.deploy();
    assertThat(door.calls).isEmpty();
    assertThat(String.join("", bench.records.saved.values())).contains("\"logicalId\":\"Renamed\"");
  }

  @Test
  void aStackIsRemovedWhole() {
    bench.deploy();

    Deployment removed = bench.deployer().remove("111111111111", "shop");

    assertThat(removed.count("DELETED")).isEqualTo(4);
    assertThat(door.things).isEmpty();
    assertThat(bench.records.saved).isEmpty();
  }

  @Test
  void aRefusalNamesThePlaceAndTakesBackWhatWasCreated() {
    door.failing.put(
        "CreateStateMachine", new ServiceError("InvalidDefinition", "Invalid State Machine"));

    DeployFailed failed = catchThrowableOfType(DeployFailed.class, bench::deploy);

    assertThat(failed)
        .hasMessage(
            "contexts/shop/template.yaml:7: Handle (AWS::StepFunctions::StateMachine):"
                + " states:CreateStateMachine answered InvalidDefinition: Invalid State Machine");
    assertThat(failed.deployment().count("ROLLED_BACK")).isEqualTo(3);
    assertThat(door.things).isEmpty();
    assertThat(bench.records.saved).isEmpty();

    door.failing.clear();
    assertThat(bench.deploy().count("CREATED")).isEqualTo(4);
  }

  @Test
  void aRefusalSaysWhatStaysUpdatedAndKeepsWhatWasThere() {
    bench.deploy();
    bench.template(
        ORDERS.replace("LEVEL: 1", "LEVEL: 2").replace("Name: orders", "Name: incoming"));
    door.failing.put("PutRule", new ServiceError("LimitExceededException", "too many"));

    DeployFailed failed = catchThrowableOfType(DeployFailed.class, bench::deploy);

    assertThat(failed).hasMessageContaining("already updated, and stays so: Charge");
    assertThat(door.things.keySet())
        .contains("bus 111111111111/orders")
        .doesNotContain("bus 111111111111/incoming");
    door.failing.clear();
    bench.template(ORDERS);
    door.calls.clear();
    bench.deploy();
    assertThat(door.changes()).containsExactly("lambda:UpdateFunctionConfiguration");
  }

  @Test
  void aDeploymentThatWasCutOffIsTakenUp() {
    door.failing.put("PutTargets", new ServiceError("InternalException", "down", 500));
    door.failing.put("DeleteRule", new ServiceError("InternalException", "down", 500));
    assertThat(catchThrowableOfType(DeployFailed.class, bench::deploy))
        .hasMessageContaining("not rolled back: HandlePlaced");
    door.failing.clear();
    door.calls.clear();

    bench.deploy();

    assertThat(door.changes()).contains("events:PutRule", "events:PutTargets");
    door.calls.clear();
    bench.deploy();
    assertThat(door.calls).isEmpty();
  }

  @Test
  void anUpdateThatFailedIsTriedAgainAsAnUpdate() {
    String template =
        """
        Resources:
          Subscription:
            Type: AWS::SNS::Subscription
            Properties:
              TopicArn: arn:aws:sns:us-east-1:111111111111:t
              Protocol: http
              Endpoint: http://localhost/a
              FilterPolicy: {kind: [a]}
        """;
    bench.template(template);
    bench.deploy();
    bench.template(template.replace("[a]", "[b]"));
    door.failing.put("SetSubscriptionAttributes", new ServiceError("InternalError", "down", 500));
    assertThat(catchThrowableOfType(DeployFailed.class, bench::deploy))
        .hasMessageContaining("answered InternalError: down");
    door.failing.clear();
    door.calls.clear();

    bench.deploy();

    assertThat(door.changes()).containsExactly("sns:SetSubscriptionAttributes");
    assertThat(door.input("SetSubscriptionAttributes").path("SubscriptionArn").asText())
        .isEqualTo("arn:aws:sns:us-east-1:111111111111:t:1");
  }

  @Test
  void whatSomebodyDeletedByHandIsCreatedAgain() {
    bench.deploy();
    door.things.keySet().removeIf(name -> name.startsWith("function"));
    bench.template(ORDERS.replace("LEVEL: 1", "LEVEL: 2"));
    door.calls.clear();

    bench.deploy();

    assertThat(door.changes()).containsExactly("lambda:CreateFunction");
  }

  @Test
  void retainedResourcesStay() {
    String topic =
        """
        Resources:
          Topic: {Type: AWS::SNS::Topic, DeletionPolicy: Retain, Properties: {TopicName: t}}
          Bus: {Type: AWS::Events::EventBus, Properties: {Name: b}}
        """;
    bench.template(topic);
    bench.deploy();
    bench.template(
        topic.lines().filter(line -> !line.contains("Topic:")).reduce("", (a, b) -> a + b + "\n"));

    assertThat(bench.deploy().count("LEFT")).isEqualTo(1);
    assertThat(door.changes()).doesNotContain("sns:DeleteTopic");
  }

  @Test
  void definitionsPatternsAndCodeAreCheckedBeforeAnything() {
    DefinitionCheck definitions =
        (definition, type) -> List.of(new DefinitionCheck.Fault(type + " needs States", null));
    bench.checks = new Checks(definitions, pattern -> List.of("no such operator"));
    bench.template(ORDERS.replace("src/charge", "src/charg"));
    assertThat(bench.problems())
        .containsExactly(
            "contexts/shop/handle.asl.json:1: the definition of Handle: STANDARD needs States",
            "contexts/shop/template.yaml:18: AWS::Serverless::StateMachine.Events.Placed"
                + ".Properties.Pattern: no such operator",
            "contexts/shop/template.yaml:22: AWS::Serverless::Function.CodeUri: there is no"
                + " contexts/shop/src/charg");

    bench.checks = Checks.NONE;
    bench.template(ORDERS.replace("app.handler", "main.handler"));
    bench.file("contexts/shop/handle.asl.json", "{\n  \"StartAt\": \n}");
    assertThat(bench.problems())
        .anyMatch(line -> line.startsWith("contexts/shop/handle.asl.json:3: the definition"))
        .anyMatch(line ->
            line.contains(":23: ")
                && line.contains("there is no contexts/shop/src/charge/main.py"));
    assertThat(door.calls).isEmpty();
  }
}
