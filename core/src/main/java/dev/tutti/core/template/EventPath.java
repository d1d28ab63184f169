package dev.tutti.core.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.tutti.core.asl.data.Entropy;
import dev.tutti.core.asl.data.Path;
import dev.tutti.core.asl.data.Paths;
import dev.tutti.core.asl.data.Scope;
import dev.tutti.core.json.Json;
import java.util.function.UnaryOperator;

/** Paths into events, as targets use them. */
public final class EventPath {
  private EventPath() {}

  /** Whether a path can be read. */
  public static boolean isPath(String path) {
    boolean fromTheEvent = path.equals("$") || path.startsWith("$.") || path.startsWith("$[");
    return fromTheEvent && Paths.parse(path) != null;
  }

  /** What a path finds in an event; missing where it finds nothing. */
  public static UnaryOperator<JsonNode> of(String path) {
    Path parsed = Paths.parse(path);
    return parsed == null
        ? event -> MissingNode.getInstance()
        : event -> parsed.find(Scope.of(event, Json.object(), NoChance.INSTANCE));
  }

  /** Paths need neither chance nor time. */
  private enum NoChance implements Entropy {
    INSTANCE;

    @Override
    public double fraction() {
      throw new IllegalStateException("a path takes no chances");
    }

    @Override
    public String uuid() {
      throw new IllegalStateException("a path takes no chances");
    }

    @Override
    public long millis() {
      throw new IllegalStateException("a path takes no time");
    }
  }
}
