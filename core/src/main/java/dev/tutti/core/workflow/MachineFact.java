package dev.tutti.core.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.kernel.Fact;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a state machine decided. */
public sealed interface MachineFact extends Fact {

  /**
   * It was created, perhaps anew after a deletion.
   *
   * @param revision id of the first revision
   */
  record Created(
      String revision,
      String definition,
      String roleArn,
      String type,
      @Nullable JsonNode logging,
      @Nullable JsonNode tracing,
      Map<String, String> tags)
      implements MachineFact {}

  /** It got a new revision. */
  record Revised(String revision, String definition, String roleArn) implements MachineFact {}

  /** It is logged or traced differently; null leaves a part as it is. */
  record Reconfigured(@Nullable JsonNode logging, @Nullable JsonNode tracing)
      implements MachineFact {}

  record Deleted() implements MachineFact {}

  /** Its revision was published under a number. */
  record VersionPublished(int version, String revision, @Nullable String description)
      implements MachineFact {}

  record VersionDeleted(int version) implements MachineFact {}

  /** A name for versions was made, or leads elsewhere now. */
  record AliasPut(String name, @Nullable String description, List<Published.Route> routes)
      implements MachineFact {}

  record AliasDeleted(String name) implements MachineFact {}

  record Tagged(Map<String, String> tags) implements MachineFact {}

  record Untagged(List<String> keys) implements MachineFact {}
}
