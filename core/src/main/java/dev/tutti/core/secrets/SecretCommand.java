package dev.tutti.core.secrets;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.kernel.Command;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What somebody wants of a secret; a {@code caller} is the account that asks. */
public sealed interface SecretCommand extends Command {

  /**
   * Asked by the owner alone.
   *
   * @param token names the request, so that a repeated one changes nothing
   * @param value null where it is to have none yet
   */
  record Create(
      String token,
      @Nullable String description,
      Map<String, String> tags,
      @Nullable SealedValue value)
      implements SecretCommand {}

  /**
   * Adds a version.
   *
   * @param stages its staging labels; null is {@code AWSCURRENT} alone
   */
  record PutValue(String caller, SealedValue value, @Nullable List<String> stages)
      implements SecretCommand {}

  /** Changes what is given; null leaves it. */
  record Update(String caller, @Nullable String description, @Nullable SealedValue value)
      implements SecretCommand {}

  /**
   * Moves, gives or takes a staging label.
   *
   * @param from the version that has it; null where none has
   * @param to the version that gets it; null where none does
   */
  record MoveStage(String caller, String stage, @Nullable String from, @Nullable String to)
      implements SecretCommand {}

  /**
   * Deletes it.
   *
   * @param days after which it is gone, and until which it can be restored; null for at once
   */
  record Delete(String caller, @Nullable Integer days) implements SecretCommand {}

  record Restore(String caller) implements SecretCommand {}

  record Tag(String caller, Map<String, String> tags) implements SecretCommand {}

  record Untag(String caller, List<String> keys) implements SecretCommand {}

  record PutPolicy(String caller, JsonNode policy) implements SecretCommand {}

  record RemovePolicy(String caller) implements SecretCommand {}

  /** A version was read; may be lost, and counts once a day. */
  record NoteRead(String versionId) implements SecretCommand {}

  /** The time until which it could be restored is over. */
  record Expire(long round) implements SecretCommand {}
}
