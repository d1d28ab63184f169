package dev.tutti.core.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.delivery.Deliveries;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.GoldenFacts;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Stage;
import dev.tutti.core.kernel.Transcripts;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class MessagingTest {
  private static final String URL = "http://127.0.0.1:4566";
  private static final String ARN = "arn:aws:sns:us-east-1:111111111111:orders";

  @TestFactory
  Stream<DynamicTest> transcripts() {
    return Transcripts.of(
        "messaging",
        () -> {
          var catalogue = new TopicCatalogue();
          return new Stage()
              .plays(new Topics(URL, new PlainSeal()), catalogue::on)
              .plays(new Notices(catalogue, URL))
              .plays(new Fifos(catalogue, URL))
              .plays(new PushApps())
              .plays(new TextAccounts())
              .plays(new Deliveries());
        });
  }

  @Test
  void factsStayReadable() {
    GoldenFacts.check("topics", TopicFact.class);
    GoldenFacts.check("notices", NoticeFact.class);
    GoldenFacts.check("fifo-topics", FifoFact.class);
    GoldenFacts.check("push-apps", PushAppFact.class);
    GoldenFacts.check("text-accounts", TextAccountFact.class);
  }

  @Test
  void aPolicyOpensATopicForOthers() {
    var stage = new Stage().plays(new Topics(URL, new PlainSeal()));
    Key key = new Key(Topics.KIND, ARN);
    stage.send(key, new TopicCommand.Create(Map.of(), Map.of()));
    assertThat(TopicPolicy.allows((Topic) stage.state(key), "Publish", "222222222222")).isFalse();
    stage.send(
        key, new TopicCommand.AddPermission("p", List.of("222222222222"), List.of("Publish")));

    Topic topic = (Topic) stage.state(key);

    assertThat(TopicPolicy.allows(topic, "Publish", "222222222222")).isTrue();
    assertThat(TopicPolicy.allows(topic, "Subscribe", "222222222222")).isFalse();
    assertThat(TopicPolicy.allows(topic, "Publish", "333333333333")).isFalse();
    assertThat(TopicPolicy.allows(topic, "DeleteTopic", "111111111111")).isTrue();
  }

  @Test
  void aDenialOutweighsAnAllowance() {
    Topic topic =
        Topic.blank(ARN)
            .withAttributes(
                new java.util.TreeMap<>(
                    Map.of(
                        "Policy",
                        """
                        {"Statement":[
                          {"Effect":"Allow","Principal":"*","Action":"SNS:*"},
                          {"Effect":"Deny","Principal":{"AWS":"222222222222"},"Action":"sns:Publish"}]}
                        """)));

    assertThat(TopicPolicy.allows(topic, "Publish", "222222222222")).isFalse();
    assertThat(TopicPolicy.allows(topic, "Subscribe", "222222222222")).isTrue();
    assertThat(TopicPolicy.allows(topic, "Publish", "333333333333")).isTrue();
  }

  @Test
  void aDeliveryPolicyIsKeptWithoutItsEmptyMembers() {
    assertThat(DeliveryPolicy.normal("{\"http\":{\"defaultHealthyRetryPolicy\":null}}", true))
        .isEqualTo("{\"http\":{\"disableSubscriptionOverrides\":false}}");
    assertThat(DeliveryPolicy.normal("{\"healthyRetryPolicy\":{\"numRetries\":5}}", false))
        .isEqualTo("{\"healthyRetryPolicy\":{\"numRetries\":5}}");
    assertThat(DeliveryPolicy.normal("{", true)).isNull();
    assertThat(DeliveryPolicy.normal("{\"healthyRetryPolicy\":{\"numRetries\":-1}}", false))
        .isNull();
  }

  @Test
  void subscriptionsArePagedByArn() {
    var catalogue = new TopicCatalogue();
    var stage = new Stage().plays(new Topics(URL, new PlainSeal()), catalogue::on);
    for (String topic : List.of(ARN, ARN + "-b")) {
      Key key = new Key(Topics.KIND, topic);
      stage.send(key, new TopicCommand.Create(Map.of(), Map.of()));
      stage.send(
          key,
          new TopicCommand.Subscribe("id", "111111111111", "http", "http://127.0.0.1/", Map.of()));
    }

    List<Subscription> first = catalogue.subscriptions("111111111111", "us-east-1", "", 1);
    List<Subscription> second =
        catalogue.subscriptions("111111111111", "us-east-1", first.getFirst().arn(), 10);

    assertThat(first).extracting(Subscription::arn).containsExactly(ARN + "-b:id");
    assertThat(second).extracting(Subscription::arn).containsExactly(ARN + ":id");
    assertThat(Json.write(DeliveryPolicy.effective(Topic.blank(ARN)))).contains("\"numRetries\":3");
  }

  /** A seal whose signatures can be read. */
  private static final class PlainSeal implements Seal {
    @Override
    public String sign(String text, String version) {
      return "v" + version + " " + text.lines().toList();
    }

    @Override
    public String certificateUrl() {
      return URL + "/certificate.pem";
    }
  }
}
