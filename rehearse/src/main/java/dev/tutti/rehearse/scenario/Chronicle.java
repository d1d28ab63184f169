package dev.tutti.rehearse.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.delivery.DeliveryFact;
import dev.tutti.core.events.EventFact;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.kernel.Request;
import dev.tutti.core.workflow.ExecutionFact;
import dev.tutti.core.workflow.execution.Arns;
import dev.tutti.rehearse.Narration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What happened in a rehearsal, as its facts tell. Not for several threads. */
public final class Chronicle {
  private static final int WIDTH = 160;

  /** Where an execution's ARN has its name; that of an express one goes on after it. */
  private static final int NAME = 7;

  private final UnaryOperator<String> contexts;
  private final long startMillis;
  private final Map<String, Execution> executions = new LinkedHashMap<>();
  private final Map<String, Narration> narrations = new LinkedHashMap<>();
  private final List<Event> events = new ArrayList<>();
  private final Map<Key, Delivery> deliveries = new LinkedHashMap<>();
  private final List<Request.Post> posts = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();

  /** An execution as it stands; what isn't known yet is null. */
  public static final class Execution {
    final String machine;
    final String name;
    final JsonNode input;
    final List<String> path = new ArrayList<>();
    String status = "RUNNING";
    @Nullable JsonNode output;
    @Nullable String error;
    @Nullable String cause;

    Execution(String machine, String name, JsonNode input) {
      this.machine = machine;
      this.name = name;
      this.input = input;
    }
  }

  /** An event on a bus, {@code CONTEXT/NAME}. */
  record Event(String bus, JsonNode event) {}

  /** A delivery, by a rule or schedule {@code CONTEXT/NAME}, or a subscription's ARN. */
  static final class Delivery {
    final String by;
    final String target;
    String status = "waiting";
    String why = "";

    Delivery(String by, String target) {
      this.by = by;
      this.target = target;
    }

    @Override
    public String toString() {
      return by + " → " + target + " " + status + why;
    }
  }

  /**
   * An empty chronicle.
   *
   * @param contexts the name of an account's context
   * @param startMillis when it begins
   */
  public Chronicle(UnaryOperator<String> contexts, long startMillis) {
    this.contexts = contexts;
    this.startMillis = startMillis;
  }

  private String owned(String account, String name) {
    return contexts.apply(account) + "/" + name;
  }

  /** Something happened to an execution. */
  public void execution(Recorded<ExecutionFact> recorded) {
    String arn = recorded.key().id();
    ExecutionFact fact = recorded.fact();
    if (fact instanceof ExecutionFact.Started f) {
      String machine = owned(Arns.account(arn), Arns.name(Arns.unqualified(f.machineArn())));
      executions.put(arn, new Execution(machine, arn.split(":", -1)[NAME], parsed(f.input())));
    }
    Execution execution = executions.get(arn);
    if (execution == null) {
      return;
    }
    switch (fact) {
      case ExecutionFact.Entered f -> execution.path.add(f.state());
      case ExecutionFact.Succeeded f -> {
        execution.status = "SUCCEEDED";
        execution.output = f.output();
      }
      case ExecutionFact.Failed f -> end(execution, "FAILED", f.error(), f.cause());
      case ExecutionFact.TimedOut f -> end(execution, "TIMED_OUT", f.error(), f.cause());
      case ExecutionFact.Aborted f -> end(execution, "ABORTED", f.error(), f.cause());
      case ExecutionFact other -> {
        // the narration tells it
      }
    }
    String label = execution.machine;
    narrations
        .computeIfAbsent(
            arn,
            key ->
                new Narration(
                    text -> line(recorded.millis(), label + text.substring(Narration.TIME)), WIDTH))
        .on(recorded);
  }

  private static void end(
      Execution execution, String status, @Nullable String error, @Nullable String cause) {
    execution.status = status;
    execution.error = error;
    execution.cause = cause;
  }

  private static JsonNode parsed(String text) {
    return Json.parse(text);
  }

  /** Something happened to an event. */
  public void event(Recorded<EventFact> recorded) {
    String[] arn = recorded.key().id().split("\\|", 2)[0].split(":", 6);
    String bus = owned(arn[4], arn[5].substring(arn[5].indexOf('/') + 1));
    switch (recorded.fact()) {
      case EventFact.Accepted f -> {
        events.add(new Event(bus, f.event()));
        line(
            recorded.millis(),
            "%s  event %s %s, %d matches  %s"
                .formatted(
                    bus,
                    f.event().path("source").asText(),
                    f.event().path("detail-type").asText(),
                    f.matches().size(),
                    shortened(f.event().path("detail"))));
      }
      case EventFact.Replayed f ->
          line(
              recorded.millis(),
              "%s  replay %s, %d matches".formatted(bus, f.replay(), f.matches().size()));
    }
  }

  /** Something happened to a delivery. */
  public void delivery(Recorded<DeliveryFact> recorded) {
    DeliveryFact fact = recorded.fact();
    if (fact instanceof DeliveryFact.Begun f) {
      deliveries.put(recorded.key(), begun(f));
    } else if (fact instanceof DeliveryFact.Withheld f) {
      Delivery delivery = begun(f.begun());
      delivery.status = "parked";
      delivery.why = ": " + f.error() + ": " + f.message();
      deliveries.put(recorded.key(), delivery);
    }
    Delivery delivery = deliveries.get(recorded.key());
    if (delivery == null) {
      return;
    }
    switch (fact) {
      case DeliveryFact.Delivered f -> delivery.status = "delivered";
      case DeliveryFact.Parked f -> {
        delivery.status = "parked";
        delivery.why = ": " + f.error() + ": " + f.message();
      }
      case DeliveryFact.AttemptFailed f -> delivery.why = ": " + f.error() + ": " + f.message();
      case DeliveryFact other -> {
        // its status stays as it is
      }
    }
    line(recorded.millis(), "delivery " + delivery);
  }

  private Delivery begun(DeliveryFact.Begun f) {
    String arn = f.source().arn();
    String by =
        arn.contains(":rule/") || arn.contains(":schedule/")
            ? owned(f.context(), arn.substring(arn.lastIndexOf('/') + 1))
            : "subscription " + arn;
    return new Delivery(by, f.target());
  }

  /** Something was posted to an address outside. */
  public void posted(long millis, Request.Post post) {
    posts.add(post);
    line(millis, "POST " + post.url() + "  " + post.body());
  }

  /** Adds a line of the caller's own. */
  public void line(long millis, String text) {
    lines.add("%8.3f s  %s".formatted((millis - startMillis) / 1000.0, text));
  }

  private static String shortened(JsonNode value) {
    String text = Json.write(value);
    return text.length() <= WIDTH ? text : text.substring(0, WIDTH) + "…";
  }

  Collection<Execution> executions() {
    return executions.values();
  }

  List<Event> events() {
    return events;
  }

  Collection<Delivery> deliveries() {
    return deliveries.values();
  }

  List<Request.Post> posts() {
    return posts;
  }

  /** Everything in its order, a line each. */
  public List<String> lines() {
    return lines;
  }
}
