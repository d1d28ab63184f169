package dev.tutti.services.sns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.tutti.core.json.Json;
import dev.tutti.services.House;
import dev.tutti.services.gateway.Gateway;
import dev.tutti.services.gateway.Gateways;
import dev.tutti.wire.ServiceError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pushes and text messages, with a gateway that listens on this machine. */
class PhonesTest {
  private static final String APP = "arn:aws:sns:us-east-1:111111111111:app/ADM/shop";
  private static final String TOPIC = "arn:aws:sns:us-east-1:111111111111:orders";
  private static final String NUMBER = "+15551234567";

  private final Queue<Posted> posted = new ConcurrentLinkedQueue<>();
  private final AtomicInteger answer = new AtomicInteger(200);

  @TempDir private Path directory;
  private HttpServer server;
  private House house;

  private record Posted(String authorization, JsonNode body) {}

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          posted.add(
              new Posted(
                  String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                  Json.parse(body)));
          exchange.sendResponseHeaders(answer.get(), -1);
          exchange.close();
        });
    server.start();
    Gateway gateway =
        Gateway.of("http://127.0.0.1:" + server.getAddress().getPort() + "/send", "secret");
    house = new House(directory, null, new Gateways(gateway, gateway));
  }

  @AfterEach
  void close() throws IOException {
    house.close();
    server.stop(0);
  }

  @Test
  void aPushReachesTheGatewayWithAllThatItNeeds() {
    String endpoint = endpoint("t1");
    String id =
        call(
                "Publish",
                "{'TargetArn':'"
                    + endpoint
                    + "','Message':'{\\\"default\\\":\\\"all\\\",\\\"ADM\\\":\\\"yours\\\"}',"
                    + "'MessageStructure':'json','Subject':'S'}")
            .path("MessageId")
            .asText();

    Posted push = next();

    assertThat(push.authorization).isEqualTo("Bearer secret");
    assertThat(push.body)
        .isEqualTo(
            Json.parse(
                json(
                    "{'messageId':'"
                        + id
                        + "','message':'yours','subject':'S','endpointArn':'"
                        + endpoint
                        + "','platform':'ADM','application':'shop','token':'t1',"
                        + "'payloadIsForPlatform':true,'attributes':{},'credentials':"
                        + "{'PlatformCredential':'c','PlatformPrincipal':'p'}}")));
  }

  @Test
  void subscribersGetPushesAndTextMessages() {
    String endpoint = endpoint("t1");
    call("CreateTopic", "{'Name':'orders'}");
    subscribe("application", endpoint);
    subscribe("sms", "+1-555-123-4567");
    call("SetSMSAttributes", "{'attributes':{'DefaultSenderID':'Shop'}}");
    call("Publish", "{'TopicArn':'" + TOPIC + "','Message':'hello'}");

    List<JsonNode> both = List.of(next().body, next().body);

    assertThat(both)
        .anySatisfy(push -> assertThat(push.path("token").asText()).isEqualTo("t1"))
        .anySatisfy(text -> {
          assertThat(text.path("phoneNumber").asText()).isEqualTo(NUMBER);
          assertThat(text.path("senderId").asText()).isEqualTo("Shop");
          assertThat(text.path("type").asText()).isEqualTo("Promotional");
        })
        .allSatisfy(each -> {
          assertThat(each.path("message").asText()).isEqualTo("hello");
          assertThat(each.path("topicArn").asText()).isEqualTo(TOPIC);
        });
  }

  @Test
  void whatTheGatewayCallsGoneGetsNoMore() {
    answer.set(410);
    String endpoint = endpoint("t1");
    call("Publish", "{'TargetArn':'" + endpoint + "','Message':'m'}");
    call("Publish", "{'PhoneNumber':'" + NUMBER + "','Message':'m'}");

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> assertThat(parked()).containsExactlyInAnyOrder("EndpointDisabled", "OptedOut"));

    assertThat(endpointAttributes(endpoint).path("Enabled").asText()).isEqualTo("false");
    assertRefused(
        "Publish", "{'TargetArn':'" + endpoint + "','Message':'m'}", "Endpoint is disabled");
    assertThat(call("ListPhoneNumbersOptedOut", "{}").path("phoneNumbers").path(0).asText())
        .isEqualTo(NUMBER);
    assertThat(isOptedOut()).isTrue();
    call("OptInPhoneNumber", "{'phoneNumber':'" + NUMBER + "'}");
    assertThat(isOptedOut()).isFalse();
  }

  private boolean isOptedOut() {
    return call("CheckIfPhoneNumberIsOptedOut", "{'phoneNumber':'" + NUMBER + "'}")
        .path("isOptedOut")
        .asBoolean();
  }

  @Test
  void withoutAGatewayMessagesWaitParked() throws IOException {
    try (House without = new House(directory.resolve("without"))) {
      without.call(
          "sns", "Publish", json("{'PhoneNumber':'" + NUMBER + "','Message':'keep this'}"));

      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> {
            JsonNode parked = without.callOwn("parked", "List", "{}").path("Deliveries").path(0);
            assertThat(parked.path("Error").asText()).isEqualTo("NoTextGateway");
            assertThat(parked.path("Message").asText())
                .isEqualTo("the runtime was started without --sms");
            assertThat(parked.path("Target").asText()).isEqualTo(NUMBER);
          });
    }
  }

  @Test
  void aGatewayThatFailsIsTriedAgainAndOneThatRefusesIsNot() {
    answer.set(422);
    call("Publish", "{'PhoneNumber':'" + NUMBER + "','Message':'m'}");
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(parked()).containsExactly("HttpStatus422"));
    posted.clear();
    answer.set(200);

    String delivery =
        house.callOwn("parked", "List", "{}").path("Deliveries").path(0).path("Delivery").asText();
    house.callOwn("parked", "Redrive", json("{'Delivery':'" + delivery + "'}"));

    assertThat(next().body.path("message").asText()).isEqualTo("m");
  }

  @Test
  void anApplicationShowsNoSecretAndIsMadeOnce() {
    endpoint("t1");

    JsonNode attributes =
        call("GetPlatformApplicationAttributes", "{'PlatformApplicationArn':'" + APP + "'}")
            .path("Attributes");

    assertThat(attributes).isEqualTo(Json.parse("{\"Enabled\":\"true\"}"));
    assertThat(createApp("c").path("PlatformApplicationArn").asText()).isEqualTo(APP);
    assertThatThrownBy(() -> createApp("another"))
        .hasMessageContaining("An application with the same name already exists");
    call(
        "SetPlatformApplicationAttributes",
        "{'PlatformApplicationArn':'" + APP + "','Attributes':{'Enabled':'FALSE'}}");
    assertThat(
            call("ListPlatformApplications", "{}")
                .at("/PlatformApplications/0/Attributes/Enabled")
                .asText())
        .isEqualTo("false");
    call("DeletePlatformApplication", "{'PlatformApplicationArn':'" + APP + "'}");
    call("DeletePlatformApplication", "{'PlatformApplicationArn':'" + APP + "'}");
    assertThat(call("ListPlatformApplications", "{}").path("PlatformApplications")).isEmpty();
  }

  @Test
  void whatBecomesOfEndpointsIsPublished() {
    createApp("c");
    call("CreateTopic", "{'Name':'orders'}");
    subscribe("sms", NUMBER);
    call(
        "SetPlatformApplicationAttributes",
        "{'PlatformApplicationArn':'"
            + APP
            + "','Attributes':{'EventEndpointCreated':'"
            + TOPIC
            + "'}}");

    String endpoint = createEndpoint("t9");

    JsonNode told = Json.parse(next().body.path("message").asText());
    assertThat(told.path("EventType").asText()).isEqualTo("EndpointCreated");
    assertThat(told.path("EndpointArn").asText()).isEqualTo(endpoint);
    assertThat(told.path("Resource").asText()).isEqualTo(APP);
  }

  @Test
  void endpointsOfOthersAreNotThere() {
    String endpoint = endpoint("t1");

    assertThatThrownBy(() ->
            house.callAs(
                House.OTHER,
                "sns",
                "Publish",
                json("{'TargetArn':'" + endpoint + "','Message':'m'}")))
        .hasMessageContaining("No endpoint found for the target arn specified");
    assertThatThrownBy(() ->
            house.callAs(
                House.OTHER,
                "sns",
                "GetEndpointAttributes",
                json("{'EndpointArn':'" + endpoint + "'}")))
        .hasMessageContaining("Endpoint does not exist");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "CreatePlatformApplication|{'Name':'a','Platform':'AAA','Attributes':{'PlatformPrincipal':'p'}}|AAA"
            + " is not supported",
        "CreatePlatformApplication|{'Name':'a','Platform':'ADM','Attributes':{'PlatformPrincipal':'p'}}|provided"
            + " without PlatformCredential",
        "CreatePlatformApplication|{'Name':'a','Platform':'ADM','Attributes':{'PlatformCredential':'p'}}|provided"
            + " without PlatformPrincipal",
        "CreatePlatformApplication|{'Name':'a"
            + " b','Platform':'GCM','Attributes':{'PlatformCredential':'p'}}|must contain only"
            + " characters",
        "CreatePlatformApplication|{'Name':'a','Platform':'GCM','Attributes':{'PlatformCredential':'p','x':'y'}}|Invalid"
            + " attribute name: x",
        "CreatePlatformApplication|{'Name':'a','Platform':'GCM','Attributes':{'PlatformCredential':'p','EventDeliveryFailure':'y'}}|EventDeliveryFailure"
            + " is not supported here yet",
        "GetPlatformApplicationAttributes|{'PlatformApplicationArn':'none'}|An ARN must have at"
            + " least 6 elements, not 1",
        "SetPlatformApplicationAttributes|{'PlatformApplicationArn':'none'}|An ARN must have at"
            + " least 6 elements, not 1",
        "SetPlatformApplicationAttributes|{'PlatformApplicationArn':'arn:aws:sns:us-east-1:111111111111:app/ADM/none'}|Value"
            + " null at 'attributes' failed to satisfy constraint",
        "SetEndpointAttributes|{'Attributes':{'Enabled':'true'}}|EndpointArn Reason: no value for"
            + " required parameter",
        "Unsubscribe|{}|SubscriptionArn Reason: no value for required parameter",
        "CreatePlatformEndpoint|{'PlatformApplicationArn':'arn:aws:sns:us-east-1:111111111111:app/ADM/none','Token':'t'}|PlatformApplication"
            + " does not exist",
        "Publish|{'PhoneNumber':'15551234567','Message':'m'}|15551234567 is not valid to publish"
            + " to",
        "Publish|{'PhoneNumber':'+15551234567','Message':'m','MessageGroupId':'g'}|MessageGroupId"
            + " parameter that is not valid",
        "Publish|{'PhoneNumber':'+15551234567','Message':''}|Empty message",
        "OptInPhoneNumber|{'phoneNumber':'none'}|PhoneNumber Reason: input incorrectly formatted",
        "SetSMSAttributes|{'attributes':{'x':'y'}}|x is not a valid attribute",
        "SetSMSAttributes|{'attributes':{'DefaultSMSType':'Loud'}}|DefaultSMSType is invalid",
        "SetSMSAttributes|{'attributes':{'DefaultSenderID':'too long a name'}}|DefaultSenderID is"
            + " not a valid attribute",
        "SetSMSAttributes|{'attributes':{'UsageReportS3Bucket':'b'}}|not supported here yet"
      })
  void whatIsWrongIsRefused(String operation, String input, String message) {
    assertRefused(operation, input, message);
  }

  @Test
  void aSubscribedEndpointHasToBeThere() {
    String endpoint = endpoint("t1");
    call("CreateTopic", "{'Name':'orders'}");
    subscribe("application", endpoint);
    call("DeleteEndpoint", "{'EndpointArn':'" + endpoint + "'}");

    assertThat(call("ListSubscriptions", "{}").path("Subscriptions")).hasSize(1);
    assertThatThrownBy(() -> subscribe("application", endpoint))
        .hasMessageContaining("Endpoint Reason: Endpoint does not exist for endpoint arn");
  }

  private String endpoint(String token) {
    createApp("c");
    return createEndpoint(token);
  }

  private String createEndpoint(String token) {
    return call(
            "CreatePlatformEndpoint",
            "{'PlatformApplicationArn':'" + APP + "','Token':'" + token + "'}")
        .path("EndpointArn")
        .asText();
  }

  private JsonNode createApp(String credential) {
    return call(
        "CreatePlatformApplication",
        "{'Name':'shop','Platform':'ADM','Attributes':{'PlatformPrincipal':'p',"
            + "'PlatformCredential':'"
            + credential
            + "'}}");
  }

  private JsonNode endpointAttributes(String endpoint) {
    return call("GetEndpointAttributes", "{'EndpointArn':'" + endpoint + "'}").path("Attributes");
  }

  private void subscribe(String protocol, String endpoint) {
    call(
        "Subscribe",
        "{'TopicArn':'" + TOPIC + "','Protocol':'" + protocol + "','Endpoint':'" + endpoint + "'}");
  }

  private List<String> parked() {
    return house.callOwn("parked", "List", "{}").path("Deliveries").findValuesAsText("Error");
  }

  private Posted next() {
    await().atMost(Duration.ofSeconds(20)).until(() -> !posted.isEmpty());
    return posted.remove();
  }

  private JsonNode call(String operation, String input) {
    return house.call("sns", operation, json(input));
  }

  private void assertRefused(String operation, String input, String message) {
    assertThatThrownBy(() -> call(operation, input))
        .isInstanceOf(ServiceError.class)
        .hasMessageContaining(message);
  }

  private static String json(String input) {
    return input.replace('\'', '"');
  }
}
