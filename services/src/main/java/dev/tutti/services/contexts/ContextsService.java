package dev.tutti.services.contexts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.contexts.Context;
import dev.tutti.core.contexts.ContextCommand;
import dev.tutti.core.contexts.Contexts;
import dev.tutti.core.json.Json;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;
import dev.tutti.services.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The calling context's own description: its name, and the records of its stacks.
 *
 * <ul>
 *   <li>{@code Introduce {Name, AccessKeys}} → {@code {}}
 *   <li>{@code KeepStack {Stack, Record}} → {@code {}}
 *   <li>{@code ForgetStack {Stack}} → {@code {}}
 *   <li>{@code ListStacks {}} → {@code {Stacks: {name: record}}}
 * </ul>
 */
public final class ContextsService implements Service {
  private final Contexts contexts;

  public ContextsService(Contexts contexts) {
    this.contexts = contexts;
  }

  @Override
  public String name() {
    return "tutti";
  }

  @Override
  public Map<String, Operation> operations() {
    return Map.of(
        "Introduce", this::introduce,
        "KeepStack", this::keepStack,
        "ForgetStack", this::forgetStack,
        "ListStacks", this::listStacks);
  }

  private JsonNode introduce(Exchange exchange) {
    List<String> keys = new ArrayList<>();
    exchange.input().path("AccessKeys").forEach(key -> keys.add(key.textValue()));
    String name = exchange.input().path("Name").textValue();
    return exchange.ask(Contexts.key(exchange.context()), new ContextCommand.Introduce(name, keys));
  }

  private JsonNode keepStack(Exchange exchange) {
    JsonNode input = exchange.input();
    return exchange.ask(
        Contexts.key(exchange.context()),
        new ContextCommand.KeepStack(input.path("Stack").textValue(), input.path("Record")));
  }

  private JsonNode forgetStack(Exchange exchange) {
    String stack = exchange.input().path("Stack").textValue();
    return exchange.ask(Contexts.key(exchange.context()), new ContextCommand.ForgetStack(stack));
  }

  private JsonNode listStacks(Exchange exchange) {
    Map<String, JsonNode> stacks =
        exchange.reader().read(Contexts.key(exchange.context()), contexts, Context::stacks);
    ObjectNode output = Json.object();
    output.putObject("Stacks").setAll(stacks);
    return output;
  }
}
