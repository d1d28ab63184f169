package dev.tutti.services.connections;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.connections.Authorization;
import dev.tutti.core.json.Json;
import dev.tutti.services.http.Web;
import dev.tutti.wire.ServiceError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A connection's {@code AuthParameters}, secrets and all, in AWS's form. They live in memory only
 * while they are used.
 */
public record AuthParameters(Authorization.Type type, ObjectNode members) {
  private static final Set<String> SECRETS = Set.of("Password", "ClientSecret", "ApiKeyValue");
  private static final Pattern INNER_CAPITAL = Pattern.compile("(?<=[a-z])(?=[A-Z])");
  private static final String INVOCATION = "InvocationHttpParameters";

  /** Which list of parameters; by these names AWS knows them. */
  public enum Part {
    HEADER("HeaderParameters"),
    QUERY("QueryStringParameters"),
    BODY("BodyParameters");

    private final String member;

    Part(String member) {
      this.member = member;
    }
  }

  /**
   * What these become by an update: objects are merged, lists and values replaced. Of parameters
   * for another type only those of invocations stay.
   */
  public AuthParameters updated(Authorization.Type to, JsonNode given) {
    ObjectNode merged = members.deepCopy();
    if (to != type) {
      merged.retain(INVOCATION);
    }
    return new AuthParameters(to, merge(merged, given));
  }

  private static ObjectNode merge(ObjectNode into, JsonNode given) {
    given
        .properties()
        .forEach(member -> {
          JsonNode before = into.get(member.getKey());
          into.set(
              member.getKey(),
              before instanceof ObjectNode object && member.getValue().isObject()
                  ? merge(object, member.getValue())
                  : member.getValue().deepCopy());
        });
    return into;
  }

  /**
   * Refuses parameters that don't suffice for their type.
   *
   * @throws ServiceError naming what is missing
   */
  public void check() {
    if (members.hasNonNull("ConnectivityParameters")) {
      throw invalid("private connectivity is not supported");
    }
    List<String> needed =
        switch (type) {
          case BASIC -> List.of("/BasicAuthParameters/Username", "/BasicAuthParameters/Password");
          case API_KEY ->
              List.of("/ApiKeyAuthParameters/ApiKeyName", "/ApiKeyAuthParameters/ApiKeyValue");
          case OAUTH_CLIENT_CREDENTIALS ->
              List.of(
                  "/OAuthParameters/ClientParameters/ClientID",
                  "/OAuthParameters/ClientParameters/ClientSecret",
                  "/OAuthParameters/AuthorizationEndpoint",
                  "/OAuthParameters/HttpMethod");
        };
    for (String pointer : needed) {
      if (!members.at(pointer).isTextual()) {
        throw invalid(
            "authorization type " + type + " needs " + pointer.substring(1).replace('/', '.'));
      }
    }
  }

  private static ServiceError invalid(String reason) {
    return new ServiceError(
        "ValidationException", "Parameter AuthParameters is not valid. Reason: " + reason + ".");
  }

  /** What may be seen of them: DescribeConnection's {@code AuthParameters}. */
  public ObjectNode visible() {
    return (ObjectNode) visible(members);
  }

  private static JsonNode visible(JsonNode value) {
    if (value.isArray()) {
      var list = Json.array();
      value.forEach(each -> list.add(visible(each)));
      return list;
    }
    if (!value.isObject()) {
      return value;
    }
    ObjectNode shown = Json.object();
    boolean parameter = value.has("Key");
    boolean hidden = isSecret(value);
    value
        .properties()
        .forEach(member -> {
          if (!SECRETS.contains(member.getKey()) && !(hidden && member.getKey().equals("Value"))) {
            shown.set(member.getKey(), visible(member.getValue()));
          }
        });
    return parameter ? shown.put("IsValueSecret", hidden) : shown;
  }

  private static boolean isSecret(JsonNode parameter) {
    return parameter.path("IsValueSecret").asBoolean();
  }

  /** All that is secret in them. */
  List<String> secrets() {
    List<String> secrets = new ArrayList<>();
    collect(members, secrets);
    return secrets;
  }

  private static void collect(JsonNode value, List<String> into) {
    if (isSecret(value)) {
      into.add(value.path("Value").asText());
    }
    value
        .properties()
        .forEach(member -> {
          if (SECRETS.contains(member.getKey())) {
            into.add(member.getValue().asText());
          }
          collect(member.getValue(), into);
        });
    if (value.isArray()) {
      value.forEach(each -> collect(each, into));
    }
  }

  /**
   * What Secrets Manager has of them: AWS's names there are those of the API in lower case.
   * Parameters of invocations and of requests for a token are in it where there are any.
   */
  public ObjectNode secret() {
    ObjectNode secret = Json.object();
    switch (type) {
      case BASIC ->
          secret
              .put("username", text("/BasicAuthParameters/Username"))
              .put("password", text("/BasicAuthParameters/Password"));
      case API_KEY ->
          secret
              .put("api_key_name", text("/ApiKeyAuthParameters/ApiKeyName"))
              .put("api_key_value", text("/ApiKeyAuthParameters/ApiKeyValue"));
      case OAUTH_CLIENT_CREDENTIALS -> {
        secret
            .put("client_id", text("/OAuthParameters/ClientParameters/ClientID"))
            .put("client_secret", text("/OAuthParameters/ClientParameters/ClientSecret"))
            .put("authorization_endpoint", text("/OAuthParameters/AuthorizationEndpoint"))
            .put("http_method", text("/OAuthParameters/HttpMethod"));
        put(secret, "oauth_http_parameters", "/OAuthParameters/OAuthHttpParameters");
      }
    }
    put(secret, "invocation_http_parameters", "/" + INVOCATION);
    return secret;
  }

  private void put(ObjectNode secret, String name, String pointer) {
    JsonNode parameters = members.at(pointer);
    if (!parameters.isEmpty()) {
      secret.set(name, lowered(parameters));
    }
  }

  /** {@code HeaderParameters} becomes {@code header_parameters}. */
  private static JsonNode lowered(JsonNode value) {
    if (value.isArray()) {
      var list = Json.array();
      value.forEach(each -> list.add(lowered(each)));
      return list;
    }
    if (!value.isObject()) {
      return value;
    }
    ObjectNode lowered = Json.object();
    value
        .properties()
        .forEach(member ->
            lowered.set(
                INNER_CAPITAL.matcher(member.getKey()).replaceAll("_").toLowerCase(Locale.ROOT),
                lowered(member.getValue())));
    return lowered;
  }

  String text(String pointer) {
    return members.at(pointer).asText();
  }

  /** What every request by the connection has in addition. */
  List<Web.Pair> ofInvocations(Part part) {
    return pairs(members.path(INVOCATION).path(part.member));
  }

  /** What the request for a token has in addition. */
  List<Web.Pair> ofToken(Part part) {
    return pairs(members.path("OAuthParameters").path("OAuthHttpParameters").path(part.member));
  }

  private static List<Web.Pair> pairs(JsonNode list) {
    List<Web.Pair> pairs = new ArrayList<>();
    list.forEach(
        each -> pairs.add(new Web.Pair(each.path("Key").asText(), each.path("Value").asText())));
    return pairs;
  }

  /** Says nothing of what they hold. */
  @Override
  public String toString() {
    return "AuthParameters[" + type + "]";
  }
}
