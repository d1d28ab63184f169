package dev.tutti.services.secretsmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import dev.tutti.wire.ServiceError;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A connection's secret, from its creation to its end. */
final class ConnectionSecretsTest {
  private static final String CLEAR = "do-not-tell";

  private final Safe safe = new Safe();

  @AfterEach
  void close() {
    safe.close();
  }

  private String connect(String type, String parameters) {
    safe.events(
        "CreateConnection",
        "{\"Name\":\"c\",\"AuthorizationType\":\"%s\",\"AuthParameters\":%s}"
            .formatted(type, parameters));
    return safe.events("DescribeConnection", "{\"Name\":\"c\"}").path("SecretArn").asText();
  }

  private String basic() {
    return connect(
        "BASIC", "{\"BasicAuthParameters\":{\"Username\":\"u\",\"Password\":\"" + CLEAR + "\"}}");
  }

  private JsonNode value(String id) {
    return safe.call("GetSecretValue", "{\"SecretId\":\"" + id + "\"}");
  }

  private JsonNode secret(String id) {
    return Json.parse(value(id).path("SecretString").asText());
  }

  @Test
  void isReadInTheFormOfItsType() {
    String arn = basic();
    assertThat(secret(arn)).hasToString("{\"username\":\"u\",\"password\":\"" + CLEAR + "\"}");
    JsonNode value = value(arn);
    String name = value.path("Name").asText();
    assertThat(name).matches("events!connection/c/[0-9a-f-]{36}");
    assertThat(arn)
        .startsWith("arn:aws:secretsmanager:us-east-1:111111111111:secret:" + name + "-");
    assertThat(value.path("VersionStages")).hasToString("[\"AWSCURRENT\"]");
    assertThat(value(name)).isEqualTo(value);
    safe.events("DeleteConnection", "{\"Name\":\"c\"}");

    assertThat(
            secret(
                connect(
                    "API_KEY",
                    """
                    {"ApiKeyAuthParameters": {"ApiKeyName": "k", "ApiKeyValue": "v"},
                     "InvocationHttpParameters": {"HeaderParameters":
                       [{"Key": "A", "Value": "B", "IsValueSecret": true}]}}
                    """)))
        .hasToString(
            "{\"api_key_name\":\"k\",\"api_key_value\":\"v\",\"invocation_http_parameters\":"
                + "{\"header_parameters\":[{\"key\":\"A\",\"value\":\"B\",\"is_value_secret\":true}]}}");
    safe.events("DeleteConnection", "{\"Name\":\"c\"}");

    assertThat(
            secret(
                connect(
                    "OAUTH_CLIENT_CREDENTIALS",
                    """
                    {"OAuthParameters": {"AuthorizationEndpoint": "https://127.0.0.1:1/",
                      "HttpMethod": "POST",
                      "ClientParameters": {"ClientID": "i", "ClientSecret": "s"}}}
                    """)))
        .hasToString(
            "{\"client_id\":\"i\",\"client_secret\":\"s\",\"authorization_endpoint\":"
                + "\"https://127.0.0.1:1/\",\"http_method\":\"POST\"}");
  }

  @Test
  void followsItsConnection() {
    String arn = basic();
    String before = value(arn).path("VersionId").asText();
    safe.events(
        "UpdateConnection",
        "{\"Name\":\"c\",\"AuthParameters\":{\"BasicAuthParameters\":{\"Username\":\"v\"}}}");
    assertThat(secret(arn).path("username").asText()).isEqualTo("v");
    assertThat(value(arn).path("VersionId").asText()).isNotEqualTo(before);

    for (String end : List.of("DeauthorizeConnection", "DeleteConnection")) {
      safe.events(end, "{\"Name\":\"c\"}");
      assertThatThrownBy(() -> value(arn))
          .hasMessage("Secrets Manager can't find the specified secret.");
      assertThat(safe.call("ListSecrets", "{}").path("SecretList")).isEmpty();
    }
  }

  @Test
  void isDescribedAndListedAsItsServices() {
    String arn = basic();
    JsonNode described = safe.call("DescribeSecret", "{\"SecretId\":\"" + arn + "\"}");
    assertThat(described.path("OwningService").asText()).isEqualTo("events");
    assertThat(described.path("VersionIdsToStages")).hasSize(1);
    String filter = "{\"Filters\":[{\"Key\":\"owning-service\",\"Values\":[\"events\"]}]}";
    assertThat(safe.call("ListSecrets", filter).at("/SecretList/0/ARN").asText()).isEqualTo(arn);
    assertThat(safe.call("ListSecretVersionIds", "{\"SecretId\":\"" + arn + "\"}").path("Versions"))
        .hasSize(1);
    assertThat(safe.call("BatchGetSecretValue", filter).path("SecretValues")).hasSize(1);
  }

  @Test
  void isNobodysToChangeAndNoOtherContextsToRead() {
    String arn = basic();
    for (String operation :
        List.of("DeleteSecret", "UpdateSecret", "RestoreSecret", "DeleteResourcePolicy")) {
      assertThatThrownBy(() -> safe.call(operation, "{\"SecretId\":\"" + arn + "\"}"))
          .isInstanceOfSatisfying(
              ServiceError.class, e -> assertThat(e.code()).isEqualTo("InvalidRequestException"))
          .hasMessageContaining("managed by another service");
    }
    assertThatThrownBy(() ->
            safe.call("PutSecretValue", "{\"SecretId\":\"" + arn + "\",\"SecretString\":\"mine\"}"))
        .hasMessageContaining("managed by another service");
    assertThatThrownBy(
            () -> safe.callAs(Safe.OTHER, "GetSecretValue", "{\"SecretId\":\"" + arn + "\"}"))
        .isInstanceOfSatisfying(
            ServiceError.class, e -> assertThat(e.code()).isEqualTo("AccessDeniedException"));
    assertThatThrownBy(() ->
            safe.call(
                "CreateSecret", "{\"Name\":\"events!connection/c/x\",\"SecretString\":\"mine\"}"))
        .isInstanceOf(ServiceError.class);
    assertThat(secret(arn).path("password").asText()).isEqualTo(CLEAR);
  }

  @Test
  void nothingSecretIsCommitted() {
    assertThat(secret(basic()).path("password").asText()).isEqualTo(CLEAR);
    assertThat(safe.committed()).contains("ConnectionCreated").doesNotContain(CLEAR);
  }
}
