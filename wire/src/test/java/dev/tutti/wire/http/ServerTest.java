package dev.tutti.wire.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.core.json.Json;
import dev.tutti.wire.Call;
import dev.tutti.wire.TraceHeader;
import dev.tutti.wire.auth.Accounts;
import dev.tutti.wire.message.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ServerTest {
  private static final String START = "{\"stateMachineArn\":\"m\"}";

  private final HttpClient http = HttpClient.newHttpClient();
  private Rig rig;

  @BeforeEach
  void start() throws IOException {
    Route health = new Route("GET", "/health", request -> Response.text(200, "text/plain", "ok"));
    rig = new Rig(settings -> settings.withRoutes(List.of(health)).withMaxBodyBytes(10_000));
    rig.answers("{'executionArn':'x','startDate':1}");
  }

  @AfterEach
  void stop() {
    rig.close();
    http.close();
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(rig.uri() + path));
  }

  private HttpRequest.Builder states(String operation, String body) {
    return to("/")
        .header("X-Amz-Target", "AWSStepFunctions." + operation)
        .header("Content-Type", "application/x-amz-json-1.0")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void answersPlainRoutesWithoutCredentials() throws Exception {
    assertThat(send(to("/health")).body()).isEqualTo("ok");
    assertThat(send(to("/health/deep?x=1")).statusCode()).isEqualTo(200);
    assertThat(send(to("/healthy")).statusCode()).isEqualTo(404);
  }

  @Test
  void unsignedCallersAreTheFallback() throws Exception {
    var answer = send(states("StartExecution", START));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("x-amzn-requestid")).hasValue(rig.call().id());
    assertThat(rig.call().context()).isEqualTo(Rig.FALLBACK);
    assertThat(rig.call().region()).isEqualTo("us-east-1");
  }

  @Test
  void speaksHttp2WithoutTls() throws Exception {
    var answer =
        http.send(
            states("StartExecution", START).version(HttpClient.Version.HTTP_2).build(),
            HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(rig.calls).hasSize(1);
  }

  @Test
  void handsOnTheTrace() throws Exception {
    send(
        states("StartExecution", START)
            .header(
                "X-Amzn-Trace-Id",
                "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1"));

    TraceHeader trace = Objects.requireNonNull(rig.call().trace());
    assertThat(trace.root()).isEqualTo("1-5759e988-bd862e3fe1be46a994272793");
    assertThat(trace.parent()).isEqualTo("53995c3f42cd8ad8");
  }

  @Test
  void unpacksGzip() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(START.getBytes(StandardCharsets.UTF_8));
    }

    var answer =
        send(
            states("StartExecution", "")
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(packed.toByteArray())));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(rig.call().input().path("stateMachineArn").textValue()).isEqualTo("m");
  }

  @Test
  void refusesWhatIsTooLargePackedOrUnpacked() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(new byte[1_000_000]);
    }

    var plain = send(states("StartExecution", "x".repeat(10_001)));
    var unpacked =
        send(
            states("StartExecution", "")
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(packed.toByteArray())));

    assertThat(plain.statusCode()).isEqualTo(413);
    assertThat(unpacked.statusCode()).isEqualTo(413);
    assertThat(plain.body()).contains("RequestEntityTooLarge").contains("10000 bytes");
    assertThat(rig.calls).isEmpty();
  }

  @Test
  void wrongTypesAreToldApart() throws Exception {
    assertThat(send(states("StartExecution", "{\"stateMachineArn\":1}")).body())
        .contains("SerializationException")
        .contains("NUMBER_VALUE can not be converted to a String");
    assertThat(send(states("StartExecution", "{")).body()).contains("SerializationException");
    assertThat(send(states("StartExecution", "[]")).body())
        .contains("Start of list found where not expected");
    assertThat(send(states("ListExecutions", "{\"maxResults\":\"1\"}")).body())
        .contains("STRING_VALUE can not be converted to an Integer");
  }

  @Test
  void unknownMembersAreIgnored() throws Exception {
    var answer = send(states("StartExecution", "{\"stateMachineArn\":\"m\",\"new\":{}}"));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(rig.call().input()).isEqualTo(Json.parse(START));
  }

  @Test
  void whatIsNotThereIsRefusedInTheFormOfItsProtocol() throws Exception {
    var operation = send(states("Dance", "{}"));
    assertThat(operation.statusCode()).isEqualTo(400);
    assertThat(operation.body()).contains("UnknownOperationException").contains("Dance");

    var service =
        send(
            to("/")
                .header("X-Amz-Target", "Ballroom_2012.Dance")
                .POST(HttpRequest.BodyPublishers.ofString("{}")));
    assertThat(service.statusCode()).isEqualTo(400);
    assertThat(service.body())
        .contains("UnknownOperationException")
        .contains("Ballroom_2012.Dance");

    var query = send(to("/?Action=Dance&Version=2010-03-31"));
    assertThat(query.statusCode()).isEqualTo(400);
    assertThat(query.body())
        .contains("<Code>InvalidAction</Code>")
        .contains("Could not find operation Dance for version 2010-03-31");

    var rest = send(to("/2015-03-31/ballrooms"));
    assertThat(rest.statusCode()).isEqualTo(404);
    assertThat(rest.body()).contains("/2015-03-31/ballrooms");
    assertThat(rest.headers().firstValue("x-amzn-errortype")).hasValue("UnknownOperationException");
    assertThat(rig.calls).isEmpty();
  }

  @Test
  void anUnsignedLinkIsFoundByItsActionAlone() throws Exception {
    rig.answers("{'SubscriptionArn':'arn:aws:sns:us-east-1:123456789012:news:1'}");

    var confirmed =
        send(
            to(
                "/?Action=ConfirmSubscription&TopicArn=arn%3Aaws%3Asns%3Aus-east-1%3A123456789012%3Anews"
                    + "&Token=abc"));

    assertThat(confirmed.statusCode()).isEqualTo(200);
    assertThat(rig.call().operation()).isEqualTo("ConfirmSubscription");
    assertThat(rig.call().context()).isEqualTo(Rig.FALLBACK);
  }

  @Test
  void aPathOfTwoPartsIsTheQueueWhereNoOtherIsNamed() throws Exception {
    send(to("/123456789012/orders?Action=SendMessage&MessageBody=hi"));
    assertThat(rig.call().operation()).isEqualTo("SendMessage");
    assertThat(rig.call().input())
        .isEqualTo(Json.parse("{\"QueueUrl\":\"/123456789012/orders\",\"MessageBody\":\"hi\"}"));

    send(
        to("/123456789012/orders/")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString("Action=PurgeQueue")));
    assertThat(rig.call().input())
        .isEqualTo(Json.parse("{\"QueueUrl\":\"/123456789012/orders/\"}"));

    send(to("/123456789012/orders?Action=PurgeQueue&QueueUrl=http%3A%2F%2Fhost%2F1%2Fq"));
    assertThat(rig.call().input()).isEqualTo(Json.parse("{\"QueueUrl\":\"http://host/1/q\"}"));

    var nowhere = send(to("/orders?Action=PurgeQueue"));
    assertThat(nowhere.statusCode()).isEqualTo(400);
    assertThat(rig.calls).hasSize(3);
  }

  @Test
  void pagesOfOthersReachNoOperation() throws Exception {
    var foreign = send(states("StartExecution", START).header("Origin", "https://evil.example"));

    assertThat(foreign.statusCode()).isEqualTo(403);
    assertThat(foreign.body()).contains("https://evil.example");
    assertThat(rig.calls).isEmpty();
    var own = send(states("StartExecution", START).header("Origin", rig.uri().toString()));
    assertThat(own.statusCode()).isEqualTo(200);
  }

  @Test
  void linksOfOthersShowAndDoNothingButWhatAwsSendsLinksFor() throws Exception {
    rig.answers("{'SubscriptionArn':'arn:aws:sns:us-east-1:123456789012:news:1'}");
    List<String> paths =
        List.of(
            "/health",
            "/?Action=CreateTopic&Version=2010-03-31&Name=news",
            "/?Action=ConfirmSubscription&Token=abc"
                + "&TopicArn=arn%3Aaws%3Asns%3Aus-east-1%3A123456789012%3Anews");

    List<Integer> answers = new ArrayList<>();
    for (String path : paths) {
      answers.add(
          send(to(path).header("Sec-Fetch-Site", "cross-site").header("Sec-Fetch-Mode", "navigate"))
              .statusCode());
    }

    assertThat(answers).containsExactly(200, 403, 200);
    assertThat(rig.calls).hasSize(1);
  }

  @Test
  void restPathsNeedNoSignatureToBeFound() throws Exception {
    rig.answers("{'FunctionName':'a b'}");

    send(to("/2015-03-31/functions/a_b/configuration?Qualifier=%24LATEST"));

    assertThat(rig.call().operation()).isEqualTo("GetFunctionConfiguration");
    assertThat(rig.call().input().path("Qualifier").textValue()).isEqualTo("$LATEST");
  }

  @Test
  void failuresTellTheRequestAndNothingElse() throws Exception {
    rig.answers((Call call) -> {
      throw new IllegalStateException("secret detail");
    });

    var answer = send(states("StartExecution", START));

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).contains(rig.call().id()).doesNotContain("secret detail");
  }

  @Test
  void aTakenPortIsSaidInOneSentence() {
    int port = rig.server.address().getPort();
    var settings =
        Server.Settings.of(
            "127.0.0.1", port, (service, operation) -> true, Accounts.of(java.util.Map.of(), null));

    assertThatThrownBy(() -> Server.start(settings, rig))
        .isInstanceOf(IOException.class)
        .hasMessage("The address 127.0.0.1:" + port + " is taken or not ours to use");
  }

  @Test
  void closingWaitsForWhatRuns() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    rig.answers((Call call) -> {
      entered.countDown();
      try {
        release.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return Json.parse("{\"executionArn\":\"x\",\"startDate\":1}");
    });
    var running =
        http.sendAsync(
            states("StartExecution", START).build(), HttpResponse.BodyHandlers.ofString());
    entered.await();

    CompletableFuture<Void> closed = CompletableFuture.runAsync(rig::close);
    release.countDown();

    assertThat(running.get().statusCode()).isEqualTo(200);
    closed.get();
  }
}
