package dev.tutti.services.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.queues.Queue;
import dev.tutti.core.queues.QueueCatalogue;
import dev.tutti.core.queues.QueueCommand;
import dev.tutti.core.queues.QueueInfo;
import dev.tutti.core.queues.Queues;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;
import dev.tutti.services.Service;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/**
 * SQS: queues, their attributes and tags here; messages in {@link Sending} and {@link Receiving},
 * permissions in {@link Permissions}.
 */
public final class SqsService implements Service {
  private static final int PAGE = 1000;
  private static final Set<String> COUNTED =
      Set.of(
          "ApproximateNumberOfMessages",
          "ApproximateNumberOfMessagesDelayed",
          "ApproximateNumberOfMessagesNotVisible");
  private static final Set<String> SILENT =
      Set.of(
          "ContentBasedDeduplication",
          "DeduplicationScope",
          "FifoQueue",
          "FifoThroughputLimit",
          "KmsDataKeyReusePeriodSeconds",
          "KmsMasterKeyId",
          "Policy",
          "RedriveAllowPolicy",
          "RedrivePolicy");

  /**
   * The system attribute that says what led to a message: not one of SQS's, never among {@code
   * All}, and asked for by mappings.
   */
  public static final String CAUSE = "TuttiCause";

  private final Queues queues;
  private final QueueCatalogue catalogue;
  private final Named named;
  private final Attributes attributes;
  private final LongSupplier clock;
  private final Map<String, Operation> operations = new TreeMap<>();

  /**
   * Makes the service.
   *
   * @param catalogue follows the facts of {@code queues}, as does {@code arrivals}
   * @param publicUrl what the queues' addresses begin with, for example {@code
   *     http://127.0.0.1:4566}
   * @param clock epoch milliseconds
   */
  public SqsService(
      Queues queues,
      QueueCatalogue catalogue,
      Arrivals arrivals,
      String publicUrl,
      LongSupplier clock) {
    this.queues = queues;
    this.catalogue = catalogue;
    this.named = new Named(catalogue, publicUrl);
    this.attributes = new Attributes(catalogue);
    this.clock = clock;
    operations.put("CreateQueue", this::create);
    operations.put("GetQueueUrl", this::getUrl);
    operations.put("ListQueues", this::list);
    operations.put("ListDeadLetterSourceQueues", this::listSources);
    operations.put("GetQueueAttributes", this::getAttributes);
    operations.put("SetQueueAttributes", this::setAttributes);
    operations.put("DeleteQueue", exchange -> ask(exchange, new QueueCommand.Delete()));
    operations.put("PurgeQueue", exchange -> ask(exchange, new QueueCommand.Purge()));
    operations.put("TagQueue", this::tag);
    operations.put("UntagQueue", this::untag);
    operations.put("ListQueueTags", this::listTags);
    operations.putAll(new Sending(named).operations());
    operations.putAll(new Receiving(named, arrivals, clock).operations());
    operations.putAll(new Permissions(named).operations());
    operations.putAll(new Moves(catalogue).operations());
  }

  @Override
  public String name() {
    return "sqs";
  }

  @Override
  public Map<String, Operation> operations() {
    return Map.copyOf(operations);
  }

  private JsonNode ask(Exchange exchange, QueueCommand command) {
    return exchange.ask(Named.key(named.queue(exchange)), command);
  }

  private JsonNode create(Exchange exchange) {
    JsonNode input = exchange.input();
    String name = input.path("QueueName").asText();
    JsonNode given = input.path("Attributes");
    boolean fifo = given.path("FifoQueue").asText().equalsIgnoreCase("true");
    checkName(name, fifo);
    String arn = Named.arn(exchange.region(), exchange.context(), name);
    exchange.ask(
        new Key(Queues.KIND, arn),
        new QueueCommand.Create(attributes.read(given, arn, null), texts(input.path("tags"))));
    return Json.object().put("QueueUrl", named.url(exchange.context(), name));
  }

  private static void checkName(String name, boolean fifo) {
    String stem = name.endsWith(".fifo") ? name.substring(0, name.length() - 5) : name;
    if (name.endsWith(".fifo") != fifo || !stem.matches("[A-Za-z0-9_-]+") || name.length() > 80) {
      throw Errors.invalid(
          fifo
              ? "The name of a FIFO queue can only include alphanumeric characters, hyphens, or"
                  + " underscores, must end with .fifo suffix and be 1 to 80 in length."
              : "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in"
                  + " length");
    }
  }

  private JsonNode getUrl(Exchange exchange) {
    JsonNode input = exchange.input();
    String owner = input.path("QueueOwnerAWSAccountId").asText(exchange.context());
    QueueInfo queue =
        catalogue.queue(Named.arn(exchange.region(), owner, input.path("QueueName").asText()));
    if (queue == null
        || (!owner.equals(exchange.context())
            && !QueuePolicy.allows(queue, "GetQueueUrl", exchange.context()))) {
      throw Errors.noQueue();
    }
    return Json.object().put("QueueUrl", named.url(queue));
  }

  private JsonNode list(Exchange exchange) {
    JsonNode input = exchange.input();
    int limit = limit(input);
    List<QueueInfo> found =
        catalogue.queues(
            exchange.context(),
            exchange.region(),
            input.path("QueueNamePrefix").asText(),
            after(input),
            limit + 1);
    return page(found, limit, input.has("MaxResults"), "QueueUrls", QueueInfo::name);
  }

  private JsonNode listSources(Exchange exchange) {
    JsonNode input = exchange.input();
    QueueInfo queue = named.queue(exchange);
    int limit = limit(input);
    return page(
        catalogue.sources(queue.arn(), after(input), limit + 1),
        limit,
        input.has("MaxResults"),
        "queueUrls",
        QueueInfo::arn);
  }

  private ObjectNode page(
      List<QueueInfo> found,
      int limit,
      boolean paged,
      String member,
      java.util.function.Function<QueueInfo, String> key) {
    ObjectNode answer = Json.object();
    if (!found.isEmpty()) {
      ArrayNode urls = answer.putArray(member);
      found.stream().limit(limit).forEach(queue -> urls.add(named.url(queue)));
    }
    if (paged && found.size() > limit) {
      String last = key.apply(found.get(limit - 1));
      answer.put(
          "NextToken",
          Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(last.getBytes(StandardCharsets.UTF_8)));
    }
    return answer;
  }

  private static int limit(JsonNode input) {
    int limit = input.path("MaxResults").asInt(PAGE);
    if (limit < 1 || limit > PAGE) {
      throw Errors.invalid(
          "MaxResults",
          Integer.toString(limit),
          "MaxResults must be an integer between 1 and 1000");
    }
    return limit;
  }

  private static String after(JsonNode input) {
    try {
      return new String(
          Base64.getUrlDecoder().decode(input.path("NextToken").asText()), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Errors.invalid("Invalid or expired next token.");
    }
  }

  private JsonNode getAttributes(Exchange exchange) {
    QueueInfo queue = named.queue(exchange);
    Set<String> asked = new TreeSet<>();
    exchange.input().path("AttributeNames").forEach(name -> asked.add(name.asText()));
    SortedMap<String, String> all = queue.settings().all();
    all.put("QueueArn", queue.arn());
    all.put("CreatedTimestamp", Long.toString(queue.createdMillis() / 1000));
    all.put("LastModifiedTimestamp", Long.toString(queue.modifiedMillis() / 1000));
    if (!asked.remove("All")) {
      for (String name : asked) {
        if (!all.containsKey(name) && !COUNTED.contains(name) && !SILENT.contains(name)) {
          throw Errors.unknownAttribute(name);
        }
      }
      all.keySet().retainAll(asked);
    } else {
      asked.addAll(COUNTED);
    }
    if (asked.stream().anyMatch(COUNTED::contains)) {
      count(exchange, queue, asked, all);
    }
    ObjectNode answer = Json.object();
    if (!all.isEmpty()) {
      all.forEach(answer.putObject("Attributes")::put);
    }
    return answer;
  }

  private void count(
      Exchange exchange, QueueInfo queue, Set<String> asked, Map<String, String> into) {
    long now = clock.getAsLong();
    Queue.Counts counts =
        exchange.reader().read(Named.key(queue), queues, state -> state.counts(now));
    Map<String, String> counted =
        Map.of(
            "ApproximateNumberOfMessages", Integer.toString(counts.visible()),
            "ApproximateNumberOfMessagesDelayed", Integer.toString(counts.delayed()),
            "ApproximateNumberOfMessagesNotVisible", Integer.toString(counts.received()));
    counted.forEach((name, value) -> {
      if (asked.contains(name)) {
        into.put(name, value);
      }
    });
  }

  private JsonNode setAttributes(Exchange exchange) {
    QueueInfo queue = named.queue(exchange);
    JsonNode given = exchange.input().path("Attributes");
    if (given.isEmpty()) {
      throw Errors.missing("Attribute.Name");
    }
    return exchange.ask(
        Named.key(queue),
        new QueueCommand.SetAttributes(attributes.read(given, queue.arn(), queue)));
  }

  private JsonNode tag(Exchange exchange) {
    return ask(exchange, new QueueCommand.Tag(texts(exchange.input().path("Tags"))));
  }

  private JsonNode untag(Exchange exchange) {
    List<String> keys = new ArrayList<>();
    exchange.input().path("TagKeys").forEach(key -> keys.add(key.asText()));
    return ask(exchange, new QueueCommand.Untag(keys));
  }

  private JsonNode listTags(Exchange exchange) {
    SortedMap<String, String> tags = named.queue(exchange).tags();
    ObjectNode answer = Json.object();
    if (!tags.isEmpty()) {
      tags.forEach(answer.putObject("Tags")::put);
    }
    return answer;
  }

  private static Map<String, String> texts(JsonNode members) {
    Map<String, String> texts = new LinkedHashMap<>();
    members.properties().forEach(each -> texts.put(each.getKey(), each.getValue().asText()));
    return texts;
  }
}
