package dev.tutti.wire.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tutti.core.json.Json;
import dev.tutti.wire.ServiceError;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.SnsException;
import software.amazon.awssdk.services.sts.StsClient;

final class AwsQuerySdkTest {
  private Rig rig;
  private SnsClient sns;
  private StsClient sts;

  @BeforeEach
  void start() throws IOException {
    rig = new Rig();
    sns = rig.client(SnsClient.builder());
    sts = rig.client(StsClient.builder());
  }

  @AfterEach
  void stop() {
    sns.close();
    sts.close();
    rig.close();
  }

  @Test
  void readsMapsOfStructures() {
    rig.answers("{'MessageId':'m-1'}");

    var published =
        sns.publish(r ->
            r.topicArn("arn:t")
                .message("héllo & <co>")
                .messageAttributes(
                    Map.of(
                        "k",
                        MessageAttributeValue.builder()
                            .dataType("String")
                            .stringValue("v+w")
                            .build())));

    assertThat(published.messageId()).isEqualTo("m-1");
    assertThat(rig.call().service()).isEqualTo("sns");
    assertThat(rig.call().input())
        .isEqualTo(
            Json.parse(
                """
                {"TopicArn":"arn:t","Message":"héllo & <co>",
                 "MessageAttributes":{"k":{"DataType":"String","StringValue":"v+w"}}}\
                """));
    assertThat(published.responseMetadata().requestId()).isEqualTo(rig.call().id());
  }

  @Test
  void readsListsAndWritesListsAndMaps() {
    rig.answers("{'Topics':[{'TopicArn':'arn:1'},{'TopicArn':'arn:<2>&'}],'NextToken':'n'}");
    var topics = sns.listTopics(r -> r.nextToken("t"));
    assertThat(topics.topics()).extracting("topicArn").containsExactly("arn:1", "arn:<2>&");
    assertThat(topics.nextToken()).isEqualTo("n");

    rig.answers("{'Attributes':{'Owner':'1','Policy':'{\\'a\\':1}'}}");
    var attributes = sns.getTopicAttributes(r -> r.topicArn("arn:1")).attributes();
    assertThat(attributes).containsEntry("Owner", "1").containsEntry("Policy", "{\"a\":1}");

    rig.answers("{}");
    sns.untagResource(r -> r.resourceArn("arn:1").tagKeys("a", "b"));
    assertThat(rig.call().input().path("TagKeys")).isEqualTo(Json.parse("[\"a\",\"b\"]"));
  }

  @Test
  void writesTimes() {
    rig.answers(
        "{'Credentials':{'AccessKeyId':'ASIA0000000000000000','SecretAccessKey':'s',"
            + "'SessionToken':'t','Expiration':1700000000}}");

    var assumed =
        sts.assumeRole(
            r -> r.roleArn("arn:aws:iam::123456789012:role/r").roleSessionName("session"));

    assertThat(assumed.credentials().expiration()).isEqualTo(Instant.ofEpochSecond(1_700_000_000));
    assertThat(rig.call().service()).isEqualTo("sts");
  }

  @Test
  void errorsHaveTheCodeOfTheQueryApi() {
    rig.answers(call -> {
      throw new ServiceError("NotFoundException", "Topic does not exist");
    });

    var thrown =
        catchThrowableOfType(
            NotFoundException.class, () -> sns.getTopicAttributes(r -> r.topicArn("arn:1")));

    assertThat(thrown.statusCode()).isEqualTo(404);
    assertThat(thrown.awsErrorDetails().errorCode()).isEqualTo("NotFound");
    assertThat(thrown.awsErrorDetails().errorMessage()).isEqualTo("Topic does not exist");
  }

  @Test
  void constraintsAreCheckedBeforeTheDoor() {
    var thrown =
        catchThrowableOfType(
            SnsException.class, () -> sns.createTopic(r -> r.dataProtectionPolicy("p")));

    assertThat(thrown.awsErrorDetails().errorCode()).isEqualTo("ValidationError");
    assertThat(thrown.awsErrorDetails().errorMessage())
        .isEqualTo(
            "1 validation error detected: Value null at 'name' failed to satisfy constraint: Member"
                + " must not be null");
    assertThat(rig.calls).isEmpty();
  }
}
