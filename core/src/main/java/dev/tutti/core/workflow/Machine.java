package dev.tutti.core.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.kernel.Recorded;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A state machine as it stands.
 *
 * @param arn its key's id
 * @param seq number of its last fact
 * @param exists false before the first creation and after a deletion
 * @param createdMillis epoch milliseconds
 * @param updatedMillis when the current revision or configuration came to be
 * @param revision id of the current revision
 * @param published its versions and aliases
 * @param first whether the current revision is the first, whose id AWS doesn't show
 */
public record Machine(
    String arn,
    long seq,
    boolean exists,
    long createdMillis,
    long updatedMillis,
    String revision,
    boolean first,
    String definition,
    String roleArn,
    String type,
    @Nullable JsonNode logging,
    @Nullable JsonNode tracing,
    Map<String, String> tags,
    Published published) {

  static Machine blank(String arn) {
    return new Machine(
        arn, 0, false, 0, 0, "", true, "", "", "", null, null, Map.of(), Published.NOTHING);
  }

  Machine after(Recorded<MachineFact> recorded) {
    long millis = recorded.millis();
    long at = recorded.seq();
    return switch (recorded.fact()) {
      case MachineFact.Created f ->
          new Machine(
              arn,
              at,
              true,
              millis,
              millis,
              f.revision(),
              true,
              f.definition(),
              f.roleArn(),
              f.type(),
              f.logging(),
              f.tracing(),
              Collections.unmodifiableMap(new TreeMap<>(f.tags())),
              Published.NOTHING);
      case MachineFact.Revised f ->
          new Machine(
              arn,
              at,
              exists,
              createdMillis,
              millis,
              f.revision(),
              false,
              f.definition(),
              f.roleArn(),
              type,
              logging,
              tracing,
              tags,
              published);
      case MachineFact.Reconfigured f ->
          new Machine(
              arn,
              at,
              exists,
              createdMillis,
              millis,
              revision,
              first,
              definition,
              roleArn,
              type,
              f.logging() == null ? logging : f.logging(),
              f.tracing() == null ? tracing : f.tracing(),
              tags,
              published);
      case MachineFact.Deleted f -> with(at, false, tags, Published.NOTHING);
      case MachineFact.VersionPublished f ->
          publishing(
              at,
              published.with(
                  new Published.Version(f.version(), f.revision(), f.description(), millis)));
      case MachineFact.VersionDeleted f -> publishing(at, published.without(f.version()));
      case MachineFact.AliasPut f -> {
        Published.Alias before = published.aliases().get(f.name());
        long created = before == null ? millis : before.createdMillis();
        yield publishing(
            at,
            published.with(
                new Published.Alias(f.name(), f.description(), f.routes(), created, millis)));
      }
      case MachineFact.AliasDeleted f -> publishing(at, published.without(f.name()));
      case MachineFact.Tagged f -> {
        var more = new TreeMap<>(tags);
        more.putAll(f.tags());
        yield with(at, exists, more, published);
      }
      case MachineFact.Untagged f -> {
        var fewer = new TreeMap<>(tags);
        f.keys().forEach(fewer::remove);
        yield with(at, exists, fewer, published);
      }
    };
  }

  private Machine publishing(long at, Published now) {
    return with(at, exists, tags, now);
  }

  private Machine with(long at, boolean existing, Map<String, String> tagged, Published now) {
    return new Machine(
        arn,
        at,
        existing,
        createdMillis,
        updatedMillis,
        revision,
        first,
        definition,
        roleArn,
        type,
        logging,
        tracing,
        Collections.unmodifiableMap(tagged),
        now);
  }
}
