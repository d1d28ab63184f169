package dev.tutti.services.sources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Cause;
import dev.tutti.core.kernel.Lineage;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Request;
import dev.tutti.core.mappings.Mapping;
import dev.tutti.core.mappings.MappingCatalogue;
import dev.tutti.core.mappings.MappingSettings;
import dev.tutti.core.pattern.Patterns;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;
import dev.tutti.services.sqs.SqsService;
import dev.tutti.wire.ServiceError;
import dev.tutti.wire.TraceHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a queue's messages to a function or through a pipe, for as long as its mapping is as it
 * was when this poller was started: receives a batch, hands it on, deletes what was done. What
 * fails stays in the queue and is seen again when its time of hiding is over, or goes where the
 * queue's redrive policy says.
 *
 * <p>Nothing is kept here: a poller that is cut off is started again by the call that is owed, and
 * messages that it held become visible again by themselves.
 */
public final class QueuePoller implements Operation {
  private static final Logger LOG = LoggerFactory.getLogger(QueuePoller.class);

  /** How many batches of a mapping are under way at a time where it doesn't say. */
  private static final int CONCURRENCY = 5;

  private static final int MOST_RECEIVED = 10;
  private static final int WAIT_SECONDS = 2;

  /** A batch is full with so many bytes: an event may have six megabytes, escaped. */
  private static final int FULL_BYTES = 3_000_000;

  private final MappingCatalogue catalogue;
  private final Batch.Consumer consumer;

  /**
   * @param catalogue follows the mappings
   * @param consumer what is done with batches
   */
  public QueuePoller(MappingCatalogue catalogue, Batch.Consumer consumer) {
    this.catalogue = catalogue;
    this.consumer = consumer;
  }

  @Override
  public JsonNode perform(Exchange exchange) {
    String id = exchange.input().path("UUID").asText();
    long poller = exchange.input().path("Poller").asLong();
    Mapping mapping = catalogue.mapping(id);
    if (mapping == null || mapping.poller() != poller) {
      return Json.object();
    }
    Polling polling = new Polling(exchange, mapping);
    try (ExecutorService batches = Executors.newVirtualThreadPerTaskExecutor()) {
      polling.run(batches);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServiceError("InternalFailure", "The poller was broken off.", 500);
    }
    return Json.object();
  }

  /** One poller at work. */
  private final class Polling {
    private final Exchange exchange;
    private final Mapping mapping;
    private final MappingSettings settings;
    private final List<Patterns.Single> filters;
    private final Semaphore free;

    Polling(Exchange exchange, Mapping mapping) {
      this.exchange = exchange;
      this.mapping = mapping;
      this.settings = mapping.existing();
      this.filters = settings.filters().stream().map(Patterns::single).toList();
      Integer most = settings.maximumConcurrency();
      this.free = new Semaphore(most == null ? CONCURRENCY : most);
    }

    private boolean isWanted() {
      Mapping now = catalogue.mapping(mapping.id());
      return now != null
          && now.poller() == mapping.poller()
          && !Thread.currentThread().isInterrupted();
    }

    void run(ExecutorService batches) throws InterruptedException {
      while (isWanted()) {
        free.acquire();
        boolean handedOver = false;
        try {
          List<JsonNode> batch = gather();
          if (!batch.isEmpty()) {
            batches.execute(() -> process(batch));
            handedOver = true;
          }
        } finally {
          if (!handedOver) {
            free.release();
          }
        }
      }
    }

    /** A batch: what is there, or as much as comes within the window. */
    private List<JsonNode> gather() {
      List<JsonNode> batch = new ArrayList<>(receive(settings.batchSize(), WAIT_SECONDS));
      if (batch.isEmpty()) {
        return batch;
      }
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(settings.windowSeconds());
      long bytes = bytes(batch);
      while (batch.size() < settings.batchSize() && bytes < FULL_BYTES && isWanted()) {
        long left = TimeUnit.NANOSECONDS.toSeconds(end - System.nanoTime());
        if (left <= 0) {
          break;
        }
        List<JsonNode> more =
            receive(settings.batchSize() - batch.size(), (int) Math.min(left, WAIT_SECONDS));
        batch.addAll(more);
        bytes += bytes(more);
      }
      if (!isWanted()) {
        release(batch);
        return List.of();
      }
      return batch;
    }

    private static long bytes(List<JsonNode> messages) {
      return messages.stream().mapToLong(each -> each.path("Body").asText().length()).sum();
    }

    private List<JsonNode> receive(int most, int waitSeconds) {
      ObjectNode input = queue().put("WaitTimeSeconds", waitSeconds);
      input.put("MaxNumberOfMessages", Math.min(most, MOST_RECEIVED));
      input.putArray("AttributeNames").add("All").add(SqsService.CAUSE);
      input.putArray("MessageAttributeNames").add("All");
      return switch (perform("sqs", "ReceiveMessage", input)) {
        case Outcome.Failed failed ->
            throw new ServiceError(failed.error(), failed.message(), failed.status());
        case Outcome.Succeeded succeeded -> {
          List<JsonNode> messages = new ArrayList<>();
          succeeded.output().path("Messages").forEach(messages::add);
          yield messages;
        }
      };
    }

    private void process(List<JsonNode> batch) {
      try {
        Cause cause = cause(batch);
        List<ObjectNode> records = new ArrayList<>();
        List<JsonNode> passed = new ArrayList<>();
        List<JsonNode> done = new ArrayList<>();
        for (JsonNode message : batch) {
          ObjectNode record = QueueRecords.record(message, settings.source());
          if (passes(record)) {
            records.add(record);
            passed.add(message);
          } else {
            done.add(message);
          }
        }
        if (!passed.isEmpty()) {
          done.addAll(
              consumer.consume(
                  new Batch(
                      mapping,
                      records,
                      passed,
                      (service, operation, input) -> perform(service, operation, input, cause))));
        }
        delete(done);
      } catch (RuntimeException e) {
        LOG.error("a batch of {} was left to be seen again", settings.source(), e);
      } finally {
        free.release();
      }
    }

    /** What led to the batch: to the message that has come the longest way, where any has. */
    private Cause cause(List<JsonNode> batch) {
      Cause longest = exchange.cause();
      int most = 0;
      for (JsonNode message : batch) {
        JsonNode text = ((ObjectNode) message.path("Attributes")).remove(SqsService.CAUSE);
        TraceHeader header = text == null ? null : TraceHeader.parse(text.asText()).orElse(null);
        int passes =
            header == null
                ? 0
                : Lineage.of(header.lineage()).passes().values().stream()
                    .mapToInt(Integer::intValue)
                    .sum();
        if (header != null && passes > most) {
          most = passes;
          longest =
              new Cause(
                  header.root(), header.parent(), exchange.cause().origin(), header.lineage());
        }
      }
      return longest;
    }

    private boolean passes(ObjectNode record) {
      if (filters.isEmpty()) {
        return true;
      }
      ObjectNode seen = QueueRecords.filtered(record);
      return filters.stream().anyMatch(filter -> filter.matches(seen));
    }

    private void delete(List<JsonNode> messages) {
      each(messages, "DeleteMessageBatch", Json.object());
    }

    /** Lets others have messages that were received too late. */
    private void release(List<JsonNode> messages) {
      each(messages, "ChangeMessageVisibilityBatch", Json.object().put("VisibilityTimeout", 0));
    }

    private void each(List<JsonNode> messages, String operation, ObjectNode members) {
      for (int from = 0; from < messages.size(); from += MOST_RECEIVED) {
        ObjectNode input = queue();
        ArrayNode entries = input.putArray("Entries");
        int to = Math.min(from + MOST_RECEIVED, messages.size());
        for (int i = from; i < to; i++) {
          ObjectNode entry = entries.addObject().put("Id", Integer.toString(i));
          entry.set("ReceiptHandle", messages.get(i).path("ReceiptHandle"));
          entry.setAll(members);
        }
        if (perform("sqs", operation, input) instanceof Outcome.Failed failed) {
          LOG.warn("{} of {} failed: {}", operation, settings.source(), failed);
        }
      }
    }

    private ObjectNode queue() {
      return Json.object().put("QueueUrl", QueueRecords.url(settings.source()));
    }

    private Outcome perform(String service, String operation, ObjectNode input) {
      return perform(service, operation, input, exchange.cause());
    }

    private Outcome perform(String service, String operation, ObjectNode input, Cause cause) {
      return exchange.performAnew(
          UUID.randomUUID().toString(),
          cause,
          new Request.Operation(settings.context(), settings.region(), service, operation, input));
    }
  }
}
