package dev.tutti.services;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.delivery.Deliveries;
import dev.tutti.core.delivery.MessageGroups;
import dev.tutti.core.functions.FunctionCatalogue;
import dev.tutti.core.functions.Functions;
import dev.tutti.core.functions.Invocations;
import dev.tutti.core.json.Json;
import dev.tutti.core.logs.GroupCatalogue;
import dev.tutti.core.logs.Groups;
import dev.tutti.core.logs.LogStreams;
import dev.tutti.core.mappings.MappingCatalogue;
import dev.tutti.core.mappings.Mappings;
import dev.tutti.core.messaging.Fifos;
import dev.tutti.core.messaging.Notices;
import dev.tutti.core.messaging.PushApps;
import dev.tutti.core.messaging.PushCatalogue;
import dev.tutti.core.messaging.TextAccounts;
import dev.tutti.core.messaging.TextCatalogue;
import dev.tutti.core.messaging.TopicCatalogue;
import dev.tutti.core.messaging.Topics;
import dev.tutti.core.queues.QueueCatalogue;
import dev.tutti.core.queues.Queues;
import dev.tutti.host.Engine;
import dev.tutti.host.MemoryStore;
import dev.tutti.runner.Runner;
import dev.tutti.runner.RunnerOptions;
import dev.tutti.runner.code.CodeStore;
import dev.tutti.services.gateway.GatewayService;
import dev.tutti.services.gateway.Gateways;
import dev.tutti.services.http.OpenWeb;
import dev.tutti.services.http.Poster;
import dev.tutti.services.lambda.LambdaService;
import dev.tutti.services.logs.FunctionStreams;
import dev.tutti.services.logs.LogsService;
import dev.tutti.services.mail.MailServer;
import dev.tutti.services.mail.Mailer;
import dev.tutti.services.parked.ParkedService;
import dev.tutti.services.secrets.Vault;
import dev.tutti.services.sns.Phones;
import dev.tutti.services.sns.SigningKey;
import dev.tutti.services.sns.SnsService;
import dev.tutti.services.sqs.Arrivals;
import dev.tutti.services.sqs.SqsService;
import dev.tutti.services.sts.StsService;
import dev.tutti.wire.Call;
import dev.tutti.wire.model.Models;
import dev.tutti.wire.model.ServiceModel;
import dev.tutti.wire.protocol.Protocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A whole engine in memory with the services of functions, topics and queues, for tests. */
public final class House implements AutoCloseable {
  public static final String OWNER = "111111111111";
  public static final String OTHER = "222222222222";

  private final Engine engine;
  private final Runner runner;
  private final Operations operations;
  private final SigningKey seal;

  public House(Path directory) throws IOException {
    this(directory, null);
  }

  /**
   * With a server that takes mail.
   *
   * @param mail null where nobody does
   */
  public House(Path directory, @Nullable MailServer mail) throws IOException {
    this(directory, mail, Gateways.NONE);
  }

  /**
   * With gateways that take what goes to phones, too.
   *
   * @param mail null where nobody takes mail
   */
  public House(Path directory, @Nullable MailServer mail, Gateways gateways) throws IOException {
    var functions = new FunctionCatalogue();
    var mappings = new MappingCatalogue();
    var mappingDecider = new Mappings();
    var topics = new TopicCatalogue();
    var apps = new PushCatalogue();
    var appDecider = new PushApps();
    var texts = new TextCatalogue();
    var textDecider = new TextAccounts();
    var vault = Vault.inMemory();
    var deliveries = new Deliveries();
    var door = new AtomicReference<Operations>();
    var functionDecider = new Functions();
    this.seal =
        SigningKey.open(
            Files.createDirectories(directory.resolve("signing")), "http://127.0.0.1:4566");
    var topicDecider = new Topics("http://127.0.0.1:4566", seal);
    var groups = new GroupCatalogue();
    var groupDecider = new Groups();
    var queues = new QueueCatalogue();
    var arrivals = new Arrivals();
    var queueDecider = new Queues();
    this.engine =
        Engine.on(new MemoryStore())
            .decider(functionDecider)
            .decider(new Invocations())
            .decider(mappingDecider)
            .follow(mappingDecider, mappings::on)
            .decider(topicDecider)
            .decider(new Notices(topics, "http://127.0.0.1:4566"))
            .decider(new Fifos(topics, "http://127.0.0.1:4566"))
            .decider(new MessageGroups())
            .decider(deliveries)
            .decider(appDecider)
            .follow(appDecider, apps::on)
            .decider(textDecider)
            .follow(textDecider, texts::on)
            .follow(functionDecider, functions::on)
            .follow(topicDecider, topics::on)
            .decider(queueDecider)
            .follow(queueDecider, queues::on)
            .follow(queueDecider, arrivals::on)
            .decider(groupDecider)
            .follow(groupDecider, groups::on)
            .decider(new LogStreams())
            .performer((id, cause, request) -> door.get().perform(id, cause, request))
            .open();
    this.runner =
        new Runner(RunnerOptions.standard(directory.resolve("run"), "http://127.0.0.1:4566"));
    var lambda =
        new LambdaService(
            functions,
            mappings,
            groups,
            runner,
            new CodeStore(directory.resolve("code")),
            sha256 -> "http://127.0.0.1:4566/code/" + sha256,
            System::currentTimeMillis);
    this.operations =
        new Operations(
            engine,
            List.of(
                lambda,
                new LogsService(
                    groups, () -> new FunctionStreams(runner.logs()), System::currentTimeMillis),
                new SnsService(
                    topics,
                    seal,
                    System::currentTimeMillis,
                    mail != null,
                    new Phones(apps, texts, vault)),
                new GatewayService(
                    gateways, apps, texts, vault, new OpenWeb(), System::currentTimeMillis),
                new ParkedService(deliveries),
                new SqsService(
                    queueDecider,
                    queues,
                    arrivals,
                    "http://127.0.0.1:4566",
                    System::currentTimeMillis),
                new StsService()),
            post ->
                Mailer.isMail(post)
                    ? new Mailer(mail).apply(post)
                    : new Poster(new OpenWeb(), Duration.ofSeconds(5)).apply(post),
            System::currentTimeMillis);
    door.set(operations);
  }

  /** What messages are signed with. */
  public SigningKey seal() {
    return seal;
  }

  /** Calls an operation as the owner. */
  public JsonNode call(String service, String operation, String input) {
    return callAs(OWNER, service, operation, input);
  }

  /**
   * Calls an operation as somebody, and writes its output as its clients would get it.
   *
   * @throws dev.tutti.wire.protocol.UnknownOutput where the model doesn't know what it says
   */
  public JsonNode callAs(String context, String service, String operation, String input) {
    return checked(service, operation, called(context, service, operation, input));
  }

  /** Calls an operation of a service that is no AWS's, and has no model, as the owner. */
  public JsonNode callOwn(String service, String operation, String input) {
    return called(OWNER, service, operation, input);
  }

  private JsonNode called(String context, String service, String operation, String input) {
    return operations.call(
        new Call(
            context,
            "us-east-1",
            service,
            operation,
            Json.parse(input),
            UUID.randomUUID().toString(),
            null));
  }

  /** Calls an operation as a request that doesn't say who asks. */
  public JsonNode callAsNobody(String service, String operation, String input) {
    JsonNode output =
        operations.call(
            new Call(
                "000000000000",
                "us-east-1",
                service,
                operation,
                Json.parse(input),
                UUID.randomUUID().toString(),
                null,
                ""));
    return checked(service, operation, output);
  }

  private static JsonNode checked(String service, String operation, JsonNode output) {
    ServiceModel model = Models.of(service);
    var _ = Protocol.of(model).answer(model.operation(operation).orElseThrow(), output, "request");
    return output;
  }

  @Override
  public void close() throws IOException {
    engine.close();
    runner.close();
  }
}
