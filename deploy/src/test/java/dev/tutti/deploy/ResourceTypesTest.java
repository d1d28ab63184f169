package dev.tutti.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import dev.tutti.wire.ServiceError;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each type's properties become in calls, and what of them is refused. */
final class ResourceTypesTest {
  @TempDir Path root;
  private Bench bench;
  private FakeDoor door;

  @BeforeEach
  void folder() {
    bench = new Bench(root);
    door = bench.door;
  }

  @Test
  void pipes() {
    bench.template(
        """
        Resources:
          Jobs: {Type: AWS::SQS::Queue, Properties: {QueueName: jobs}}
          Done: {Type: AWS::SQS::Queue, Properties: {QueueName: done}}
          Pipe:
            Type: AWS::Pipes::Pipe
            Properties:
              Name: p
              RoleArn: arn:aws:iam::111111111111:role/r
              Source: !GetAtt Jobs.Arn
              Target: !GetAtt Done.Arn
              SourceParameters:
                SqsQueueParameters: {BatchSize: "3"}
                FilterCriteria: {Filters: [{Pattern: '{"body": {"a": [1]}}'}]}
              TargetParameters: {InputTemplate: <$.body>}
              Tags: {team: a}
        """);

    bench.deploy();

    JsonNode pipe = door.input("CreatePipe");
    assertThat(pipe.path("Source").asText()).isEqualTo("arn:aws:sqs:us-east-1:111111111111:jobs");
    assertThat(pipe.at("/SourceParameters/SqsQueueParameters/BatchSize").isInt()).isTrue();
    assertThat(pipe.path("Tags")).hasToString("{\"team\":\"a\"}");
    assertThat(door.calls.getLast().operation()).isEqualTo("CreatePipe");
  }

  @Test
  void connectionsAndApiDestinations() {
    bench.template(
        """
        Resources:
          Crm:
            Type: AWS::Events::Connection
            Properties:
              Name: crm
              AuthorizationType: API_KEY
              AuthParameters:
                ApiKeyAuthParameters: {ApiKeyName: x-key, ApiKeyValue: geheim}
                InvocationHttpParameters:
                  HeaderParameters: [{Key: a, Value: b, IsValueSecret: "true"}]
          Hook:
            Type: AWS::Events::ApiDestination
            Properties:
              Name: hook
              ConnectionArn: !GetAtt Crm.Arn
              HttpMethod: POST
              InvocationEndpoint: https://example.com/*
          Rule:
            Type: AWS::Events::Rule
            Properties:
              EventPattern: {source: [shop]}
              Targets:
                - Id: t
                  Arn: !GetAtt Hook.Arn
                  HttpParameters: {PathParameterValues: [$.detail.id], HeaderParameters: {x: y}}
        """);

    bench.deploy();

    String crm =
        "arn:aws:events:us-east-1:111111111111:connection/crm/"
            + "5837d14f-cd10-3fcb-a9bd-962f09e33295";
    assertThat(door.input("CreateConnection").at("/AuthParameters/InvocationHttpParameters"))
        .hasToString(
            "{\"HeaderParameters\":[{\"Key\":\"a\",\"Value\":\"b\",\"IsValueSecret\":true}]}");
    JsonNode destination = door.input("CreateApiDestination");
    assertThat(destination.path("ConnectionArn").asText()).isEqualTo(crm);
    assertThat(destination.path("InvocationRateLimitPerSecond").asInt()).isEqualTo(300);
    JsonNode target = door.input("PutTargets").path("Targets").path(0);
    assertThat(target.path("Arn").asText()).contains("api-destination/hook/");
    assertThat(target.path("HttpParameters"))
        .hasToString(
            "{\"PathParameterValues\":[\"$.detail.id\"],\"HeaderParameters\":{\"x\":\"y\"}}");
  }

  private static final String SECRETS =
      """
      Resources:
        Hook:
          Type: AWS::Events::Connection
          Properties:
            Name: hook
            AuthorizationType: BASIC
            AuthParameters:
              BasicAuthParameters:
                Username: !Sub "{{resolve:secretsmanager:${Login}:SecretString:user}}"
                Password: "pre-{{resolve:secretsmanager:login:SecretString:password::}}"
        Login:
          Type: AWS::SecretsManager::Secret
          Properties:
            Name: login
            Description: The hook's
            GenerateSecretString:
              SecretStringTemplate: '{"user": "ada"}'
              GenerateStringKey: password
              PasswordLength: 20
              ExcludePunctuation: "true"
            Tags: [{Key: team, Value: shop}]
        Access:
          Type: AWS::SecretsManager::ResourcePolicy
          Properties:
            SecretId: !Ref Login
            ResourcePolicy: {Statement: []}
      """;

  @Test
  void secretsAndReferencesToThem() {
    bench.template(SECRETS);

    bench.deploy();

    String arn = "arn:aws:secretsmanager:us-east-1:111111111111:secret:login";
    assertThat(door.input("GetRandomPassword"))
        .hasToString("{\"PasswordLength\":20,\"ExcludePunctuation\":true}");
    JsonNode created = door.input("CreateSecret");
    assertThat(created.path("SecretString").asText())
        .isEqualTo("{\"user\":\"ada\",\"password\":\"drawn\"}");
    assertThat(created.path("Tags")).hasToString("[{\"Key\":\"team\",\"Value\":\"shop\"}]");
    assertThat(door.input("PutResourcePolicy").path("SecretId").asText()).isEqualTo(arn);
    assertThat(door.input("CreateConnection").at("/AuthParameters/BasicAuthParameters"))
        .hasToString("{\"Username\":\"ada\",\"Password\":\"pre-drawn\"}");
    assertThat(bench.plan().toString() + bench.records.saved).doesNotContain("drawn");
    assertThat(bench.plan().toString()).doesNotContain("CREATE", "UPDATE");
  }

  @Test
  void secretsAreUpdatedInPartsAndDeletedAtOnce() {
    String template =
        """
        Resources:
          Login:
            Type: AWS::SecretsManager::Secret
            Properties: {Name: login, Description: %s, SecretString: "%s", Tags: {%s: shop}}
        """;
    bench.template(template.formatted("one", "first", "a"));
    bench.deploy();
    assertThat(bench.records.saved.toString()).doesNotContain("first");

    bench.template(template.formatted("two", "first", "b"));
    bench.deploy();
    assertThat(door.input("UpdateSecret").path("Description").asText()).isEqualTo("two");
    assertThat(door.input("TagResource").path("SecretId").asText()).endsWith(":secret:login");
    assertThat(door.input("UntagResource").path("TagKeys")).hasToString("[\"a\"]");
    assertThat(door.changes()).doesNotContain("secretsmanager:PutSecretValue");

    bench.template(template.formatted("two", "second", "b"));
    bench.deploy();
    assertThat(door.input("PutSecretValue").path("SecretString").asText()).isEqualTo("second");

    bench.template("Resources: {Q: {Type: AWS::SQS::Queue}}");
    bench.deploy();
    assertThat(door.input("DeleteSecret").path("ForceDeleteWithoutRecovery").asBoolean()).isTrue();
  }

  @Test
  void whatARefusalSaysOfASecretIsHidden() {
    bench.template(SECRETS);
    door.failing.put(
        "CreateConnection", new ServiceError("ValidationException", "'pre-drawn' is not valid"));

    assertThatThrownBy(bench::deploy)
        .isInstanceOf(DeployFailed.class)
        .hasMessageContaining("'pre-***' is not valid")
        .satisfies(e -> assertThat(causes(e)).doesNotContain("drawn"));
  }

  private static String causes(Throwable e) {
    StringWriter all = new StringWriter();
    e.printStackTrace(new PrintWriter(all));
    return all.toString();
  }

  @Test
  void referencesToSecretsAreRefusedWhereTheyWouldBeSeen() {
    bench.template(
        """
        Resources:
          Q:
            Type: AWS::SQS::Queue
            Properties: {QueueName: "{{resolve:secretsmanager:login}}"}
          Hook:
            Type: AWS::Events::Connection
            Properties:
              AuthorizationType: API_KEY
              Description: "{{resolve:secretsmanager:login}}"
              AuthParameters:
                ApiKeyAuthParameters:
                  ApiKeyName: "{{resolve:ssm:name}}"
                  ApiKeyValue: "{{resolve:secretsmanager:login:SecretBinary}}"
        Outputs:
          O: {Value: "{{resolve:secretsmanager:login}}"}
        """);

    assertThat(bench.problems())
        .hasSize(5)
        .filteredOn(problem -> problem.contains("would be seen here"))
        .hasSize(3);
    assertThat(bench.problems())
        .filteredOn(problem -> problem.contains("is not of the form"))
        .hasSize(2);
  }

  @Test
  void whatFunctionsGiveUpGoesToTheirDeadLetters() {
    bench.template(
        """
        Transform: AWS::Serverless-2016-10-31
        Resources:
          Dead: {Type: AWS::SQS::Queue}
          Sam:
            Type: AWS::Serverless::Function
            Properties:
              InlineCode: "exports.handler = async () => 1"
              Handler: index.handler
              Runtime: nodejs22.x
              DeadLetterQueue: {Type: SQS, TargetArn: !GetAtt Dead.Arn}
        """);

    bench.deploy();

    assertThat(door.input("CreateFunction").at("/DeadLetterConfig/TargetArn").asText())
        .startsWith("arn:aws:sqs:us-east-1:");
  }

  @Test
  void asynchronousInvocationsAreRetriedAndToldOfAsTheTemplateSays() {
    bench.template(
        """
        Transform: AWS::Serverless-2016-10-31
        Resources:
          Told: {Type: AWS::SQS::Queue, Properties: {QueueName: told}}
          Sam:
            Type: AWS::Serverless::Function
            Properties:
              FunctionName: sam
              InlineCode: "exports.handler = async () => 1"
              Handler: index.handler
              Runtime: nodejs22.x
              EventInvokeConfig:
                MaximumRetryAttempts: 0
                DestinationConfig:
                  OnFailure: {Type: SQS, Destination: !GetAtt Told.Arn}
          Own:
            Type: AWS::Lambda::EventInvokeConfig
            Properties: {FunctionName: other, Qualifier: live, MaximumEventAgeInSeconds: 60}
        """);

    bench.deploy();

    assertThat(door.calls)
        .filteredOn(call -> call.operation().equals("PutFunctionEventInvokeConfig"))
        .extracting(call -> call.input())
        .containsExactlyInAnyOrder(
            Json.parse(
                """
                {"FunctionName": "arn:aws:lambda:us-east-1:111111111111:function:sam",
                 "Qualifier": "$LATEST", "MaximumRetryAttempts": 0,
                 "DestinationConfig":
                   {"OnFailure": {"Destination": "arn:aws:sqs:us-east-1:111111111111:told"}}}
                """),
            Json.parse(
                """
                {"FunctionName": "arn:aws:lambda:us-east-1:111111111111:function:other",
                 "Qualifier": "live", "MaximumEventAgeInSeconds": 60}
                """));
  }

  @Test
  void functionsOfBothTypesWithTheirEvents() {
    bench.template(
        """
        Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]
        Resources:
          Topic: {Type: AWS::SNS::Topic}
          Inline:
            Type: AWS::Serverless::Function
            Properties:
              FunctionName: inline
              InlineCode: "exports.handler = async () => 1"
              Handler: index.handler
              Runtime: nodejs22.x
              Architectures: [arm64]
              Events:
                Seen:
                  Type: CloudWatchEvent
                  Properties: {Pattern: {source: [aws.ec2]}, Input: "{}"}
                Told:
                  Type: SNS
                  Properties: {Topic: !Ref Topic, FilterPolicy: {kind: [a]}}
          Plain:
            Type: AWS::Lambda::Function
            Properties:
              Code: {ZipFile: "def handler(e, c): pass"}
              Handler: index.handler
              Runtime: python3.12
              Role: !GetAtt Role.Arn
              Timeout: 7
          Role:
            Type: AWS::IAM::Role
            Properties: {AssumeRolePolicyDocument: {}, Path: /service-role/, RoleName: r}
        """);

    bench.deploy();

    var plain =
        door.calls.stream()
            .filter(call -> call.operation().equals("CreateFunction"))
            .map(call -> call.input())
            .filter(input -> input.path("Runtime").asText().startsWith("python"))
            .findFirst()
            .orElseThrow();
    assertThat(plain.path("Role").asText())
        .isEqualTo("arn:aws:iam::111111111111:role/service-role/r");
    assertThat(plain.path("Timeout").asInt()).isEqualTo(7);
    assertThat(door.input("PutRule").path("EventBusName").asText()).isEqualTo("default");
    assertThat(door.input("PutTargets").path("Targets").path(0))
        .isEqualTo(
            Json.parse(
                """
                {"Id": "InlineSeenLambdaTarget", "Input": "{}",
                 "Arn": "arn:aws:lambda:us-east-1:111111111111:function:inline"}
                """));
    var subscribe = door.input("Subscribe");
    assertThat(subscribe.path("Protocol").asText()).isEqualTo("lambda");
    assertThat(subscribe.path("Attributes"))
        .isEqualTo(Json.parse("{\"FilterPolicy\": \"{\\\"kind\\\":[\\\"a\\\"]}\"}"));
    assertThat(door.calls)
        .filteredOn(call -> call.operation().equals("AddPermission"))
        .extracting(call -> call.input().path("Principal").asText())
        .containsExactly("events.amazonaws.com", "sns.amazonaws.com");
  }

  @Test
  void rulesWithAllTheirTargetsSettings() {
    bench.template(
        """
        Resources:
          Rule:
            Type: AWS::Events::Rule
            Properties:
              Name: r
              State: DISABLED
              EventPattern: {source: [a]}
              Targets:
                - Id: one
                  Arn: arn:aws:sqs:us-east-1:111111111111:q.fifo
                  SqsParameters: {MessageGroupId: g}
                  InputTransformer:
                    InputPathsMap: {a: $.detail.a}
                    InputTemplate: '{"a": <a>}'
                  RetryPolicy: {MaximumRetryAttempts: "3", MaximumEventAgeInSeconds: 60}
                  DeadLetterConfig: {Arn: arn:aws:sqs:us-east-1:111111111111:dead}
        Outputs:
          Ref: {Value: !Ref Rule}
        """);

    assertThat(bench.deploy().outputs().toString()).contains("Ref=r");
    assertThat(door.input("PutRule").path("State").asText()).isEqualTo("DISABLED");
    assertThat(door.input("PutTargets").path("Targets").path(0))
        .isEqualTo(
            Json.parse(
                """
                {"Id": "one", "Arn": "arn:aws:sqs:us-east-1:111111111111:q.fifo",
                 "SqsParameters": {"MessageGroupId": "g"},
                 "InputTransformer": {"InputPathsMap": {"a": "$.detail.a"},
                                      "InputTemplate": "{\\"a\\": <a>}"},
                 "RetryPolicy": {"MaximumRetryAttempts": 3, "MaximumEventAgeInSeconds": 60},
                 "DeadLetterConfig": {"Arn": "arn:aws:sqs:us-east-1:111111111111:dead"}}
                """));
  }

  @Test
  void busPoliciesAreMergedByStatement() {
    bench.template(
        """
        Resources:
          Bus:
            Type: AWS::Events::EventBus
            Properties:
              Name: b
              Policy: {Version: "2012-10-17", Statement: [{Sid: first, Effect: Allow}]}
          Policy:
            Type: AWS::Events::EventBusPolicy
            Properties:
              EventBusName: !Ref Bus
              StatementId: second
              Statement: {Effect: Allow, Principal: "*", Action: "events:PutEvents"}
        """);

    bench.deploy();

    var bus = Objects.requireNonNull(door.things.get("bus 111111111111/b"));
    assertThat(Json.parse(bus.path("Policy").asText()).path("Statement").findValuesAsText("Sid"))
        .containsExactly("first", "second");
    bench.deployer().remove("111111111111", "shop");
    assertThat(door.changes()).contains("events:RemovePermission", "events:DeleteEventBus");
  }

  @Test
  void stateMachinesInEveryForm() {
    bench
        .template(
            """
            Transform: AWS::Serverless-2016-10-31
            Resources:
              Text:
                Type: AWS::StepFunctions::StateMachine
                Properties:
                  RoleArn: arn:aws:iam::111111111111:role/r
                  StateMachineName: text
                  StateMachineType: EXPRESS
                  DefinitionString: !Sub '{"StartAt": "${AWS::Region}"}'
                  LoggingConfiguration: {Level: ALL, IncludeExecutionData: true}
              Object:
                Type: AWS::Serverless::StateMachine
                Properties:
                  Name: object
                  Definition: {StartAt: A, TimeoutSeconds: 5, Comment: "${X}"}
                  DefinitionSubstitutions: {X: 7}
                  Tracing: {Enabled: true}
              File:
                Type: AWS::Serverless::StateMachine
                Properties: {Name: file, DefinitionUri: m.asl.yaml}
            """)
        .file(
            "contexts/shop/m.asl.yaml", "StartAt: A\nStates:\n  A: {Type: Wait, Seconds: 1.50}\n");

    bench.deploy();

    var text = machine("text");
    assertThat(text.path("type").asText()).isEqualTo("EXPRESS");
    assertThat(text.path("definition").asText()).isEqualTo("{\"StartAt\": \"us-east-1\"}");
    assertThat(text.path("loggingConfiguration"))
        .isEqualTo(Json.parse("{\"level\": \"ALL\", \"includeExecutionData\": true}"));
    assertThat(machine("object").path("definition").asText())
        .isEqualTo("{\"StartAt\":\"A\",\"TimeoutSeconds\":5,\"Comment\":\"7\"}");
    assertThat(machine("object").path("tracingConfiguration").path("enabled").asBoolean()).isTrue();
    assertThat(machine("file").path("definition").asText()).contains("\"Seconds\":1.50");
  }

  private JsonNode machine(String name) {
    return Objects.requireNonNull(
        door.things.get(
            "machine 111111111111/arn:aws:states:us-east-1:111111111111:stateMachine:" + name));
  }

  @Test
  void topicsSubscriptionsAndPolicies() {
    String template =
        """
        Resources:
          Topic:
            Type: AWS::SNS::Topic
            Properties:
              TopicName: t
              DisplayName: Hello
              Subscription: [{Protocol: http, Endpoint: "http://localhost/a"}]
          More:
            Type: AWS::SNS::Subscription
            Properties:
              TopicArn: !Ref Topic
              Protocol: http
              Endpoint: http://localhost/b
              RawMessageDelivery: true
          Policy:
            Type: AWS::SNS::TopicPolicy
            Properties: {Topics: [!Ref Topic], PolicyDocument: {Version: "2012-10-17"}}
        """;
    bench.template(template);
    bench.deploy();
    assertThat(door.changes())
        .containsExactly(
            "sns:CreateTopic", "sns:Subscribe", "sns:SetTopicAttributes", "sns:Subscribe");

    door.calls.clear();
    bench.template(template.replace("localhost/b", "localhost/c").replace("Hello", "Bye"));
    bench.deploy();
    assertThat(door.changes())
        .containsExactly("sns:SetTopicAttributes", "sns:Subscribe", "sns:Unsubscribe");
    assertThat(door.input("Unsubscribe").path("SubscriptionArn").asText()).endsWith(":t:2");
  }

  @Test
  void aTopicsMessageSizeIsSetAndTakenBack() {
    String template =
        """
        Resources:
          Topic:
            Type: AWS::SNS::Topic
            Properties: {TopicName: t, MaximumMessageSize: 1048576}
        """;
    bench.template(template);
    bench.deploy();
    assertThat(door.input("CreateTopic").at("/Attributes/MaximumMessageSize").asText())
        .isEqualTo("1048576");

    bench.template(template.replace(", MaximumMessageSize: 1048576", ""));
    bench.deploy();
    assertThat(door.input("SetTopicAttributes").path("AttributeName").asText())
        .isEqualTo("MaximumMessageSize");
    assertThat(door.input("SetTopicAttributes").path("AttributeValue").asText())
        .isEqualTo("262144");
  }

  @Test
  void schedulesInEveryForm() {
    String template =
        """
        Resources:
          Group:
            Type: AWS::Scheduler::ScheduleGroup
            Properties: {Name: g}
          Nightly:
            Type: AWS::Scheduler::Schedule
            Properties:
              Name: nightly
              GroupName: !Ref Group
              ScheduleExpression: cron(0 2 * * ? *)
              ScheduleExpressionTimezone: Europe/Berlin
              StartDate: "2026-01-31T10:00:00Z"
              FlexibleTimeWindow: {Mode: FLEXIBLE, MaximumWindowInMinutes: 5}
              Target:
                Arn: arn:aws:sqs:us-east-1:111111111111:q
                RoleArn: arn:aws:iam::111111111111:role/r
                Input: "{}"
          Hourly:
            Type: AWS::Events::Rule
            Properties: {ScheduleExpression: rate(1 hour)}
        """;
    bench.template(template);
    bench.deploy();
    assertThat(door.changes())
        .contains("scheduler:CreateScheduleGroup", "scheduler:CreateSchedule", "events:PutRule");
    assertThat(Json.parse(Json.write(door.input("CreateSchedule"))))
        .isEqualTo(
            Json.parse(
                """
                {"Name":"nightly","GroupName":"g","ScheduleExpression":"cron(0 2 * * ? *)",
                 "ScheduleExpressionTimezone":"Europe/Berlin","StartDate":1769853600,
                 "FlexibleTimeWindow":{"Mode":"FLEXIBLE","MaximumWindowInMinutes":5},
                 "Target":{"Arn":"arn:aws:sqs:us-east-1:111111111111:q",
                  "RoleArn":"arn:aws:iam::111111111111:role/r","Input":"{}"}}
                """));
    assertThat(door.input("PutRule").path("ScheduleExpression").asText()).isEqualTo("rate(1 hour)");

    door.calls.clear();
    bench.template(template.replace("0 2 * *", "0 3 * *"));
    bench.deploy();
    assertThat(door.changes()).containsExactly("scheduler:UpdateSchedule");
  }

  @Test
  void functionsAndStateMachinesOnSchedules() {
    bench.template(
        """
        Resources:
          Inline:
            Type: AWS::Serverless::Function
            Properties:
              InlineCode: "exports.handler = async () => 1"
              Handler: index.handler
              Runtime: nodejs22.x
              Events:
                Old: {Type: Schedule, Properties: {Schedule: rate(1 hour), Enabled: false}}
                New: {Type: ScheduleV2, Properties: {ScheduleExpression: rate(2 hours)}}
        """);
    bench.deploy();
    assertThat(door.input("PutRule").path("ScheduleExpression").asText()).isEqualTo("rate(1 hour)");
    assertThat(door.input("PutRule").path("State").asText()).isEqualTo("DISABLED");
    assertThat(door.input("CreateSchedule").path("Name").asText()).isEqualTo("InlineNew");
    assertThat(door.input("CreateSchedule").path("Target").path("Arn").asText())
        .contains(":function:");
  }

  @Test
  void theTypeOfANamedStateMachineStays() {
    String template =
        """
        Resources:
          Machine:
            Type: AWS::StepFunctions::StateMachine
            Properties:
              StateMachineName: m
              RoleArn: arn:aws:iam::111111111111:role/r
              Definition: {}
        """;
    bench.template(template);
    bench.deploy();
    bench.template(template.replace("RoleArn", "StateMachineType: EXPRESS\n      RoleArn"));

    assertThat(bench.problems())
        .singleElement()
        .asString()
        .startsWith("contexts/shop/template.yaml:2: this change of Machine needs another one");
  }

  @Test
  void theStockTraderIsRefusedByName() {
    bench
        .template(
            """
            Transform: AWS::Serverless-2016-10-31
            Resources:
              Trader:
                Type: AWS::Serverless::StateMachine
                Properties:
                  DefinitionUri: m.asl.json
                  DefinitionSubstitutions: {Table: !Ref Transactions}
                  Events:
                    Hourly:
                      Type: Schedule
                      Properties: {Schedule: rate(1 hour), Enabled: false}
                    Web:
                      Type: Api
                      Properties: {Path: /, Method: get}
              Transactions:
                Type: AWS::Serverless::SimpleTable
              Layered:
                Type: AWS::Serverless::Function
                Metadata: {BuildMethod: esbuild}
                Properties:
                  InlineCode: x
                  Handler: index.handler
                  Runtime: nodejs22.x
                  Layers: [x]
                  AutoPublishAlias: live
                  PackageType: Image
            """)
        .file("contexts/shop/m.asl.json", "{}");

    assertThat(bench.problems())
        .containsExactly(
            "contexts/shop/template.yaml:13: AWS::Serverless::StateMachine.Events.Web.Type: events"
                + " of type Api are not supported: there is no API gateway",
            "contexts/shop/template.yaml:15: Transactions: the type AWS::Serverless::SimpleTable is"
                + " not supported",
            "contexts/shop/template.yaml:19: Metadata.BuildMethod is not supported: build the code"
                + " first and let CodeUri name the result",
            "contexts/shop/template.yaml:24: AWS::Serverless::Function.Layers is not supported:"
                + " pack what they hold with the code",
            "contexts/shop/template.yaml:25: AWS::Serverless::Function.AutoPublishAlias is not"
                + " supported",
            "contexts/shop/template.yaml:26: AWS::Serverless::Function.PackageType: Image is not"
                + " supported, only Zip is");
  }
}
