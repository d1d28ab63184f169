package dev.tutti.bench.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.bench.client.Aws;
import dev.tutti.bench.client.Endpoint;
import dev.tutti.core.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Reads a queue of numbered events empty, over restarts of the server, and keeps which numbers
 * came.
 */
final class Readers implements AutoCloseable {
  private static final int CONNECTIONS = 12;
  private static final int BATCH = 10;
  private static final long PAUSE_MILLIS = 100;

  private final String queueUrl;
  private final BitSet seen = new BitSet();
  private final List<Thread> threads = new ArrayList<>();
  private volatile Endpoint endpoint;
  private volatile boolean stopping;
  private long received;
  private long brokenOff;

  /** Begins to read. */
  Readers(Endpoint endpoint, String queueUrl) {
    this.endpoint = endpoint;
    this.queueUrl = queueUrl;
    for (int i = 0; i < CONNECTIONS; i++) {
      threads.add(Thread.ofVirtual().start(this::read));
    }
  }

  /** Where the server is from now on. */
  void moved(Endpoint to) {
    endpoint = to;
  }

  /** How many numbers have come. */
  synchronized int distinct() {
    return seen.cardinality();
  }

  /** How many messages have come, repeated ones too. */
  synchronized long received() {
    return received;
  }

  /** How often a connection broke. */
  synchronized long brokenOff() {
    return brokenOff;
  }

  private void read() {
    while (!stopping) {
      try (Aws aws = Aws.open(endpoint, Site.ACCOUNT)) {
        while (!stopping) {
          readOnce(aws);
        }
      } catch (IOException | Aws.Refused gone) {
        synchronized (this) {
          brokenOff++;
        }
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void readOnce(Aws aws) throws IOException {
    ObjectNode receive = Json.object().put("QueueUrl", queueUrl).put("WaitTimeSeconds", 1);
    JsonNode messages =
        aws.sqs("ReceiveMessage", receive.put("MaxNumberOfMessages", BATCH)).path("Messages");
    if (messages.isEmpty()) {
      return;
    }
    ObjectNode delete = Json.object().put("QueueUrl", queueUrl);
    ArrayNode entries = delete.putArray("Entries");
    List<Integer> numbers = new ArrayList<>();
    for (JsonNode message : messages) {
      numbers.add(Json.parse(message.path("Body").asText()).path("detail").path("n").asInt(-1));
      entries
          .addObject()
          .put("Id", Integer.toString(entries.size()))
          .set("ReceiptHandle", message.path("ReceiptHandle"));
    }
    synchronized (this) {
      numbers.forEach(seen::set);
      received += numbers.size();
    }
    var _ = aws.sqs("DeleteMessageBatch", delete);
  }

  /** Stops, and forgets what is under way. */
  @Override
  public void close() {
    stopping = true;
    threads.forEach(Thread::interrupt);
  }
}
