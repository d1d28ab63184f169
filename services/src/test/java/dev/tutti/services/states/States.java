package dev.tutti.services.states;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.logs.GroupCatalogue;
import dev.tutti.core.queues.QueueCatalogue;
import dev.tutti.core.queues.Queues;
import dev.tutti.core.workflow.Audience;
import dev.tutti.host.Engine;
import dev.tutti.host.MemoryStore;
import dev.tutti.host.Store;
import dev.tutti.services.Operation;
import dev.tutti.services.Operations;
import dev.tutti.services.Service;
import dev.tutti.services.objects.NoObjects;
import dev.tutti.services.objects.ObjectStore;
import dev.tutti.services.sqs.Arrivals;
import dev.tutti.services.sqs.SqsService;
import dev.tutti.wire.Call;
import dev.tutti.wire.ServiceError;
import dev.tutti.wire.model.Models;
import dev.tutti.wire.model.ServiceModel;
import dev.tutti.wire.protocol.Protocol;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/** Step Functions over an engine in memory, with queues and one function that does as told. */
final class States implements AutoCloseable {
  static final String ACCOUNT = "111111111111";
  static final String FUNCTION = "arn:aws:lambda:us-east-1:111111111111:function:f";

  private final Engine engine;
  private final Operations operations;
  private final AtomicLong ids = new AtomicLong();

  /**
   * Opens it.
   *
   * @param function from the Invoke input to its output
   */
  States(UnaryOperator<JsonNode> function) {
    this(new MemoryStore(), function);
  }

  /** Opens it on a store that it may have been on before. */
  States(Store store, UnaryOperator<JsonNode> function) {
    this(store, function, new NoObjects());
  }

  /** As the other, with buckets. */
  States(Store store, UnaryOperator<JsonNode> function, ObjectStore objects) {
    var workflow = Workflow.create(System::currentTimeMillis, Audience.NONE);
    var queues = new Queues();
    var queueCatalogue = new QueueCatalogue();
    var arrivals = new Arrivals();
    engine =
        workflow
            .on(Engine.on(store))
            .decider(queues)
            .follow(queues, queueCatalogue::on)
            .follow(queues, arrivals::on)
            .seed(1)
            .build();
    workflow.tasks().restore(engine);
    operations =
        new Operations(
            engine,
            List.of(
                new StatesService(workflow, new GroupCatalogue(), objects),
                new SqsService(
                    queues,
                    queueCatalogue,
                    arrivals,
                    "http://127.0.0.1:4566",
                    System::currentTimeMillis),
                new Functions(function)),
            post -> new Outcome.Failed("http", "NoNetwork", "tests have none", 0),
            System::currentTimeMillis);
    engine.start(operations);
  }

  private record Functions(UnaryOperator<JsonNode> function) implements Service {
    @Override
    public String name() {
      return "lambda";
    }

    @Override
    public Map<String, Operation> operations() {
      return Map.of("Invoke", exchange -> function.apply(exchange.input()));
    }
  }

  JsonNode call(String operation, JsonNode input) {
    return callAs(ACCOUNT, operation, input);
  }

  JsonNode callAs(String account, String operation, JsonNode input) {
    return callAs(account, "states", operation, input);
  }

  /** Calls an operation of the queues' service. */
  JsonNode queue(String operation, String input) {
    return callAs(ACCOUNT, "sqs", operation, Json.parse(input));
  }

  private JsonNode callAs(String account, String service, String operation, JsonNode input) {
    JsonNode output =
        operations.call(
            new Call(
                account,
                "us-east-1",
                service,
                operation,
                input,
                "call-" + ids.incrementAndGet(),
                null));
    ServiceModel model = Models.of(service);
    var _ = Protocol.of(model).answer(model.operation(operation).orElseThrow(), output, "request");
    return output;
  }

  JsonNode call(String operation, String input) {
    return call(operation, Json.parse(input));
  }

  /** The error that a call is answered with, {@code Code: message}. */
  String refused(String operation, String input) {
    try {
      return "answered " + call(operation, input);
    } catch (ServiceError e) {
      return e.code() + ": " + e.getMessage();
    }
  }

  /** Creates a state machine and returns its ARN. */
  String machine(String name, String definition) {
    return call(
            "CreateStateMachine",
            Json.object()
                .put("name", name)
                .put("definition", definition)
                .put("roleArn", "arn:aws:iam::111111111111:role/r"))
        .get("stateMachineArn")
        .asText();
  }

  /** Starts an execution and returns its ARN. */
  String start(String machineArn, String input) {
    return call(
            "StartExecution", Json.object().put("stateMachineArn", machineArn).put("input", input))
        .get("executionArn")
        .asText();
  }

  JsonNode describe(String executionArn) {
    return call("DescribeExecution", Json.object().put("executionArn", executionArn));
  }

  /** Waits until an execution has ended, and describes it. */
  JsonNode ended(String executionArn) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> !describe(executionArn).get("status").asText().equals("RUNNING"));
    return describe(executionArn);
  }

  @Override
  public void close() {
    engine.close();
  }
}
