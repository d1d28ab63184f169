package dev.tutti.core.functions;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Who besides the owner may invoke a function.
 *
 * @param revision changes with every statement added or removed
 * @param statements as in the IAM policy language, in the order in which they were added
 */
public record Policy(String revision, List<JsonNode> statements) {

  /** Whether a statement of that id is there. */
  boolean has(String sid) {
    return statements.stream().anyMatch(statement -> sid.equals(statement.path("Sid").asText()));
  }
}
