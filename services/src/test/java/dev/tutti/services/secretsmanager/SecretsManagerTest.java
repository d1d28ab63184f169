package dev.tutti.services.secretsmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.wire.ServiceError;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SecretsManagerTest {
  private static final String CLEAR = "do-not-tell";
  private static final String TOKEN = "00000000-0000-0000-0000-00000000000";

  private final Safe safe = new Safe();

  @AfterEach
  void close() {
    safe.close();
  }

  private JsonNode create(String name) {
    return safe.call(
        "CreateSecret",
        "{\"Name\":\"%s\",\"SecretString\":\"%s\",\"ClientRequestToken\":\"%s1\"}"
            .formatted(name, CLEAR, TOKEN));
  }

  private JsonNode value(String id) {
    return safe.call("GetSecretValue", "{\"SecretId\":\"" + id + "\"}");
  }

  private static void refused(ThrowingCallable call, String code, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(ServiceError.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessage(message);
  }

  @Test
  void isNamedByNameArnAndArnWithoutSuffix() {
    String arn = create("shop/db").path("ARN").asText();
    assertThat(arn)
        .matches("arn:aws:secretsmanager:us-east-1:111111111111:secret:shop/db-[A-Za-z0-9]{6}");

    for (String id : List.of("shop/db", arn, arn.substring(0, arn.length() - 7))) {
      assertThat(value(id).path("SecretString").asText()).as(id).isEqualTo(CLEAR);
    }
    assertThat(value("shop/db").path("VersionStages")).hasToString("[\"AWSCURRENT\"]");
    String absent = "Secrets Manager can't find the specified secret.";
    for (String id : List.of("shop", arn.substring(0, arn.length() - 1) + "-", "x-a1B2c3")) {
      refused(() -> value(id), "ResourceNotFoundException", absent);
    }
    refused(
        () -> value("shop db"),
        "ValidationException",
        "Invalid name. Must be a valid name containing alphanumeric characters, or any of the"
            + " following: -/_+=.@!");
  }

  @Test
  void theSameTokenWithTheSameValueChangesNothing() {
    JsonNode created = create("s");
    assertThat(create("s")).isEqualTo(created);
    refused(
        () ->
            safe.call(
                "CreateSecret",
                "{\"Name\":\"s\",\"SecretString\":\"other\",\"ClientRequestToken\":\"%s1\"}"
                    .formatted(TOKEN)),
        "ResourceExistsException",
        "You can't use ClientRequestToken %s1 because that value is already in use for a version of secret %s."
            .formatted(TOKEN, created.path("ARN").asText()));
    refused(
        () -> safe.call("CreateSecret", "{\"Name\":\"s\",\"SecretString\":\"other\"}"),
        "ResourceExistsException",
        "The operation failed because the secret s already exists.");
    refused(
        () -> safe.request("CreateSecret", "{\"Name\":\"t\",\"SecretString\":\"other\"}"),
        "InvalidRequestException",
        "You must provide a ClientRequestToken value. We recommend a UUID-type value.");
  }

  @Test
  void hasVersionsAndStages() {
    create("s");
    JsonNode put =
        safe.call(
            "PutSecretValue",
            "{\"SecretId\":\"s\",\"SecretString\":\"two\",\"VersionStages\":[\"AWSPENDING\"]}");
    String second = put.path("VersionId").asText();
    assertThat(value("s").path("SecretString").asText()).isEqualTo(CLEAR);
    assertThat(
            safe.call("GetSecretValue", "{\"SecretId\":\"s\",\"VersionStage\":\"AWSPENDING\"}")
                .path("SecretString")
                .asText())
        .isEqualTo("two");
    safe.call(
        "UpdateSecretVersionStage",
        ("{\"SecretId\":\"s\",\"VersionStage\":\"AWSCURRENT\",\"RemoveFromVersionId\":\"%s1\","
                + "\"MoveToVersionId\":\"%s\"}")
            .formatted(TOKEN, second));

    assertThat(value("s").path("SecretString").asText()).isEqualTo("two");
    JsonNode described = safe.call("DescribeSecret", "{\"SecretId\":\"s\"}");
    assertThat(described.path("VersionIdsToStages").path(TOKEN + 1))
        .hasToString("[\"AWSPREVIOUS\"]");
    assertThat(described.path("VersionIdsToStages").path(second))
        .hasToString("[\"AWSCURRENT\",\"AWSPENDING\"]");
    JsonNode page = safe.call("ListSecretVersionIds", "{\"SecretId\":\"s\",\"MaxResults\":1}");
    assertThat(page.path("Versions")).hasSize(1);
    assertThat(page.path("NextToken").asText()).isNotEmpty();
    refused(
        () -> safe.call("GetSecretValue", "{\"SecretId\":\"s\",\"VersionStage\":\"mine\"}"),
        "ResourceNotFoundException",
        "Secrets Manager can't find the specified secret value for staging label: mine");
    refused(
        () ->
            safe.call(
                "GetSecretValue",
                "{\"SecretId\":\"s\",\"VersionStage\":\"AWSCURRENT\",\"VersionId\":\"%s1\"}"
                    .formatted(TOKEN)),
        "InvalidRequestException",
        "You provided a VersionStage that is not associated to the provided VersionId.");
  }

  @Test
  void anEmptySecretHasNoValueAndABinaryOneIsBinary() {
    JsonNode created = safe.call("CreateSecret", "{\"Name\":\"s\"}");
    assertThat(created.has("VersionId")).isFalse();
    refused(
        () -> value("s"),
        "ResourceNotFoundException",
        "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT");
    refused(
        () -> safe.call("PutSecretValue", "{\"SecretId\":\"s\"}"),
        "InvalidRequestException",
        "You must provide either SecretString or SecretBinary.");
    safe.call("UpdateSecret", "{\"SecretId\":\"s\",\"SecretBinary\":\"AP8=\"}");
    assertThat(value("s").path("SecretBinary").asText()).isEqualTo("AP8=");
    assertThat(value("s").has("SecretString")).isFalse();
  }

  @Test
  void tellsOnWhichDayItWasRead() {
    create("s");
    assertThat(safe.call("DescribeSecret", "{\"SecretId\":\"s\"}").has("LastAccessedDate"))
        .isFalse();
    value("s");
    await()
        .untilAsserted(() ->
            assertThat(
                    safe.call("DescribeSecret", "{\"SecretId\":\"s\"}")
                            .path("LastAccessedDate")
                            .asLong()
                        % 86_400)
                .isZero());
    await()
        .untilAsserted(() ->
            assertThat(safe.call("DescribeSecret", "{\"SecretId\":\"s\"}").has("LastAccessedDate"))
                .isTrue());
  }

  @Test
  void isDeletedAtOnceOrLater() {
    create("s");
    refused(
        () -> safe.call("DeleteSecret", "{\"SecretId\":\"s\",\"RecoveryWindowInDays\":6}"),
        "InvalidParameterException",
        "The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).");
    assertThat(safe.call("DeleteSecret", "{\"SecretId\":\"s\"}").path("DeletionDate").asLong())
        .isGreaterThan(System.currentTimeMillis() / 1000 + 29 * 86_400);
    refused(
        () -> value("s"),
        "InvalidRequestException",
        "You can't perform this operation on the secret because it was marked for deletion.");
    refused(
        () -> create("s"),
        "InvalidRequestException",
        "You can't create this secret because a secret with this name is already scheduled for"
            + " deletion.");
    assertThat(safe.call("ListSecrets", "{}").path("SecretList")).isEmpty();
    assertThat(
            safe.call("ListSecrets", "{\"IncludePlannedDeletion\":true}")
                .at("/SecretList/0/DeletedDate")
                .isNumber())
        .isTrue();
    safe.call("RestoreSecret", "{\"SecretId\":\"s\"}");
    assertThat(value("s").path("SecretString").asText()).isEqualTo(CLEAR);

    String forced = "{\"SecretId\":\"s\",\"ForceDeleteWithoutRecovery\":true}";
    String arn = safe.call("DeleteSecret", forced).path("ARN").asText();
    assertThat(safe.call("DeleteSecret", forced).path("Name").asText()).isEqualTo("s");
    assertThat(create("s").path("ARN").asText()).isNotEqualTo(arn);
  }

  @Test
  void anotherContextReadsWhatThePolicyLetsItRead() {
    String arn = create("s").path("ARN").asText();
    String ask = "{\"SecretId\":\"" + arn + "\"}";
    refused(
        () -> safe.callAs(Safe.OTHER, "GetSecretValue", ask),
        "AccessDeniedException",
        "User: arn:aws:iam::222222222222:root is not authorized to perform:"
            + " secretsmanager:GetSecretValue on resource: "
            + arn
            + " because no resource-based policy allows the secretsmanager:GetSecretValue action");
    refused(
        () -> safe.call("PutResourcePolicy", "{\"SecretId\":\"s\",\"ResourcePolicy\":\"{\"}"),
        "MalformedPolicyDocumentException",
        "This resource policy contains a syntax error.");
    String policy =
        "{'Version':'2012-10-17','Statement':[{'Effect':'Allow','Principal':{'AWS':"
            + "'arn:aws:iam::222222222222:root'},'Action':'secretsmanager:GetSecretValue',"
            + "'Resource':'*'}]}";
    safe.call(
        "PutResourcePolicy",
        "{\"SecretId\":\"s\",\"ResourcePolicy\":\"%s\"}".formatted(policy.replace("'", "\\\"")));

    assertThat(safe.callAs(Safe.OTHER, "GetSecretValue", ask).path("SecretString").asText())
        .isEqualTo(CLEAR);
    assertThat(
            safe.callAs(Safe.OTHER, "BatchGetSecretValue", "{\"SecretIdList\":[\"" + arn + "\"]}")
                .path("SecretValues"))
        .hasSize(1);
    assertThatThrownBy(() -> safe.callAs(Safe.OTHER, "DescribeSecret", ask))
        .hasMessageContaining("no resource-based policy allows the secretsmanager:DescribeSecret");
    assertThatThrownBy(() -> safe.callAs(Safe.OTHER, "GetSecretValue", "{\"SecretId\":\"s\"}"))
        .hasMessage("Secrets Manager can't find the specified secret.");
    assertThat(
            safe.call("GetResourcePolicy", "{\"SecretId\":\"s\"}").path("ResourcePolicy").asText())
        .isEqualTo(policy.replace("'", "\""));
    String open = policy.replace("arn:aws:iam::222222222222:root", "*").replace("'", "\\\"");
    assertThat(
            safe.call("ValidateResourcePolicy", "{\"ResourcePolicy\":\"" + open + "\"}")
                .path("PolicyValidationPassed")
                .asBoolean())
        .isFalse();
    assertThatThrownBy(() ->
            safe.call(
                "PutResourcePolicy",
                "{\"SecretId\":\"s\",\"BlockPublicPolicy\":true,\"ResourcePolicy\":\"%s\"}"
                    .formatted(open)))
        .isInstanceOfSatisfying(
            ServiceError.class, e -> assertThat(e.code()).isEqualTo("PublicPolicyException"));
  }

  @Test
  void listsAreFilteredAndComeInPages() {
    for (String name : List.of("a/one", "a/two", "b/one")) {
      safe.call(
          "CreateSecret",
          "{\"Name\":\"%s\",\"SecretString\":\"v-%s\",\"Description\":\"The %s\",\"Tags\":[{\"Key\":\"of\",\"Value\":\"%s\"}]}"
              .formatted(name, name, name, name.substring(0, 1)));
    }
    assertThat(names("[{\"Key\":\"name\",\"Values\":[\"a/\"]}]")).containsExactly("a/one", "a/two");
    assertThat(names("[{\"Key\":\"name\",\"Values\":[\"!a/\"]}]")).containsExactly("b/one");
    assertThat(names("[{\"Key\":\"tag-value\",\"Values\":[\"b\"]}]")).containsExactly("b/one");
    assertThat(
            names("[{\"Key\":\"all\",\"Values\":[\"ONE\"]},{\"Key\":\"name\",\"Values\":[\"b\"]}]"))
        .containsExactly("b/one");
    JsonNode page = safe.call("ListSecrets", "{\"MaxResults\":2,\"SortOrder\":\"desc\"}");
    assertThat(page.path("SecretList").findValuesAsText("Name")).containsExactly("b/one", "a/two");
    JsonNode rest =
        safe.call(
            "ListSecrets",
            "{\"MaxResults\":2,\"SortOrder\":\"desc\",\"NextToken\":\"%s\"}"
                .formatted(page.path("NextToken").asText()));
    assertThat(rest.path("SecretList").findValuesAsText("Name")).containsExactly("a/one");
    JsonNode batch = safe.call("BatchGetSecretValue", "{\"SecretIdList\":[\"a/one\",\"none\"]}");
    assertThat(batch.at("/SecretValues/0/SecretString").asText()).isEqualTo("v-a/one");
    assertThat(batch.at("/Errors/0/ErrorCode").asText()).isEqualTo("ResourceNotFoundException");
    assertThat(
            safe.call(
                    "BatchGetSecretValue",
                    "{\"Filters\":[{\"Key\":\"name\",\"Values\":[\"a\"]}],\"MaxResults\":1}")
                .path("SecretValues"))
        .hasSize(1);
  }

  private List<String> names(String filters) {
    return safe.call("ListSecrets", "{\"Filters\":" + filters + "}")
        .path("SecretList")
        .findValuesAsText("Name");
  }

  @Test
  void tags() {
    create("s");
    safe.call(
        "TagResource",
        "{\"SecretId\":\"s\",\"Tags\":[{\"Key\":\"a\",\"Value\":\"1\"},{\"Key\":\"b\",\"Value\":\"2\"}]}");
    safe.call("UntagResource", "{\"SecretId\":\"s\",\"TagKeys\":[\"a\"]}");
    assertThat(safe.call("DescribeSecret", "{\"SecretId\":\"s\"}").path("Tags"))
        .hasToString("[{\"Key\":\"b\",\"Value\":\"2\"}]");
  }

  @Test
  void drawsPasswords() {
    String drawn =
        safe.call("GetRandomPassword", "{\"PasswordLength\":5,\"ExcludePunctuation\":true}")
            .path("RandomPassword")
            .asText();
    assertThat(drawn)
        .hasSize(5)
        .containsPattern("[a-z]")
        .containsPattern("[A-Z]")
        .containsPattern("[0-9]");
    assertThat(
            safe.call(
                    "GetRandomPassword",
                    "{\"ExcludeLowercase\":true,\"ExcludeUppercase\":true,\"ExcludePunctuation\":true,"
                        + "\"ExcludeCharacters\":\"012345678\"}")
                .path("RandomPassword")
                .asText())
        .isEqualTo("9".repeat(32));
    refused(
        () -> safe.call("GetRandomPassword", "{\"PasswordLength\":3}"),
        "InvalidParameterException",
        "Password length is too short based on the required types.");
  }

  @Test
  void nothingSecretIsCommitted() {
    create("s");
    safe.call("PutSecretValue", "{\"SecretId\":\"s\",\"SecretString\":\"" + CLEAR + "-2\"}");
    String binary =
        Base64.getEncoder().encodeToString((CLEAR + "-3").getBytes(StandardCharsets.UTF_8));
    safe.call("UpdateSecret", "{\"SecretId\":\"s\",\"SecretBinary\":\"" + binary + "\"}");
    assertThat(value("s").path("SecretBinary").asText()).isEqualTo(binary);

    assertThat(safe.committed()).contains("ValuePut").doesNotContain(CLEAR, binary);
  }
}
