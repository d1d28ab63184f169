package dev.tutti.wire.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import dev.tutti.wire.Call;
import dev.tutti.wire.Door;
import dev.tutti.wire.auth.Accounts;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;

/** A server with a door that keeps its calls and answers what a test says. */
final class Rig implements AutoCloseable, Door {
  static final String ACCOUNT = "123456789012";
  static final String FALLBACK = "000000000000";

  final List<Call> calls = new CopyOnWriteArrayList<>();
  final Server server;
  private volatile Function<Call, JsonNode> answer = call -> Json.object();

  Rig() throws IOException {
    this(settings -> settings);
  }

  Rig(UnaryOperator<Server.Settings> settings) throws IOException {
    Served served = (service, operation) -> !operation.equals("StopExecution");
    server =
        Server.start(
            settings.apply(
                Server.Settings.of("127.0.0.1", 0, served, Accounts.of(Map.of(), FALLBACK))),
            this);
  }

  @Override
  public JsonNode call(Call call) {
    calls.add(call);
    return answer.apply(call);
  }

  /** Answers JSON text, with single quotes for double ones. */
  Rig answers(String json) {
    return answers(call -> Json.parse(json.replace('\'', '"')));
  }

  Rig answers(Function<Call, JsonNode> by) {
    answer = by;
    return this;
  }

  Call call() {
    return calls.getLast();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.address().getPort());
  }

  /** An unmodified client of the SDK; its access key is {@link #ACCOUNT}. */
  <B extends AwsClientBuilder<B, C>, C> C client(AwsClientBuilder<B, C> builder) {
    return builder
        .endpointOverride(uri())
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCOUNT, "secret")))
        .overrideConfiguration(
            ClientOverrideConfiguration.builder()
                .retryStrategy(DefaultRetryStrategy.doNotRetry())
                .build())
        .build();
  }

  @Override
  public void close() {
    server.close();
  }
}
