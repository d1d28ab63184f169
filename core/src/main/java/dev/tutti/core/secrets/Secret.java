package dev.tutti.core.secrets;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.kernel.Recorded;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A secret. Immutable.
 *
 * @param about null where there is no secret
 * @param versions by their ids, the oldest first
 * @param policy null where there is none
 * @param deletion null where it isn't to be deleted
 */
public record Secret(
    SecretName name,
    @Nullable About about,
    Map<String, SecretVersion> versions,
    @Nullable JsonNode policy,
    @Nullable Deletion deletion) {
  private static final long DAY_MILLIS = 86_400_000;

  /**
   * What there is to say of it.
   *
   * @param suffix of its ARN
   * @param token of the request that created it
   * @param createdMillis epoch milliseconds, as is the other
   */
  public record About(
      String suffix,
      String token,
      @Nullable String description,
      SortedMap<String, String> tags,
      long createdMillis,
      long changedMillis) {}

  /**
   * That it is to be deleted.
   *
   * @param round number of the fact that said so
   * @param askedMillis when somebody asked for it, epoch milliseconds
   * @param atMillis when it is gone
   */
  public record Deletion(long round, long askedMillis, long atMillis) {}

  static Secret blank(SecretName name) {
    return new Secret(name, null, Map.of(), null, null);
  }

  public boolean exists() {
    return about != null;
  }

  /** Its ARN; without a suffix where there is no secret. */
  public String arn() {
    return about == null ? name.partialArn() : name.arn(about.suffix());
  }

  /** The day on which any version was last read, epoch milliseconds; 0 for never. */
  public long readMillis() {
    return versions.values().stream().mapToLong(SecretVersion::readMillis).max().orElse(0);
  }

  /** The begin of a time's day, epoch milliseconds. */
  public static long day(long millis) {
    return millis - Math.floorMod(millis, DAY_MILLIS);
  }

  Optional<SecretVersion> version(@Nullable String id) {
    return id == null ? Optional.empty() : Optional.ofNullable(versions.get(id));
  }

  Secret after(Recorded<SecretFact> recorded) {
    long now = recorded.millis();
    return switch (recorded.fact()) {
      case SecretFact.SecretCreated fact ->
          new Secret(
              name,
              new About(
                  fact.suffix(), fact.token(), fact.description(), sorted(fact.tags()), now, now),
              Map.of(),
              null,
              null);
      case SecretFact.ValuePut fact ->
          having(Stages.put(versions, fact.value(), fact.stages(), now)).changed(now);
      case SecretFact.StageMoved fact ->
          having(Stages.moved(versions, fact.stage(), fact.to())).changed(now);
      case SecretFact.SecretDescribed fact -> saying(fact.description(), tags(), now);
      case SecretFact.SecretTagged fact -> {
        Map<String, String> tags = new HashMap<>(tags());
        tags.putAll(fact.tags());
        yield saying(description(), tags, now);
      }
      case SecretFact.SecretUntagged fact -> {
        Map<String, String> tags = new HashMap<>(tags());
        fact.keys().forEach(tags::remove);
        yield saying(description(), tags, now);
      }
      case SecretFact.SecretPolicyPut fact -> governed(fact.policy());
      case SecretFact.SecretPolicyRemoved _ -> governed(null);
      case SecretFact.VersionRead fact -> {
        Map<String, SecretVersion> read = new LinkedHashMap<>(versions);
        read.computeIfPresent(fact.versionId(), (_, version) -> version.readOn(day(now)));
        yield having(Collections.unmodifiableMap(read));
      }
      case SecretFact.DeletionScheduled fact ->
          ending(new Deletion(recorded.seq(), now, fact.atMillis()));
      case SecretFact.SecretRestored _ -> ending(null);
      case SecretFact.SecretDeleted _ -> blank(name);
    };
  }

  private @Nullable String description() {
    return about == null ? null : about.description();
  }

  private Map<String, String> tags() {
    return about == null ? Map.of() : about.tags();
  }

  private static SortedMap<String, String> sorted(Map<String, String> tags) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(tags));
  }

  private Secret saying(@Nullable String text, Map<String, String> tags, long now) {
    if (about == null) {
      return this;
    }
    About said =
        new About(about.suffix(), about.token(), text, sorted(tags), about.createdMillis(), now);
    return new Secret(name, said, versions, policy, deletion);
  }

  private Secret changed(long now) {
    return saying(description(), tags(), now);
  }

  private Secret having(Map<String, SecretVersion> now) {
    return new Secret(name, about, now, policy, deletion);
  }

  private Secret governed(@Nullable JsonNode by) {
    return new Secret(name, about, versions, by, deletion);
  }

  private Secret ending(@Nullable Deletion end) {
    return new Secret(name, about, versions, policy, end);
  }
}
