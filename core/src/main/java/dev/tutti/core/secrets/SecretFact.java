package dev.tutti.core.secrets;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.kernel.Fact;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What happened to a secret. */
public sealed interface SecretFact extends Fact {

  /**
   * It is there, perhaps anew after a deletion.
   *
   * @param suffix of its ARN
   * @param token of the request that created it
   */
  record SecretCreated(
      String suffix, String token, @Nullable String description, Map<String, String> tags)
      implements SecretFact {}

  /**
   * It has a version more.
   *
   * @param stages its staging labels, which others lose
   */
  record ValuePut(SealedValue value, List<String> stages) implements SecretFact {}

  /** A staging label is another version's now, or no one's. */
  record StageMoved(String stage, @Nullable String to) implements SecretFact {}

  record SecretDescribed(String description) implements SecretFact {}

  record SecretTagged(Map<String, String> tags) implements SecretFact {}

  record SecretUntagged(List<String> keys) implements SecretFact {}

  record SecretPolicyPut(JsonNode policy) implements SecretFact {}

  record SecretPolicyRemoved() implements SecretFact {}

  /** A version was read for the first time on that day. */
  record VersionRead(String versionId) implements SecretFact {}

  /**
   * It can only be restored from now on.
   *
   * @param atMillis when it is gone, epoch milliseconds
   */
  record DeletionScheduled(long atMillis) implements SecretFact {}

  /**
   * It isn't to be deleted any more.
   *
   * @param round number of the fact that it takes back
   */
  record SecretRestored(@Nullable Long round) implements SecretFact {}

  /**
   * It is gone.
   *
   * @param round number of the fact by which it would have gone later; null where none would, or
   *     its time has come
   */
  record SecretDeleted(@Nullable Long round) implements SecretFact {}
}
