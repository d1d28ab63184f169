package dev.tutti.services.secretsmanager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.secrets.Secrets;
import dev.tutti.host.Reader;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;
import dev.tutti.wire.ServiceError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lists of secrets, and of their values. */
final class Listing {
  private static final int MAX_SECRETS = 100_000;
  private static final int PAGE = 100;
  private static final int BATCH = 20;
  private static final String IDS = "SecretIdList";
  private static final String FILTERS = "Filters";

  private final ConnectionSecrets connections;
  private final ValueOperations values;

  Listing(ConnectionSecrets connections, ValueOperations values) {
    this.connections = connections;
    this.values = values;
  }

  Map<String, Operation> operations() {
    return Map.of("ListSecrets", this::list, "BatchGetSecretValue", this::batch);
  }

  /** The caller's secrets that fit the request's filters. */
  private List<Pages.At<Shown>> fitting(Exchange exchange, boolean withDeleted) {
    List<Shown> all = new ArrayList<>();
    Reader reader = exchange.reader();
    List<String> owner = List.of(exchange.context(), exchange.region());
    for (Reader.Row row : reader.rows(Secrets.TABLE, owner, null, MAX_SECRETS)) {
      all.add(Shown.of(row.key().getLast(), row.value()));
    }
    all.addAll(connections.all(reader, exchange.context(), exchange.region()));
    JsonNode filters = exchange.input().path(FILTERS);
    return all.stream()
        .filter(secret -> withDeleted || secret.deletedMillis() == 0)
        .filter(secret -> Filters.fit(filters, secret))
        .map(secret -> new Pages.At<>(secret.createdMillis(), secret.name(), secret))
        .toList();
  }

  private JsonNode list(Exchange exchange) {
    JsonNode input = exchange.input();
    boolean withDeleted = input.path("IncludePlannedDeletion").asBoolean();
    return Pages.page(
        input,
        "SecretList",
        fitting(exchange, withDeleted),
        input.path("SortOrder").asText().equals("desc"),
        PAGE,
        secret -> secret.told("SecretVersionsToStages"));
  }

  private JsonNode batch(Exchange exchange) {
    JsonNode input = exchange.input();
    boolean named = !input.path(IDS).isEmpty();
    if (named == !input.path(FILTERS).isEmpty()) {
      throw new ServiceError(
          "InvalidParameterException",
          "Either 'SecretIdList' or 'Filters' must be provided, but not both.");
    }
    if (named && input.hasNonNull("MaxResults")) {
      throw new ServiceError(
          "InvalidParameterException",
          "'Filters' not specified. 'Filters' must also be specified when 'MaxResults' is"
              + " provided.");
    }
    ArrayNode errors = Json.array();
    ObjectNode output;
    if (named) {
      output = Json.object();
      ArrayNode found = output.putArray("SecretValues");
      for (JsonNode id : input.path(IDS)) {
        JsonNode value = value(exchange, id.asText(), errors);
        if (value != null) {
          found.add(value);
        }
      }
    } else {
      output =
          Pages.page(
              input,
              "SecretValues",
              fitting(exchange, false),
              false,
              BATCH,
              secret -> value(exchange, secret.arn(), errors));
    }
    return output.set("Errors", errors);
  }

  /** A current value; null where there is none, and the errors say why. */
  private @Nullable JsonNode value(Exchange exchange, String id, ArrayNode errors) {
    try {
      return values.value(exchange, id, null, null);
    } catch (ServiceError e) {
      errors
          .addObject()
          .put(Named.SECRET_ID, id)
          .put("ErrorCode", e.code())
          .put("Message", e.getMessage());
      return null;
    }
  }
}
