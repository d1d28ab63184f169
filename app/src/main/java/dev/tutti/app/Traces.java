package dev.tutti.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Waits for traces to come to rest. */
final class Traces {
  private static final Duration PAUSE = Duration.ofMillis(250);

  private final RemoteOptions remote;
  private final Duration patience;

  Traces(RemoteOptions remote, Duration patience) {
    this.remote = remote;
    this.patience = patience;
  }

  /**
   * The traces of some events once nothing in them is under way any more, in the events' order.
   *
   * @throws Complaint where that takes longer than the patience
   */
  List<JsonNode> settled(List<String> events) {
    List<JsonNode> settled = new ArrayList<>();
    long deadline = System.nanoTime() + patience.toNanos();
    for (String event : events) {
      settled.add(settled(() -> remote.get("/_tutti/trace/" + event), deadline));
      System.out.printf("  settled %d of %d%n", settled.size(), events.size());
    }
    return settled;
  }

  private static JsonNode settled(Supplier<JsonNode> trace, long deadline) {
    JsonNode tree = trace.get();
    while (isUnderWay(tree)) {
      if (System.nanoTime() > deadline) {
        throw new Complaint("this doesn't come to an end:\n" + TraceText.of(tree));
      }
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Complaint("interrupted", e);
      }
      tree = trace.get();
    }
    return tree;
  }

  /** Whether anything is under way, here or below. */
  private static boolean isUnderWay(JsonNode node) {
    if (node.path("underWay").asBoolean()) {
      return true;
    }
    for (JsonNode child : node.path("children")) {
      if (isUnderWay(child)) {
        return true;
      }
    }
    return false;
  }
}
