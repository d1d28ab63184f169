package dev.tutti.wire.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.json.Json;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The texts are those that AWS answers. */
final class ValidatorTest {
  private static Optional<String> check(String service, String operation, String json) {
    Operation found = Models.of(service).operation(operation).orElseThrow();
    return Validator.check(found.input(), Json.parse(json.replace('\'', '"')));
  }

  private static String violation(String service, String operation, String json) {
    return check(service, operation, json).orElseThrow();
  }

  @Test
  void whatIsRightIsRight() {
    assertThat(check("states", "StartExecution", "{'stateMachineArn':'a'}")).isEmpty();
  }

  @Test
  void severalViolationsInMembersOrderPatternBeforeLength() {
    String name = "This should fail with two errors 123467890123412341234123412341234";

    assertThat(
            violation(
                "events",
                "CreateConnection",
                "{'Name':'%s','AuthorizationType':'INVALID','AuthParameters':{}}".formatted(name)))
        .isEqualTo(
            "3 validation errors detected: Value '"
                + name
                + "' at 'name' failed to satisfy constraint: Member must satisfy regular expression"
                + " pattern: [\\.\\-_A-Za-z0-9]+; Value '"
                + name
                + "' at 'name' failed to satisfy constraint: Member must have length less than or"
                + " equal to 64; Value 'INVALID' at 'authorizationType' failed to satisfy"
                + " constraint: Member must satisfy enum value set: [BASIC,"
                + " OAUTH_CLIENT_CREDENTIALS, API_KEY]");
  }

  @Test
  void requiredMembers() {
    assertThat(violation("lambda", "UntagResource", "{'Resource':'%s'}".formatted(FUNCTION)))
        .isEqualTo(
            "1 validation error detected: Value null at 'tagKeys' failed to satisfy constraint:"
                + " Member must not be null");
  }

  private static final String FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:f";

  @Test
  void enumsInAwsOrder() {
    assertThat(
            violation(
                "states", "ListExecutions", "{'stateMachineArn':'a','statusFilter':'succeeded'}"))
        .endsWith("[SUCCEEDED, TIMED_OUT, PENDING_REDRIVE, ABORTED, FAILED, RUNNING]");
  }

  @Test
  void elementsOfListsOfStructures() {
    assertThat(
            violation(
                "states",
                "CreateStateMachineAlias",
                "{'name':'a','routingConfiguration':[{'stateMachineVersionArn':'x','weight':101}]}"))
        .isEqualTo(
            "1 validation error detected: Value '101' at 'routingConfiguration.1.member.weight'"
                + " failed to satisfy constraint: Member must have value less than or equal to"
                + " 100");
  }

  @Test
  void listsThatAreTooLongShowTheirStructures() {
    String one = "{'stateMachineVersionArn':'v','weight':30}";

    assertThat(
            violation(
                "states",
                "CreateStateMachineAlias",
                "{'name':'a','routingConfiguration':[%s,%s,%s]}".formatted(one, one, one)))
        .startsWith(
            "1 validation error detected: Value"
                + " '[RoutingConfigurationListItem(stateMachineVersionArn=v, weight=30), Routing")
        .endsWith(
            "at 'routingConfiguration' failed to satisfy constraint: Member must have length less"
                + " than or equal to 2");
  }

  @Test
  void structuresShowWhatOnlyAwsKnows() {
    String entry = "{'Source':'s','DetailType':'d','Detail':'{}'}";

    assertThat(
            violation(
                "events", "PutEvents", "{'Entries':[" + (entry + ",").repeat(10) + entry + "]}"))
        .startsWith(
            "1 validation error detected: Value '[PutEventsRequestEntry(time=null, source=s,"
                + " resources=null, detailType=d, detail={}, eventBusName=null, traceHeader=null,"
                + " kmsKeyIdentifier=null, internalMetadata=null), ");
  }

  @Test
  void keysAndValuesOfMaps() {
    String alias =
        "{'FunctionName':'f','Name':'a','FunctionVersion':'1','RoutingConfig':"
            + "{'AdditionalVersionWeights':%s}}";

    assertThat(violation("lambda", "CreateAlias", alias.formatted("{'2':2}")))
        .isEqualTo(
            "1 validation error detected: Value '{2=2.0}' at"
                + " 'routingConfig.additionalVersionWeights' failed to satisfy constraint: Map"
                + " value must satisfy constraint: [Member must have value less than or equal to"
                + " 1.0, Member must have value greater than or equal to 0.0, Member must not be"
                + " null]");
    assertThat(violation("lambda", "CreateAlias", alias.formatted("{'$LATEST':0.5}")))
        .isEqualTo(
            "1 validation error detected: Value '{$LATEST=0.5}' at"
                + " 'routingConfig.additionalVersionWeights' failed to satisfy constraint: Map keys"
                + " must satisfy constraint: [Member must have length less than or equal to 1024,"
                + " Member must have length greater than or equal to 1, Member must satisfy regular"
                + " expression pattern: [0-9]+]");
  }

  @Test
  void elementsOfPlainLists() {
    assertThat(
            violation(
                "lambda",
                "UpdateFunctionConfiguration",
                "{'FunctionName':'f','VpcConfig':{'SecurityGroupIds':['x_']}}"))
        .isEqualTo(
            "1 validation error detected: Value '[x_]' at 'vpcConfig.securityGroupIds' failed to"
                + " satisfy constraint: Member must satisfy constraint: [Member must have length"
                + " less than or equal to 1024, Member must have length greater than or equal to 0,"
                + " Member must satisfy regular expression pattern: sg-[0-9a-zA-Z]*]");
  }

  @Test
  void secretsAreNotShown() {
    assertThat(
            violation(
                "states",
                "StartExecution",
                "{'stateMachineArn':'a','input':'%s'}".formatted("x".repeat(1_048_577))))
        .startsWith("1 validation error detected: Value at 'input' failed")
        .hasSizeLessThan(200);
  }

  @Test
  void everyPatternCompilesAndIsBounded() throws InterruptedException {
    String arn = "arn:aws:events:";
    String[] hostile = {
      "a".repeat(20_480),
      "1".repeat(20_000) + "!",
      "a-".repeat(10_000),
      "a".repeat(1_024),
      "1-".repeat(512),
      "arn:aws" + "-".repeat(1_017),
      arn + "a".repeat(1_024 - arn.length())
    };
    AtomicReference<Throwable> failure = new AtomicReference<>();
    AtomicReference<Integer> checked = new AtomicReference<>(0);
    Thread thread =
        Thread.ofVirtual()
            .uncaughtExceptionHandler((t, e) -> failure.set(e))
            .start(() -> {
              for (Metadata service : Models.services()) {
                for (Shape shape : Models.of(service.name()).shapes().values()) {
                  if (shape instanceof Shape.Text text && text.pattern() != null) {
                    for (String value : hostile) {
                      text.pattern().matches(value);
                      checked.set(checked.get() + 1);
                    }
                  }
                }
              }
            });
    thread.join();

    assertThat(failure.get()).isNull();
    assertThat(checked.get()).isGreaterThan(400);
  }
}
