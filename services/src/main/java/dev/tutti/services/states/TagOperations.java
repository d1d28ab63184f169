package dev.tutti.services.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Command;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.workflow.Machine;
import dev.tutti.core.workflow.MachineCommand;
import dev.tutti.core.workflow.Machines;
import dev.tutti.core.workflow.activities.Activities;
import dev.tutti.core.workflow.activities.Activity;
import dev.tutti.core.workflow.activities.ActivityCommand;
import dev.tutti.core.workflow.execution.Arns;
import dev.tutti.services.Exchange;
import dev.tutti.wire.ServiceError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tags of state machines and activities. */
final class TagOperations {
  private static final Pattern TAGGED =
      Pattern.compile("arn:[^:]+:states:[^:]+:\\d{12}:(stateMachine|activity):[^:]+");

  private final Machines machines;
  private final Activities activities;

  TagOperations(Machines machines, Activities activities) {
    this.machines = machines;
    this.activities = activities;
  }

  /**
   * What is tagged.
   *
   * @param tags null where it doesn't exist
   */
  private record Resource(Key key, boolean machine, @Nullable Map<String, String> tags) {}

  JsonNode tag(Exchange exchange) {
    Resource resource = resource(exchange);
    Map<String, String> tags = in(exchange.input());
    Command command =
        resource.machine() ? new MachineCommand.Tag(tags) : new ActivityCommand.Tag(tags);
    exchange.ask(resource.key(), command);
    return Json.object();
  }

  JsonNode untag(Exchange exchange) {
    Resource resource = resource(exchange);
    List<String> keys = new ArrayList<>();
    exchange.input().path("tagKeys").forEach(key -> keys.add(key.asText()));
    Command command =
        resource.machine() ? new MachineCommand.Untag(keys) : new ActivityCommand.Untag(keys);
    exchange.ask(resource.key(), command);
    return Json.object();
  }

  JsonNode list(Exchange exchange) {
    Map<String, String> tags = resource(exchange).tags();
    ObjectNode output = Json.object();
    ArrayNode items = output.putArray("tags");
    if (tags != null) {
      tags.forEach((key, value) -> items.addObject().put("key", key).put("value", value));
    }
    return output;
  }

  private Resource resource(Exchange exchange) {
    String arn = Inputs.required(exchange.input(), "resourceArn");
    Matcher matcher = TAGGED.matcher(arn);
    if (matcher.matches() && Arns.account(arn).equals(exchange.context())) {
      boolean machine = matcher.group(1).equals("stateMachine");
      Key key = new Key(machine ? Machines.KIND : Activities.KIND, arn);
      Resource found =
          machine
              ? exchange.reader().read(key, machines, m -> of(key, m))
              : exchange.reader().read(key, activities, a -> of(key, a));
      if (found.tags() != null) {
        return found;
      }
    }
    throw new ServiceError("ResourceNotFound", "Resource not found: '" + arn + "'");
  }

  private static Resource of(Key key, Machine machine) {
    return new Resource(key, true, machine.exists() ? machine.tags() : null);
  }

  private static Resource of(Key key, Activity activity) {
    return new Resource(key, false, activity.exists() ? activity.tags() : null);
  }

  /** The tags that a call gives. */
  static Map<String, String> in(JsonNode input) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (JsonNode tag : input.path("tags")) {
      tags.put(tag.path("key").asText(), tag.path("value").asText());
    }
    return tags;
  }
}
