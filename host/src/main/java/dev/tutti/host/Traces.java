package dev.tutti.host;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Cause;
import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Ids;
import dev.tutti.core.kernel.Recorded;
import java.util.List;

/**
 * The rows from which a trace is read: for each root cause the aggregates that came of it, and the
 * roots themselves, newest first.
 */
public final class Traces {
  /** Rows {@code root, kind, id} → {@code {at, parent, origin}}: the aggregates of a trace. */
  public static final String MEMBERS = "trace";

  /** Rows {@code inverse time, root} → {@code {root, at, origin, kind}}: all root causes. */
  public static final String ROOTS = "roots";

  private Traces() {}

  static void index(Recorded<?> first, Decider.Rows rows) {
    Cause cause = first.cause();
    ObjectNode row = Json.object();
    row.put("at", first.millis());
    row.put("parent", cause.parent());
    row.put("origin", cause.origin());
    rows.put(MEMBERS, List.of(cause.root(), first.key().kind(), first.key().id()), row);
    if (cause.parent().isEmpty()) {
      ObjectNode root = Json.object();
      root.put("root", cause.root());
      root.put("at", first.millis());
      root.put("origin", cause.origin());
      root.put("kind", first.key().kind());
      rows.put(ROOTS, List.of(Ids.newestFirst(first.millis()), cause.root()), root);
    }
  }
}
