package dev.tutti.core.mappings;

import dev.tutti.core.kernel.Recorded;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A mapping as its facts made it: an immutable snapshot, shared by the decider and the catalogue.
 *
 * @param id its UUID; of a pipe, its ARN
 * @param settings null before it was created and after it was deleted
 * @param createdMillis epoch milliseconds
 * @param modifiedMillis when it was last changed by somebody, epoch milliseconds
 * @param poller number of the fact that started the poller; 0 where none runs
 * @param before {@code poller} before the latest fact
 * @param failures pollers that ended one after the other since the latest change
 * @param problem what ended the last one; null where one runs
 */
public record Mapping(
    String id,
    @Nullable MappingSettings settings,
    TreeMap<String, String> tags,
    long createdMillis,
    long modifiedMillis,
    long poller,
    long before,
    int failures,
    @Nullable String problem) {

  static Mapping blank(String id) {
    return new Mapping(id, null, new TreeMap<>(), 0, 0, 0, 0, 0, null);
  }

  /** Its settings, of one that exists. */
  public MappingSettings existing() {
    if (settings == null) {
      throw new IllegalStateException("mapping " + id + " does not exist");
    }
    return settings;
  }

  public String arn() {
    MappingSettings there = existing();
    if (there.pipe() != null) {
      return id;
    }
    return "arn:aws:lambda:"
        + there.region()
        + ':'
        + there.context()
        + ":event-source-mapping:"
        + id;
  }

  Mapping after(Recorded<MappingFact> recorded) {
    return switch (recorded.fact()) {
      case MappingFact.Created fact ->
          changed(fact.settings(), new TreeMap<>(fact.tags()), recorded.millis(), recorded);
      case MappingFact.Updated fact -> changed(fact.settings(), tags, createdMillis, recorded);
      case MappingFact.Deleted fact ->
          new Mapping(id, null, new TreeMap<>(), 0, recorded.millis(), 0, poller, 0, null);
      case MappingFact.Tagged fact -> {
        TreeMap<String, String> all = new TreeMap<>(tags);
        all.putAll(fact.tags());
        yield tagged(all);
      }
      case MappingFact.Untagged fact -> {
        TreeMap<String, String> all = new TreeMap<>(tags);
        fact.keys().forEach(all::remove);
        yield tagged(all);
      }
      case MappingFact.Stopped fact ->
          new Mapping(
              id,
              settings,
              tags,
              createdMillis,
              modifiedMillis,
              0,
              poller,
              failures + 1,
              fact.message());
      case MappingFact.Resumed fact ->
          new Mapping(
              id,
              settings,
              tags,
              createdMillis,
              modifiedMillis,
              recorded.seq(),
              poller,
              failures,
              null);
    };
  }

  private Mapping changed(
      MappingSettings now,
      TreeMap<String, String> nowTags,
      long createdAtMillis,
      Recorded<MappingFact> recorded) {
    return new Mapping(
        id,
        now,
        nowTags,
        createdAtMillis,
        recorded.millis(),
        now.enabled() ? recorded.seq() : 0,
        poller,
        0,
        null);
  }

  private Mapping tagged(TreeMap<String, String> all) {
    return new Mapping(
        id, settings, all, createdMillis, modifiedMillis, poller, before, failures, problem);
  }
}
