package dev.tutti.core.functions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.kernel.Fact;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What happened to a function. A qualifier is empty where the function itself is meant. */
public sealed interface FunctionFact extends Fact {

  record Created(Configuration configuration, Code code, Map<String, String> tags)
      implements FunctionFact {}

  /**
   * New code.
   *
   * @param architectures the new ones; null leaves them
   */
  record CodeUpdated(Code code, @Nullable List<String> architectures) implements FunctionFact {}

  record Reconfigured(Configuration configuration) implements FunctionFact {}

  /** What was created or updated is in use; Lambda gives it another revision then. */
  record Settled() implements FunctionFact {}

  /** {@code $LATEST} as it is got a number. */
  record VersionPublished(int number, String description) implements FunctionFact {}

  record VersionDeleted(int number) implements FunctionFact {}

  record AliasPut(String name, String version, String description, Map<String, Double> weights)
      implements FunctionFact {}

  record AliasDeleted(String name) implements FunctionFact {}

  record PermissionAdded(String qualifier, String sid, JsonNode statement)
      implements FunctionFact {}

  record PermissionRemoved(String qualifier, String sid) implements FunctionFact {}

  record Tagged(Map<String, String> tags) implements FunctionFact {}

  record Untagged(List<String> keys) implements FunctionFact {}

  /**
   * Concurrency was reserved.
   *
   * @param most most invocations at a time; null takes the reservation back
   */
  record ConcurrencyReserved(@Nullable Integer most) implements FunctionFact {}

  record EventInvokeSet(
      String qualifier,
      @Nullable Integer retries,
      @Nullable Integer maxAgeSeconds,
      @Nullable String onSuccess,
      @Nullable String onFailure)
      implements FunctionFact {}

  record EventInvokeDeleted(String qualifier) implements FunctionFact {}

  record Deleted() implements FunctionFact {}
}
