package dev.tutti.bench.inner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.wire.model.Models;
import dev.tutti.wire.model.Shape;
import dev.tutti.wire.model.Validator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A PutEvents request of 1 KiB: read, written, checked against the model, hashed. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Documents {
  private final JsonNode tree = request();
  private final byte[] bytes = Json.bytes(tree);
  private final Shape.Structure shape =
      Models.of("events").operation("PutEvents").orElseThrow().input();

  private static JsonNode request() {
    ObjectNode detail = Json.object().put("id", 12).put("amount", 12.5);
    for (int i = 0; i < 20; i++) {
      detail.put("member" + i, "a text of some thirty characters");
    }
    ObjectNode request = Json.object();
    request
        .putArray("Entries")
        .addObject()
        .put("Source", "bench")
        .put("DetailType", "Measured")
        .put("Detail", Json.write(detail));
    return request;
  }

  @Benchmark
  public JsonNode parse() {
    return Json.parse(bytes);
  }

  @Benchmark
  public byte[] write() {
    return Json.bytes(tree);
  }

  @Benchmark
  public Optional<String> validate() {
    return Validator.check(shape, tree);
  }

  /** What the chain over the log costs at least for a fact of this size. */
  @Benchmark
  public byte[] hash() throws NoSuchAlgorithmException {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }
}
