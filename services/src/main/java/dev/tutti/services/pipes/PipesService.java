package dev.tutti.services.pipes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Request;
import dev.tutti.core.mappings.Mapping;
import dev.tutti.core.mappings.MappingCatalogue;
import dev.tutti.core.mappings.MappingCommand;
import dev.tutti.core.mappings.MappingSettings;
import dev.tutti.core.mappings.Mappings;
import dev.tutti.core.mappings.PipeSettings;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;
import dev.tutti.services.Service;
import dev.tutti.services.sources.QueuePoller;
import dev.tutti.services.sources.QueueRecords;
import dev.tutti.wire.ServiceError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * EventBridge Pipes, as {@code pipes}. A pipe is a mapping whose id is the pipe's ARN: what polls
 * for functions polls for pipes too.
 */
public final class PipesService implements Service {
  private static final int PAGE = 100;
  private static final String NOT_FOUND = "NotFoundException";

  private final MappingCatalogue catalogue;
  private final LongSupplier clock;
  private final Turns turns;

  /**
   * @param catalogue follows the mappings
   * @param clock epoch milliseconds
   * @param turns of API destinations
   */
  public PipesService(MappingCatalogue catalogue, LongSupplier clock, Turns turns) {
    this.catalogue = catalogue;
    this.clock = clock;
    this.turns = turns;
  }

  @Override
  public String name() {
    return "pipes";
  }

  @Override
  public Map<String, Operation> operations() {
    return Map.ofEntries(
        Map.entry("CreatePipe", this::create),
        Map.entry("UpdatePipe", this::update),
        Map.entry("DeletePipe", this::delete),
        Map.entry("DescribePipe", this::describe),
        Map.entry("ListPipes", this::list),
        Map.entry("StartPipe", exchange -> enable(exchange, true)),
        Map.entry("StopPipe", exchange -> enable(exchange, false)),
        Map.entry("TagResource", this::tag),
        Map.entry("UntagResource", this::untag),
        Map.entry("ListTagsForResource", this::tags),
        Map.entry(Mappings.POLL_PIPE, new QueuePoller(catalogue, new PipeRun(clock, turns))));
  }

  private static String arn(Exchange exchange) {
    return "arn:aws:pipes:%s:%s:pipe/%s"
        .formatted(exchange.region(), exchange.context(), exchange.input().path("Name").asText());
  }

  private static Key key(String arn) {
    return new Key(Mappings.KIND, arn);
  }

  private JsonNode create(Exchange exchange) {
    MappingSettings settings = new PipeInput(exchange).initial();
    checkQueue(exchange, settings.source());
    Map<String, String> tags = new LinkedHashMap<>();
    exchange
        .input()
        .path("Tags")
        .properties()
        .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
    String arn = arn(exchange);
    exchange.ask(key(arn), new MappingCommand.Create(settings, tags));
    return told(named(arn), "CREATING");
  }

  /** The queue has to be there, and be the caller's. */
  private static void checkQueue(Exchange exchange, String source) {
    ObjectNode input = Json.object().put("QueueUrl", QueueRecords.url(source));
    input.putArray("AttributeNames").add("QueueArn");
    Outcome outcome =
        exchange.perform(
            "queue",
            new Request.Operation(
                exchange.context(), exchange.region(), "sqs", "GetQueueAttributes", input));
    if (outcome instanceof Outcome.Failed failed) {
      throw PipeInput.invalid("The source " + source + " can't be read: " + failed.message());
    }
  }

  private JsonNode update(Exchange exchange) {
    Mapping before = existing(exchange);
    MappingSettings settings = new PipeInput(exchange).over(before.existing());
    exchange.ask(key(before.id()), new MappingCommand.Update(settings));
    return told(named(before.id()), "UPDATING");
  }

  private JsonNode delete(Exchange exchange) {
    Mapping there = existing(exchange);
    exchange.ask(key(there.id()), new MappingCommand.Delete());
    return told(there, "DELETING").put("DesiredState", "DELETED");
  }

  private JsonNode enable(Exchange exchange, boolean enabled) {
    Mapping there = existing(exchange);
    MappingSettings settings = there.existing();
    if (settings.enabled() != enabled) {
      exchange.ask(key(there.id()), new MappingCommand.Update(settings.enabled(enabled)));
    }
    return told(named(there.id()), enabled ? "STARTING" : "STOPPING");
  }

  private Mapping existing(Exchange exchange) {
    return named(arn(exchange));
  }

  private Mapping named(String arn) {
    Mapping mapping = catalogue.mapping(arn);
    if (mapping == null || mapping.existing().pipe() == null) {
      throw new ServiceError(
          NOT_FOUND, "Pipe " + arn.substring(arn.indexOf('/') + 1) + " does not exist.", 404);
    }
    return mapping;
  }

  private static PipeSettings pipe(Mapping mapping) {
    PipeSettings pipe = mapping.existing().pipe();
    if (pipe == null) {
      throw new IllegalStateException(mapping.id() + " is no pipe");
    }
    return pipe;
  }

  private static ObjectNode told(Mapping mapping, String state) {
    return Json.object()
        .put("Arn", mapping.id())
        .put("Name", pipe(mapping).name())
        .put("DesiredState", mapping.existing().enabled() ? "RUNNING" : "STOPPED")
        .put("CurrentState", state)
        .put("CreationTime", mapping.createdMillis() / 1000.0)
        .put("LastModifiedTime", mapping.modifiedMillis() / 1000.0);
  }

  private static String state(Mapping mapping) {
    return mapping.existing().enabled() ? "RUNNING" : "STOPPED";
  }

  /** As lists have it. */
  private static ObjectNode listed(Mapping mapping) {
    ObjectNode listed = told(mapping, state(mapping));
    listed.put("Source", mapping.existing().source()).put("Target", mapping.existing().function());
    put(listed, "Enrichment", pipe(mapping).enrichment());
    if (mapping.problem() != null) {
      listed.put("StateReason", mapping.problem());
    }
    return listed;
  }

  private static void put(ObjectNode into, String member, @Nullable String text) {
    if (text != null) {
      into.put(member, text);
    }
  }

  private JsonNode describe(Exchange exchange) {
    Mapping mapping = existing(exchange);
    PipeSettings pipe = pipe(mapping);
    ObjectNode output = listed(mapping).put("RoleArn", pipe.roleArn());
    put(output, "Description", pipe.description());
    output.set("SourceParameters", PipeInput.sourceParameters(mapping.existing()));
    if (pipe.enrichmentParameters() != null) {
      output.set("EnrichmentParameters", pipe.enrichmentParameters());
    }
    if (pipe.targetParameters() != null) {
      output.set("TargetParameters", pipe.targetParameters());
    }
    if (!mapping.tags().isEmpty()) {
      output.set("Tags", texts(mapping.tags()));
    }
    return output;
  }

  private static ObjectNode texts(Map<String, String> tags) {
    ObjectNode object = Json.object();
    tags.forEach(object::put);
    return object;
  }

  private JsonNode list(Exchange exchange) {
    JsonNode input = exchange.input();
    int limit = input.path("Limit").asInt(PAGE);
    String own = "arn:aws:pipes:" + exchange.region() + ':' + exchange.context() + ":pipe/";
    String after = after(input);
    List<Mapping> found =
        catalogue.mappings(
            each -> each.id().startsWith(own) && matches(each, input), after, limit + 1);
    ObjectNode output = Json.object();
    ArrayNode pipes = output.putArray("Pipes");
    int shown = Math.min(limit, found.size());
    found.subList(0, shown).forEach(each -> pipes.add(listed(each)));
    if (found.size() > shown) {
      byte[] last = found.get(shown - 1).id().getBytes(StandardCharsets.UTF_8);
      output.put("NextToken", Base64.getUrlEncoder().withoutPadding().encodeToString(last));
    }
    return output;
  }

  private static boolean matches(Mapping mapping, JsonNode input) {
    return pipe(mapping).name().startsWith(input.path("NamePrefix").asText())
        && mapping.existing().source().startsWith(input.path("SourcePrefix").asText())
        && mapping.existing().function().startsWith(input.path("TargetPrefix").asText())
        && state(mapping).equals(input.path("DesiredState").asText(state(mapping)))
        && state(mapping).equals(input.path("CurrentState").asText(state(mapping)));
  }

  private static String after(JsonNode input) {
    if (!input.hasNonNull("NextToken")) {
      return "";
    }
    try {
      byte[] token = Base64.getUrlDecoder().decode(input.path("NextToken").asText());
      return new String(token, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw PipeInput.invalid("The NextToken is not valid.");
    }
  }

  /** The pipe whose tags a call is about, which is the caller's own. */
  private Mapping tagged(Exchange exchange) {
    String arn = exchange.input().path("resourceArn").asText();
    String own = ":" + exchange.context() + ":pipe/";
    if (!arn.contains(own)) {
      throw new ServiceError(NOT_FOUND, "Pipe " + arn + " does not exist.", 404);
    }
    return named(arn);
  }

  private JsonNode tag(Exchange exchange) {
    Map<String, String> tags = new LinkedHashMap<>();
    exchange
        .input()
        .path("tags")
        .properties()
        .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
    return exchange.ask(key(tagged(exchange).id()), new MappingCommand.Tag(tags));
  }

  private JsonNode untag(Exchange exchange) {
    List<String> keys = new ArrayList<>();
    exchange.input().path("tagKeys").forEach(key -> keys.add(key.asText()));
    return exchange.ask(key(tagged(exchange).id()), new MappingCommand.Untag(keys));
  }

  private JsonNode tags(Exchange exchange) {
    return Json.object().set("tags", texts(tagged(exchange).tags()));
  }
}
