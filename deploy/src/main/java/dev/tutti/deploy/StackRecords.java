package dev.tutti.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * Keeps what each stack owns, so that a later deployment knows what to update and delete. The
 * embedder gives it; what it saves must survive a restart.
 */
public interface StackRecords {
  /** What was saved last; empty where nothing was, or it was deleted. */
  Optional<JsonNode> load(String account, String stack);

  /** Durable when it returns. */
  void save(String account, String stack, JsonNode record);

  void delete(String account, String stack);
}
