package dev.tutti.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.access.Policy.Ruling;
import dev.tutti.core.json.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PolicyTest {
  private static final Access ACCESS =
      new Access(
          "222222222222",
          "events:PutRule",
          "arn:aws:events:us-east-1:111111111111:rule/orders/mine",
          Map.of(
              "aws:principalaccount", List.of("222222222222"),
              "events:creatoraccount", List.of("222222222222"),
              "events:source", List.of("shop", "bank")));

  private static Ruling judge(String effect, String rest) {
    return Policy.judge(
        Json.parse("{\"Statement\":[{\"Effect\":\"" + effect + "\"," + rest + "}]}"), ACCESS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // principals
        "\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"*\" | ALLOWED | DENIED",
        "\"Principal\":{\"AWS\":\"*\"},\"Action\":\"*\",\"Resource\":\"*\" | ALLOWED | DENIED",
        "\"Principal\":{\"AWS\":\"222222222222\"},\"Action\":\"*\",\"Resource\":\"*\" | ALLOWED |"
            + " DENIED",
        "\"Principal\":{\"AWS\":[\"1\",\"arn:aws:iam::222222222222:root\"]},\"Action\":\"*\",\"Resource\":\"*\""
            + " | ALLOWED | DENIED",
        "\"Principal\":{\"AWS\":\"333333333333\"},\"Action\":\"*\",\"Resource\":\"*\" | SILENT |"
            + " SILENT",
        "\"Principal\":{\"AWS\":\"arn:aws:iam::222222222222:role/r\"},\"Action\":\"*\",\"Resource\":\"*\""
            + " | SILENT | DENIED",
        "\"Principal\":{\"Service\":\"events.amazonaws.com\"},\"Action\":\"*\",\"Resource\":\"*\" |"
            + " SILENT | SILENT",
        // actions
        "\"Principal\":\"*\",\"Action\":[\"events:PutEvents\",\"events:putrule\"],\"Resource\":\"*\""
            + " | ALLOWED | DENIED",
        "\"Principal\":\"*\",\"Action\":\"events:Put*\",\"Resource\":\"*\" | ALLOWED | DENIED",
        "\"Principal\":\"*\",\"Action\":\"events:PutEvents\",\"Resource\":\"*\" | SILENT | SILENT",
        // resources
        "\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"arn:aws:events:us-east-1:111111111111:rule/orders/*\""
            + " | ALLOWED | DENIED",
        "\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"arn:aws:events:*:111111111111:rule/orders/min?\""
            + " | ALLOWED | DENIED",
        "\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"arn:aws:events:us-east-1:111111111111:event-bus/orders\""
            + " | SILENT | SILENT",
        "\"Principal\":\"*\",\"Action\":\"*\" | SILENT | DENIED",
        // what we don't know
        "\"Principal\":\"*\",\"NotAction\":\"x\",\"Resource\":\"*\" | SILENT | DENIED",
        "\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"*\",\"New\":1 | SILENT | DENIED",
      })
  void judgesStatements(String rest, Ruling allow, Ruling deny) {
    assertThat(judge("Allow", rest)).isEqualTo(allow);
    assertThat(judge("Deny", rest)).isEqualTo(deny);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"StringEquals\":{\"events:creatorAccount\":\"${aws:PrincipalAccount}\"}} | ALLOWED |"
            + " DENIED",
        "{\"StringEquals\":{\"events:creatorAccount\":\"111111111111\"}} | SILENT | SILENT",
        "{\"StringNotEquals\":{\"events:creatorAccount\":\"111111111111\"}} | ALLOWED | DENIED",
        "{\"StringEquals\":{\"events:source\":[\"shop\",\"bank\"]}} | ALLOWED | DENIED",
        "{\"StringEquals\":{\"events:source\":\"shop\"}} | SILENT | SILENT",
        "{\"ForAnyValue:StringEquals\":{\"events:source\":\"shop\"}} | ALLOWED | DENIED",
        "{\"ForAllValues:StringLike\":{\"events:source\":[\"sh*\",\"ban?\"]}} | ALLOWED | DENIED",
        "{\"StringEquals\":{\"events:detail-type\":\"x\"}} | SILENT | SILENT",
        "{\"StringEqualsIfExists\":{\"events:detail-type\":\"x\"}} | ALLOWED | DENIED",
        "{\"ForAllValues:StringEquals\":{\"events:detail-type\":\"x\"}} | SILENT | DENIED",
        "{\"StringEquals\":{\"aws:PrincipalOrgID\":\"o-1\"}} | SILENT | DENIED",
        "{\"StringEqualsIfExists\":{\"aws:PrincipalOrgID\":\"o-1\"}} | SILENT | DENIED",
        "{\"DateGreaterThan\":{\"events:source\":\"x\"}} | SILENT | DENIED",
        "{\"StringEquals\":{\"events:source\":\"${aws:username}\"}} | SILENT | DENIED",
      })
  void judgesConditions(String condition, Ruling allow, Ruling deny) {
    String rest =
        "\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"*\",\"Condition\":" + condition;
    assertThat(judge("Allow", rest)).isEqualTo(allow);
    assertThat(judge("Deny", rest)).isEqualTo(deny);
  }

  @Test
  void aDenialOutweighsAnyAllowance() {
    String all = "\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"*\"";
    String policy =
        "{\"Statement\":[{\"Effect\":\"Allow\",%s},{\"Effect\":\"Deny\",%s}]}".formatted(all, all);

    assertThat(Policy.judge(Json.parse(policy), ACCESS)).isEqualTo(Ruling.DENIED);
    assertThat(Policy.judge(Json.parse("{}"), ACCESS)).isEqualTo(Ruling.SILENT);
  }
}
