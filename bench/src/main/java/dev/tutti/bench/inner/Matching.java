package dev.tutti.bench.inner;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.events.BusArn;
import dev.tutti.core.events.BusCatalogue;
import dev.tutti.core.events.BusFact;
import dev.tutti.core.events.Subscription;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Cause;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Recorded;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** An event of 1 KiB against the rules of a bus, of which one matches. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Matching {
  private static final String ACCOUNT = "111122223333";
  private static final BusArn BUS = new BusArn("us-east-1", ACCOUNT, "bench");
  private static final JsonNode EVENT =
      Json.parse(
          """
          {"version":"0","id":"0","detail-type":"Measured","source":"bench","account":"111122223333",
          "time":"2026-01-01T00:00:00Z","region":"us-east-1","resources":[],
          "detail":{"kind":"kind-0","filling":"%s"}}
          """
              .formatted("x".repeat(800)));

  /** How many rules the bus has. */
  @Param({"1", "1000"})
  public int rules;

  private final BusCatalogue catalogue = new BusCatalogue();

  @Setup
  public void putRules() {
    take(1, new BusFact.BusCreated(null, Map.of()));
    for (int i = 0; i < rules; i++) {
      String pattern = "{\"source\":[\"bench\"],\"detail\":{\"kind\":[\"kind-" + i + "\"]}}";
      take(
          i + 2,
          new BusFact.RulePut("rule-" + i, pattern, true, null, null, ACCOUNT, Map.of(), null));
    }
  }

  private void take(long seq, BusFact fact) {
    Key key = new Key("bus", BUS.text());
    catalogue.on(new Recorded<>(key, seq, 0, new Cause("root", "parent", "bench"), fact));
  }

  @Benchmark
  public List<Subscription> match() {
    return catalogue.bus(BUS).match(EVENT);
  }
}
