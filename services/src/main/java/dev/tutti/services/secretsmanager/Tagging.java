package dev.tutti.services.secretsmanager;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.secrets.SecretCommand;
import dev.tutti.core.secrets.Secrets;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;
import dev.tutti.wire.ServiceError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Secrets' tags. */
final class Tagging {
  private final Named named;

  Tagging(Named named) {
    this.named = named;
  }

  Map<String, Operation> operations() {
    return Map.of("TagResource", this::tag, "UntagResource", this::untag);
  }

  /** Those of a request. */
  static Map<String, String> tags(JsonNode input) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (JsonNode tag : input.path("Tags")) {
      String key = tag.path("Key").asText();
      if (key.startsWith("aws:")) {
        throw new ServiceError(
            "InvalidParameterException", "Tag keys that begin with aws: are reserved.");
      }
      tags.put(key, tag.path("Value").asText());
    }
    return tags;
  }

  private JsonNode tag(Exchange exchange) {
    var _ =
        exchange.ask(
            Secrets.key(named.toChange(exchange)),
            new SecretCommand.Tag(exchange.context(), tags(exchange.input())));
    return Json.object();
  }

  private JsonNode untag(Exchange exchange) {
    List<String> keys =
        exchange.input().path("TagKeys").valueStream().map(JsonNode::asText).toList();
    var _ =
        exchange.ask(
            Secrets.key(named.toChange(exchange)),
            new SecretCommand.Untag(exchange.context(), keys));
    return Json.object();
  }
}
