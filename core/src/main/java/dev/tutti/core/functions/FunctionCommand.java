package dev.tutti.core.functions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.kernel.Command;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants of a function. A {@code revision} that isn't null must be the current one; a
 * qualifier is empty where the function itself is meant.
 */
public sealed interface FunctionCommand extends Command {

  record Create(Configuration configuration, Code code, Map<String, String> tags, boolean publish)
      implements FunctionCommand {}

  record UpdateCode(
      Code code, @Nullable List<String> architectures, boolean publish, @Nullable String revision)
      implements FunctionCommand {}

  record UpdateConfiguration(Configuration.Change change, @Nullable String revision)
      implements FunctionCommand {}

  /**
   * Publishes {@code $LATEST}, unless it is what was published last.
   *
   * @param description the version's own; null takes that of {@code $LATEST}
   * @param sha256 the code that the caller means; null leaves that open
   */
  record PublishVersion(
      @Nullable String description, @Nullable String sha256, @Nullable String revision)
      implements FunctionCommand {}

  /** Deletes one version, or with an empty qualifier the function. */
  record Delete(String qualifier) implements FunctionCommand {}

  record CreateAlias(String name, String version, String description, Map<String, Double> weights)
      implements FunctionCommand {}

  /** Changes an alias; null leaves a member as it is. */
  record UpdateAlias(
      String name,
      @Nullable String version,
      @Nullable String description,
      @Nullable Map<String, Double> weights,
      @Nullable String revision)
      implements FunctionCommand {}

  record DeleteAlias(String name) implements FunctionCommand {}

  /** Adds a statement; see {@link Statements#of}. */
  record AddPermission(String qualifier, String sid, JsonNode statement, @Nullable String revision)
      implements FunctionCommand {}

  record RemovePermission(String qualifier, String sid, @Nullable String revision)
      implements FunctionCommand {}

  record Tag(Map<String, String> tags) implements FunctionCommand {}

  record Untag(List<String> keys) implements FunctionCommand {}

  /** Reserves concurrency; null takes the reservation back. */
  record Reserve(@Nullable Integer most) implements FunctionCommand {}

  /**
   * Sets how asynchronous invocations are retried and who is told of their end; {@code merge} keeps
   * what is null. An empty ARN takes a destination back.
   */
  record SetEventInvoke(
      String qualifier,
      @Nullable Integer retries,
      @Nullable Integer maxAgeSeconds,
      @Nullable String onSuccess,
      @Nullable String onFailure,
      boolean merge)
      implements FunctionCommand {}

  record DeleteEventInvoke(String qualifier) implements FunctionCommand {}
}
