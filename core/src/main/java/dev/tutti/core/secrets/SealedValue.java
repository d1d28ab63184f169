package dev.tutti.core.secrets;

/**
 * A secret's value, which only its service can open.
 *
 * @param versionId of the version that has it: the ClientRequestToken of the request that brought
 *     it
 * @param sealed encrypted under the data directory's key
 * @param digest the same for the same value of the same version, and says nothing of it to who
 *     hasn't the key
 */
public record SealedValue(String versionId, String sealed, String digest) {

  /** Says nothing of what is sealed. */
  @Override
  public String toString() {
    return "SealedValue[" + versionId + "]";
  }
}
