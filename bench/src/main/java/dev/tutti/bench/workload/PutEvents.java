package dev.tutti.bench.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.bench.client.Answer;
import dev.tutti.bench.client.Aws;
import dev.tutti.bench.client.Caller;
import dev.tutti.bench.client.Loop;
import dev.tutti.bench.client.Requests;
import dev.tutti.bench.client.Requests.Target;
import dev.tutti.bench.report.Figure;
import dev.tutti.core.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
  private static final int SETTERS = 16;
  private static final Duration PATIENCE = Duration.ofMinutes(30);
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
        byte[] request =
            site.requests().json(Target.EVENTS, "PutEvents", Inputs.events(event(bus), batch));
        new Drive(site, plan)
            .all(
                "putevents x" + batch + " rules=" + rules,
                "events",
                (callers, tally) ->
                    Stream.generate(() -> new Publisher(request, batch, tally))
                        .limit(callers)
                        .toList(),
                figures);
      }
    }
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
    Tally tally = new Tally();
    List<Setter> setters =
        Stream.iterate(0, i -> i + 1)
            .limit(Math.min(SETTERS, rules))
            .map(i -> new Setter(site.requests(), bus, i, rules, tally))
            .toList();
    long until = System.nanoTime() + PATIENCE.toNanos();
    try (Loop loop = Loop.open(site.endpoint(), setters)) {
      while (setters.stream().anyMatch(Setter::isBusy) && System.nanoTime() < until) {
        loop.run(Duration.ofMillis(50));
      }
      loop.drain(PATIENCE);
    }
    if (!tally.faults().isEmpty()) {
      throw new IOException("rules could not be made: " + tally.faults());
    }
  }

  /** Puts every so manieth rule. */
  private static final class Setter implements Caller {
    private final Requests requests;
    private final String bus;
    private final int rules;
    private final Tally tally;
    private int number;

    Setter(Requests requests, String bus, int first, int rules, Tally tally) {
      this.requests = requests;
      this.bus = bus;
      this.number = first;
      this.rules = rules;
      this.tally = tally;
    }

    boolean isBusy() {
      return number < rules;
    }

    @Override
    public long waitNanos(long now) {
      return isBusy() ? 0 : NEVER;
    }

    @Override
    public byte[] next() {
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

    @Override
    public void answered(Answer answer, long sent, long now) {
      tally.isGood(answer);
      number += Math.min(SETTERS, rules);
    }
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
