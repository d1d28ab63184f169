package dev.tutti.bench.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.bench.client.Answer;
import dev.tutti.bench.client.Aws;
import dev.tutti.bench.client.Caller;
import dev.tutti.bench.client.Requests;
import dev.tutti.bench.client.Requests.Target;
import dev.tutti.bench.report.Figure;
import dev.tutti.core.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Events of 1 KiB, one and ten a request, on buses of 1, 1,000 and more rules of which one matches.
 * No rule has a target: what is measured is accepting, matching and keeping; {@link Deliver}
 * measures the rest.
 */
public final class PutEvents implements Workload {
  private static final int EVENT_BYTES = 1024;
  private static final List<Integer> BATCHES = List.of(1, 10);
  static final byte[] NONE_FAILED = "\"FailedEntryCount\":0".getBytes(StandardCharsets.UTF_8);

  @Override
  public String name() {
    return "putevents";
  }

  @Override
  public String what() {
    return "events of 1 KiB accepted and matched, one and ten a request, by number of rules";
  }

  @Override
  public void run(Site site, Plan plan, Consumer<Figure> figures) throws IOException {
    for (int rules : plan.rules()) {
      String bus = "bench-" + rules;
      createBus(site, bus, rules);
      for (int batch : BATCHES) {
        new Drive(site, plan)
            .all(
                "putevents x" + batch + " rules=" + rules,
                "events",
                crew(site, bus, batch),
                figures);
      }
    }
  }

  /** Callers that publish so many equal events a request. */
  static Drive.Crew crew(Site site, String bus, int batch) {
    byte[] request = request(site, bus, batch);
    return (callers, tally) ->
        Stream.generate(() -> new Publisher(request, batch, tally)).limit(callers).toList();
  }

  static byte[] request(Site site, String bus, int batch) {
    return site.requests().json(Target.EVENTS, "PutEvents", Inputs.events(event(bus), batch));
  }

  /** An entry that its rule 0 matches. */
  private static ObjectNode event(String bus) {
    ObjectNode detail = Json.object().put("kind", "kind-0").put("version", 1);
    detail.putObject("order").put("id", "0123456789").put("amount", 12.5).put("currency", "EUR");
    int filled = Json.bytes(detail).length;
    detail.put("filling", "x".repeat(EVENT_BYTES - filled - 60));
    return Inputs.entry(bus, detail);
  }

  static void createBus(Site site, String bus, int rules) throws IOException {
    try (Aws aws = site.aws()) {
      aws.events("CreateEventBus", Json.object().put("Name", bus));
    }
    putRules(site, bus, 0, rules);
  }

  /** Puts rules by their numbers; each matches a kind of its own. */
  static void putRules(Site site, String bus, int from, int to) throws IOException {
    Requests requests = site.requests();
    Fill.with(site, to - from, i -> putRule(requests, bus, from + i));
  }

  private static byte[] putRule(Requests requests, String bus, int number) {
    ObjectNode pattern = Json.object();
    pattern.putArray("source").add("bench");
    pattern.putObject("detail").putArray("kind").add("kind-" + number);
    JsonNode input =
        Json.object()
            .put("Name", "rule-" + number)
            .put("EventBusName", bus)
            .put("EventPattern", Json.write(pattern));
    return requests.json(Target.EVENTS, "PutRule", input);
  }

  private record Publisher(byte[] next, int batch, Tally tally) implements Caller {
    @Override
    public void answered(Answer answer, long sent, long now) {
      if (!tally.isGood(answer)) {
        return;
      }
      if (answer.has(NONE_FAILED)) {
        tally.request();
        tally.done(batch, now - sent);
      } else {
        tally.fault("not accepted: " + answer.excerpt());
      }
    }
  }
}
