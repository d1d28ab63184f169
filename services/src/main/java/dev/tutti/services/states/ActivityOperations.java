package dev.tutti.services.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.workflow.Histories;
import dev.tutti.core.workflow.activities.Activities;
import dev.tutti.core.workflow.activities.ActivityCatalogue;
import dev.tutti.core.workflow.activities.ActivityCommand;
import dev.tutti.core.workflow.execution.Arns;
import dev.tutti.services.Exchange;
import dev.tutti.wire.ServiceError;
import java.util.List;

/** Operations on activities, but for their workers'. */
final class ActivityOperations {
  private final ActivityCatalogue catalogue;

  ActivityOperations(ActivityCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  JsonNode create(Exchange exchange) {
    JsonNode input = exchange.input();
    String name = Inputs.name(Inputs.required(input, "name"));
    Encryption.check(input);
    String arn = Arns.activity(exchange.region(), exchange.context(), name);
    JsonNode created =
        exchange.ask(
            new Key(Activities.KIND, arn), new ActivityCommand.Create(TagOperations.in(input)));
    ObjectNode output = Json.object();
    output.put("activityArn", arn);
    output.put("creationDate", Histories.seconds(created.path("createdMillis").asLong()));
    return output;
  }

  JsonNode describe(Exchange exchange) {
    String arn = existing(exchange);
    ObjectNode output = Json.object();
    output.put("activityArn", arn);
    output.put("name", Arns.name(arn));
    Long created = catalogue.createdMillis(arn);
    if (created == null) {
      throw missing(arn);
    }
    output.put("creationDate", Histories.seconds(created));
    Encryption.describe(output);
    return output;
  }

  JsonNode delete(Exchange exchange) {
    String arn = Inputs.arn(exchange.input(), "activityArn", "activity");
    if (Arns.account(arn).equals(exchange.context())) {
      exchange.ask(new Key(Activities.KIND, arn), new ActivityCommand.Delete());
    }
    return Json.object();
  }

  JsonNode list(Exchange exchange) {
    return Pages.of(
        exchange.reader(),
        exchange.input(),
        Activities.ROWS,
        List.of(exchange.context(), exchange.region()),
        "activities",
        row -> {
          ObjectNode item = Json.object();
          item.set("activityArn", row.get("activityArn"));
          item.set("name", row.get("name"));
          item.put("creationDate", Histories.seconds(row.path("createdMillis").asLong()));
          return item;
        });
  }

  /** The ARN of the activity that a call names, which exists and is the caller's. */
  String existing(Exchange exchange) {
    String arn = Inputs.arn(exchange.input(), "activityArn", "activity");
    if (!Arns.account(arn).equals(exchange.context()) || !catalogue.exists(arn)) {
      throw missing(arn);
    }
    return arn;
  }

  private static ServiceError missing(String arn) {
    return new ServiceError("ActivityDoesNotExist", "Activity Does Not Exist: '" + arn + "'");
  }
}
