package dev.tutti.services.trace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing that happened, and what came of it. Built while a trace is read, then only shown. */
public final class TraceNode {
  private final String kind;
  private final String id;
  private final String title;
  private final long atMillis;
  private final List<TraceNode> children = new ArrayList<>();
  private String status = "";
  private @Nullable Long endMillis;
  private boolean lasting;
  private int expected;

  TraceNode(String kind, String id, String title, long atMillis) {
    this.kind = kind;
    this.id = id;
    this.title = title;
    this.atMillis = atMillis;
  }

  void add(TraceNode child) {
    children.add(child);
  }

  /** Says that this is under way until it is {@link #end ended}. */
  TraceNode lasting() {
    lasting = true;
    return this;
  }

  /** Says that this is under way until so many things came of it. */
  TraceNode expecting(int consequences) {
    expected = consequences;
    return this;
  }

  private boolean isUnderWay() {
    return (lasting && endMillis == null) || children.size() < expected;
  }

  void status(String text) {
    status = text;
  }

  void end(String how, long millis) {
    status = how;
    endMillis = millis;
  }

  String status() {
    return status;
  }

  long atMillis() {
    return atMillis;
  }

  /**
   * The node and all below it, children in the order of their times: {@code {kind, id, title,
   * status, at, end?, underWay?, children}}, times in epoch milliseconds.
   */
  public ObjectNode json() {
    ObjectNode json = Json.object();
    json.put("kind", kind);
    json.put("id", id);
    json.put("title", title);
    json.put("status", status);
    json.put("at", atMillis);
    if (endMillis != null) {
      json.put("end", endMillis);
    }
    if (isUnderWay()) {
      json.put("underWay", true);
    }
    var below = json.putArray("children");
    children.stream()
        .sorted(Comparator.comparingLong(TraceNode::atMillis))
        .forEach(child -> below.add(child.json()));
    return json;
  }
}
