package dev.tutti.core.secrets;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Staging labels: each is at most one version's. Where {@code AWSCURRENT} moves, {@code
 * AWSPREVIOUS} goes to the version that had it. (AWS's page "What's in a Secrets Manager secret?")
 */
public final class Stages {
  public static final String CURRENT = "AWSCURRENT";
  public static final String PREVIOUS = "AWSPREVIOUS";
  static final String PENDING = "AWSPENDING";

  /** Versions without a label that are kept; older ones are forgotten. */
  private static final int MAX_DEPRECATED = 100;

  private Stages() {}

  /** The version that has a label. */
  public static Optional<SecretVersion> holder(Collection<SecretVersion> versions, String stage) {
    return versions.stream().filter(version -> version.stages().contains(stage)).findFirst();
  }

  /** With a version more, which takes its labels from the others. */
  static Map<String, SecretVersion> put(
      Map<String, SecretVersion> before, SealedValue value, List<String> stages, long millis) {
    Map<String, SecretVersion> versions = new LinkedHashMap<>(before);
    Optional<SecretVersion> current = holder(before.values(), CURRENT);
    versions.replaceAll((_, version) -> version.with(held -> held.removeAll(stages)));
    String id = value.versionId();
    versions.put(id, SecretVersion.of(value, Set.copyOf(stages), millis));
    if (stages.contains(CURRENT)) {
      current.ifPresent(old -> {
        succeed(versions, old.id());
        versions.computeIfPresent(
            old.id(), (_, version) -> version.with(held -> held.remove(PENDING)));
      });
    }
    return pruned(versions);
  }

  /** With a label given to another version, or to none. */
  static Map<String, SecretVersion> moved(
      Map<String, SecretVersion> before, String stage, @Nullable String to) {
    Map<String, SecretVersion> versions = new LinkedHashMap<>(before);
    Optional<SecretVersion> holder = holder(before.values(), stage);
    versions.replaceAll((_, version) -> version.with(held -> held.remove(stage)));
    if (to != null) {
      versions.computeIfPresent(to, (_, version) -> version.with(held -> held.add(stage)));
      if (stage.equals(CURRENT)) {
        holder.filter(old -> !old.id().equals(to)).ifPresent(old -> succeed(versions, old.id()));
      }
    }
    return pruned(versions);
  }

  private static void succeed(Map<String, SecretVersion> versions, String old) {
    versions.replaceAll((_, version) -> version.with(held -> held.remove(PREVIOUS)));
    versions.computeIfPresent(old, (_, version) -> version.with(held -> held.add(PREVIOUS)));
  }

  private static Map<String, SecretVersion> pruned(Map<String, SecretVersion> versions) {
    List<String> deprecated =
        versions.values().stream()
            .filter(SecretVersion::isDeprecated)
            .map(SecretVersion::id)
            .toList();
    if (deprecated.size() > MAX_DEPRECATED) {
      deprecated.subList(0, deprecated.size() - MAX_DEPRECATED).forEach(versions::remove);
    }
    return Collections.unmodifiableMap(versions);
  }
}
