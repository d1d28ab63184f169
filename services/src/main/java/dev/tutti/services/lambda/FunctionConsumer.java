package dev.tutti.services.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.mappings.MappingSettings;
import dev.tutti.services.sources.Batch;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Invokes a mapping's function with each batch, and believes what it says of failures. */
final class FunctionConsumer implements Batch.Consumer {
  private static final Logger LOG = LoggerFactory.getLogger(FunctionConsumer.class);

  @Override
  public List<JsonNode> consume(Batch batch) {
    MappingSettings settings = batch.mapping().existing();
    ObjectNode event = Json.object();
    ArrayNode records = event.putArray("Records");
    batch.records().forEach(records::add);
    ObjectNode input = Json.object().put("FunctionName", settings.function());
    input.put("InvocationType", "RequestResponse");
    input.put("Payload", Base64.getEncoder().encodeToString(Json.bytes(event)));
    return switch (batch.calls().perform("lambda", "Invoke", input)) {
      case Outcome.Failed failed -> {
        LOG.debug("{} was not invoked: {}", settings.function(), failed);
        yield List.of();
      }
      case Outcome.Succeeded succeeded -> {
        JsonNode output = succeeded.output();
        if (output.hasNonNull("FunctionError")) {
          yield List.of();
        }
        byte[] payload = Base64.getDecoder().decode(output.path("Payload").asText());
        yield settings.reportsFailures()
            ? batch.withoutFailures(new String(payload, StandardCharsets.UTF_8))
            : batch.messages();
      }
    };
  }
}
