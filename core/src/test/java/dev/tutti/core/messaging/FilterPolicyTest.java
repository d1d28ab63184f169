package dev.tutti.core.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Stage;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterPolicyTest {
  private static final String ARN = "arn:aws:sns:us-east-1:111111111111:orders";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"key":[{"numeric":[]}]}              | Invalid member in numeric match: ]
          {"key":[{"numeric":["operator"]}]}    | Unrecognized numeric range operator: operator
          {"key":[{"numeric":[">",3,"<",1]}]}   | Bottom must be less than top
          {"key":[{"anything-but":{"suffix":"test"}}]} | Unsupported anything-but pattern: suffix
          {"key":[{"anything-but":{"prefix":false}}]} | prefix match pattern must be a string
          {"key":[{"anything-but":{"prefix":1.5}}]} | prefix match pattern must be a string
          {"key":"text"}                        | "key" must be an object or an array
          """)
  void saysWhatTheMatcherSaysWithThePlace(String policy, String fault) {
    assertThat(FilterPolicy.fault(policy, false).orElseThrow())
        .startsWith(
            "FilterPolicy: " + fault + "\n at [Source: (String)\"" + policy + "\"; line: 1");
  }

  @Test
  void attributesAreNotNested() {
    String nested = "{\"object\":{\"key\":[\"value\"]}}";
    String inAlternative = "{\"$or\":[{\"object\":{\"key\":[\"value\"]}},{\"a\":[1]}]}";

    assertThat(FilterPolicy.fault(nested, true)).isEmpty();
    assertThat(FilterPolicy.fault(nested, false))
        .contains("Filter policy scope MessageAttributes does not support nested filter policy");
    assertThat(FilterPolicy.fault(inAlternative, false)).isPresent();
  }

  @Test
  void combinationsAreCountedByLevel() {
    String tooMany = "{\"a\":{\"b\":" + values(19) + ",\"c\":[1,2]}}";
    String justEnough = "{\"a\":{\"b\":" + values(18) + ",\"c\":[1,2]}}";

    assertThat(FilterPolicy.fault(tooMany, true))
        .contains("FilterPolicy: Filter policy is too complex");
    assertThat(FilterPolicy.fault(justEnough, true)).isEmpty();
  }

  @Test
  void fiveKeysAreAllowed() {
    assertThat(FilterPolicy.fault("{\"a\":[1],\"b\":[1],\"c\":[1],\"d\":[1],\"e\":[1]}", false))
        .isEmpty();
    assertThat(
            FilterPolicy.fault(
                "{\"a\":[1],\"b\":[1],\"c\":[1],\"d\":[1],\"e\":[1],\"f\":[1]}", false))
        .contains("FilterPolicy: Filter policy can not have more than 5 keys");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"price":[{"numeric":[">",0,"<=",100]}]} | Number       | 99.12                | true
          {"price":[{"numeric":[">",0,"<=",100]}]} | Number       | 111                  | false
          {"price":[100]}                          | Number       | 100.0                | true
          {"price":[100]}                          | String       | 100                  | false
          {"price":["a"]}                          | String.Array | ["b","a"]            | true
          {"price":["c"]}                          | String.Array | ["b","a"]            | false
          {"price":[{"anything-but":"a"}]}         | String.Array | ["a","b"]            | true
          {"price":[{"exists":true}]}              | String       | any                  | true
          {"price":[{"exists":false}]}             | String       | any                  | false
          {"price":[{"prefix":"an"}]}              | String       | any                  | true
          {"price":[{"exists":true}]}              | Binary       | AgME                 | false
          """)
  void attributesPassByTheirTypes(String policy, String type, String value, boolean passes) {
    assertThat(matches(Map.of("FilterPolicy", policy), "text", type, value)).isEqualTo(passes);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a":{"b":[1]}}   | {"a":{"b":1}}          | true
          {"a":{"b":[1]}}   | {"a":[{"b":2},{"b":1}]} | true
          {"a.b":[1]}       | {"a":{"b":1}}          | true
          {"a":[{"exists":false}]} | plain text      | false
          {"a":[{"exists":false}]} | "a JSON text"   | false
          {"a":[{"exists":false}]} | {}              | true
          """)
  void bodiesPassAsJson(String policy, String body, boolean passes) {
    Map<String, String> attributes =
        Map.of("FilterPolicy", policy, "FilterPolicyScope", "MessageBody");

    assertThat(matches(attributes, body, "String", "any")).isEqualTo(passes);
  }

  private static String values(int count) {
    StringBuilder values = new StringBuilder("[0");
    for (int i = 1; i < count; i++) {
      values.append(',').append(i);
    }
    return values.append(']').toString();
  }

  private static boolean matches(
      Map<String, String> attributes, String message, String type, String value) {
    var catalogue = new TopicCatalogue();
    var stage = new Stage().plays(new Topics("http://127.0.0.1", Seal.absent()), catalogue::on);
    Key key = new Key(Topics.KIND, ARN);
    stage.send(key, new TopicCommand.Create(Map.of(), Map.of()));
    Map<String, String> raw = new TreeMap<>(attributes);
    raw.put("RawMessageDelivery", "true");
    stage.send(
        key,
        new TopicCommand.Subscribe(
            "id", "111111111111", "sqs", "arn:aws:sqs:us-east-1:111111111111:q", raw));
    Topic topic = Objects.requireNonNull(catalogue.topic(ARN));
    List<Match> matches =
        new Matches()
            .of(
                topic,
                new NoticeCommand.Publish(
                    ARN,
                    Map.of("default", message),
                    null,
                    Map.of("price", new NoticeCommand.Attribute(type, value))));
    return !matches.isEmpty();
  }
}
