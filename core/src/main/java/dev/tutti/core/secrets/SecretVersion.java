package dev.tutti.core.secrets;

import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A version of a secret. Immutable.
 *
 * @param stages its staging labels, sorted; without one it is deprecated
 * @param createdMillis epoch milliseconds
 * @param readMillis the day on which it was last read, epoch milliseconds of its begin; 0 for never
 */
public record SecretVersion(
    SealedValue value, SortedSet<String> stages, long createdMillis, long readMillis) {

  static SecretVersion of(SealedValue value, Set<String> stages, long createdMillis) {
    return new SecretVersion(value, sorted(stages), createdMillis, 0);
  }

  private static SortedSet<String> sorted(Set<String> stages) {
    return Collections.unmodifiableSortedSet(new TreeSet<>(stages));
  }

  public String id() {
    return value.versionId();
  }

  public boolean isDeprecated() {
    return stages.isEmpty();
  }

  SecretVersion with(Consumer<Set<String>> change) {
    Set<String> changed = new TreeSet<>(stages);
    change.accept(changed);
    return new SecretVersion(value, sorted(changed), createdMillis, readMillis);
  }

  SecretVersion readOn(long dayMillis) {
    return new SecretVersion(value, stages, createdMillis, dayMillis);
  }
}
