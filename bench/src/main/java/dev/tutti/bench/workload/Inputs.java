package dev.tutti.bench.workload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;

/** What the workloads send, of a size that real ones have. */
final class Inputs {
  private Inputs() {}

  /** StartExecution with an input of about 100 bytes. */
  static ObjectNode start(String machineArn) {
    ObjectNode input = Json.object().put("order", 4711).put("customer", "bench");
    input.putArray("items").add("first").add("second").add("third");
    input.put("note", "about a hundred bytes in all");
    return Json.object().put("stateMachineArn", machineArn).put("input", Json.write(input));
  }

  /**
   * A PutEvents entry.
   *
   * @param bus its name
   * @param detail the event's detail
   */
  static ObjectNode entry(String bus, ObjectNode detail) {
    return Json.object()
        .put("EventBusName", bus)
        .put("Source", "bench")
        .put("DetailType", "Measured")
        .put("Detail", Json.write(detail));
  }

  /** A PutEvents request of equal entries. */
  static ObjectNode events(ObjectNode entry, int count) {
    ObjectNode request = Json.object();
    var entries = request.putArray("Entries");
    for (int i = 0; i < count; i++) {
      entries.add(entry);
    }
    return request;
  }
}
