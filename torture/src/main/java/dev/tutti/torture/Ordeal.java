package dev.tutti.torture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.store.rocksdb.RocksStore;
import dev.tutti.torture.check.Answers;
import dev.tutti.torture.check.Checker;
import dev.tutti.torture.check.Dump;
import dev.tutti.torture.check.Evidence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * One data directory and its runtimes, one after the other, from an empty folder to the last check.
 *
 * <p>In order: deployed; then cycle after cycle a runtime is started, put under load and struck,
 * and what was acknowledged is looked for in the data; at the end a runtime finishes what is under
 * way, and everything is judged.
 */
final class Ordeal implements AutoCloseable {
  private static final int MOST_RESTS = 6;
  private static final Duration REST = Duration.ofSeconds(60);

  /** Tables and idle connections come and go; what is lost with each request would be far more. */
  private static final int MORE_DESCRIPTORS = 100;

  /** Its port, its connection, its log, and its output's and input's pipes. */
  private static final int DESCRIPTORS_A_PROCESS = 7;

  private final List<String> command;
  private final Path folder;
  private final Path data;
  private final int port = Victim.freePort();
  private final JsonLines acks;
  private final JsonLines receipts;
  private final Sink sink;
  private final Load load;
  private final Dump dump = new Dump();
  private final Workers workers;
  private int lives;

  /** How many the first runtime had open with everything deployed. */
  private int descriptors;

  /** An ordeal in a folder that is there and empty; the data directory may be elsewhere. */
  Ordeal(List<String> command, Path folder, Path data, Load.Mix mix, long seed) {
    this.command = command;
    this.folder = folder;
    this.data = data;
    this.acks = new JsonLines(folder.resolve("acks.jsonl"));
    this.receipts = new JsonLines(folder.resolve("receipts.jsonl"));
    this.workers = new Workers(acks, port);
    this.sink = new Sink(receipts, workers::use);
    this.load = new Load(acks, port, mix, seed);
  }

  Path data() {
    return data;
  }

  Load load() {
    return load;
  }

  /** A file that says that a fault came; none is there yet. */
  Path fired() {
    try {
      Path fired = folder.resolve("fired");
      Files.deleteIfExists(fired);
      return fired;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What was acknowledged so far counts no more. */
  void forgetAcks() {
    try {
      Files.write(folder.resolve("acks.jsonl"), new byte[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads some of what was acknowledged from a runtime that runs. */
  void readBack() {
    try (Caller caller = new Caller(port)) {
      List<JsonNode> starts = Evidence.read(folder).acks("start");
      for (JsonNode ack : starts.subList(Math.max(0, starts.size() - 10), starts.size())) {
        String arn = ack.path("answer").path("executionArn").asText();
        JsonNode found =
            caller.must(
                Stage.NORTH,
                Caller.Service.STATES,
                "DescribeExecution",
                Json.object().put("executionArn", arn));
        if (!found.path("input").equals(ack.path("input"))) {
          throw new Violation("I1: " + arn + " is described with another input");
        }
      }
    }
  }

  long entries() {
    return dump.entries();
  }

  int lives() {
    return lives;
  }

  /** Starts a runtime and doesn't wait. */
  Victim start(Map<String, String> environment, String... arguments) {
    lives++;
    return Victim.start(
        command, List.of(arguments), data, port, environment, folder.resolve("runtime.log"));
  }

  /** Deploys, and ends that runtime in good order. */
  void setUp() throws InterruptedException {
    Path stage = folder.resolve("stage");
    Stage.write(stage, sink.url(""));
    try (Victim victim = start(Map.of(), stage.toString());
        Caller caller = new Caller(port)) {
      if (!victim.awaitReady()) {
        throw new Violation("the runtime doesn't start; see " + folder.resolve("runtime.log"));
      }
      Stage.awaitDeployed(sink);
      Stage.complete(caller);
      descriptors = victim.descriptors();
      victim.stop();
    }
    promises("after the set-up");
  }

  /** What was acknowledged so far is in the data, and the log is whole. */
  void promises(String when) {
    try (RocksStore store = RocksStore.openReadOnly(data.resolve("store"))) {
      Violation.throwIfAny(when, dump.read(store));
    }
    Violation.throwIfAny(when, new Checker(evidence(), dump.data()).promises());
  }

  private Evidence evidence() {
    synchronized (workers) {
      return Evidence.read(folder);
    }
  }

  /** Descriptors are those of the set-up, of more data and connections, and of warm functions. */
  private void descriptors(Victim victim) {
    int processes = victim.processes();
    int open = victim.descriptors();
    if (open > descriptors + MORE_DESCRIPTORS + processes * DESCRIPTORS_A_PROCESS) {
      throw new Violation(
          "I28: %d descriptors are open at rest with %d processes, and were %d"
              .formatted(open, processes, descriptors));
    }
  }

  /** Lets a runtime finish everything, and judges what is there. */
  void rest() throws InterruptedException {
    Answers answers = new Answers();
    for (int attempt = 1; attempt <= MOST_RESTS; attempt++) {
      try (Victim victim = start(Map.of());
          Caller caller = new Caller(port)) {
        if (!victim.awaitReady()) {
          throw new Violation("I25: the runtime doesn't start any more");
        }
        awaitRest(caller);
        drain(caller);
        answers = answers(caller);
        descriptors(victim);
        victim.stop();
        if (victim.exitValue() != 143 && victim.exitValue() != 0) {
          throw new Violation("I28: the runtime ended with " + victim.exitValue());
        }
      }
      promises("after the faults stopped");
      if (dump.unsettled().isEmpty()) {
        break;
      }
    }
    Violation.throwIfAny("at the end", new Checker(evidence(), dump.data()).whole(lives));
    Violation.throwIfAny("at the end", answers.compare(dump.data()));
    Violation.throwIfAny("at the end", Leftovers.find(data, Caller.SECRET));
  }

  /** What a runtime says of all executions that were started by clients. */
  private Answers answers(Caller caller) {
    Answers answers = new Answers();
    Set<String> arns = new TreeSet<>();
    for (JsonNode ack : evidence().acks("start")) {
      arns.add(ack.path("answer").path("executionArn").asText());
    }
    for (String arn : arns) {
      ObjectNode ask = Json.object().put("executionArn", arn);
      answers.described(
          arn, caller.must(Stage.NORTH, Caller.Service.STATES, "DescribeExecution", ask));
    }
    return answers;
  }

  private void awaitRest(Caller caller) throws InterruptedException {
    long deadline = System.nanoTime() + REST.toNanos();
    long before = -1;
    while (sink.received() != before || isBusy(caller)) {
      before = sink.received();
      if (System.nanoTime() > deadline) {
        return;
      }
      Thread.sleep(700);
    }
  }

  private static boolean isBusy(Caller caller) {
    ObjectNode ask = Json.object();
    ask.put("stateMachineArn", Stage.MACHINE).put("statusFilter", "RUNNING").put("maxResults", 1);
    return !caller
        .must(Stage.NORTH, Caller.Service.STATES, "ListExecutions", ask)
        .path("executions")
        .isEmpty();
  }

  /** Receives and removes every message of the queue. */
  private void drain(Caller caller) {
    caller.drain(
        Stage.NORTH,
        Stage.queueUrl(port),
        message -> {
          ObjectNode line = Json.object().put("op", "received");
          line.putObject("body")
              .put("group", message.path("Attributes").path("MessageGroupId").asText())
              .put("n", Long.parseLong(message.path("Body").asText()))
              .put("id", message.path("MessageId").asText());
          receipts.add(line);
        });
  }

  @Override
  public void close() {
    workers.close();
    sink.close();
    acks.close();
    receipts.close();
  }
}
