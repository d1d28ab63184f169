package dev.tutti.services.secretsmanager;

import dev.tutti.core.secrets.SealedValue;
import dev.tutti.core.secrets.SecretName;
import dev.tutti.services.secrets.Vault;
import dev.tutti.wire.ServiceError;

/**
 * Seals values before they become part of a command, and opens them for an answer. Bound in are the
 * secret's ARN, without the suffix that isn't drawn yet, and the version: a value is opened as that
 * version of that secret or not at all.
 */
final class Sealing {
  private final Vault vault;

  Sealing(Vault vault) {
    this.vault = vault;
  }

  SealedValue seal(SecretName secret, String versionId, Content content) {
    String of = of(secret, versionId);
    String text = content.written();
    return new SealedValue(versionId, vault.seal(text, of), vault.digest(text, of));
  }

  /**
   * Opens a value.
   *
   * @throws ServiceError where this data directory's key can't
   */
  Content open(SecretName secret, SealedValue value) {
    try {
      return Content.read(vault.open(value.sealed(), of(secret, value.versionId())));
    } catch (Vault.Unopened e) {
      throw new ServiceError(
          "DecryptionFailure",
          "Secrets Manager can't decrypt the protected secret text: " + e.getMessage() + ".");
    }
  }

  private static String of(SecretName secret, String versionId) {
    return secret.partialArn() + '#' + versionId;
  }
}
