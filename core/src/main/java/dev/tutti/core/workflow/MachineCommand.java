package dev.tutti.core.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.kernel.Command;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What somebody wants of a state machine. Its key's id is the state machine's ARN. */
public sealed interface MachineCommand extends Command {

  /**
   * Creates it. Replies {@code {"createdMillis": …}}; a repetition that differs in nothing but role
   * and tags is answered as the first was, as AWS does.
   *
   * @param definition text that compiles
   * @param type {@code STANDARD}
   * @param logging LoggingConfiguration as given; null for none
   * @param tracing TracingConfiguration as given; null for none
   * @param publish null where it isn't to be published; else the reply has a {@code version}
   */
  record Create(
      String definition,
      String roleArn,
      String type,
      @Nullable JsonNode logging,
      @Nullable JsonNode tracing,
      Map<String, String> tags,
      @Nullable Publication publish)
      implements MachineCommand {}

  /**
   * Changes it; null leaves a part as it is. Replies {@code {"updatedMillis": …, "revision": …}},
   * the latter absent for the first revision.
   */
  record Update(
      @Nullable String definition,
      @Nullable String roleArn,
      @Nullable JsonNode logging,
      @Nullable JsonNode tracing,
      @Nullable Publication publish)
      implements MachineCommand {}

  /** That the revision is to be published, too. */
  record Publication(@Nullable String description) {}

  /**
   * Publishes the current revision. Replies {@code {"version": …, "createdMillis": …}}; a revision
   * that is the latest version already stays that version.
   *
   * @param revision that the current one must be; null for whichever it is
   */
  record Publish(@Nullable String description, @Nullable String revision)
      implements MachineCommand {}

  /** Deletes a version that no alias leads to. */
  record DeleteVersion(int version) implements MachineCommand {}

  /** Makes an alias. Replies {@code {"createdMillis": …}}. */
  record CreateAlias(String name, @Nullable String description, List<Published.Route> routes)
      implements MachineCommand {}

  /** Changes an alias; null leaves a part as it is. Replies {@code {"updatedMillis": …}}. */
  record UpdateAlias(
      String name, @Nullable String description, @Nullable List<Published.Route> routes)
      implements MachineCommand {}

  record DeleteAlias(String name) implements MachineCommand {}

  /** Deletes it; running executions go on. */
  record Delete() implements MachineCommand {}

  /** Sets tags. */
  record Tag(Map<String, String> tags) implements MachineCommand {}

  /** Removes tags. */
  record Untag(List<String> keys) implements MachineCommand {}
}
