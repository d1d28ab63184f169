package dev.tutti.core.kernel;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 digests: copying one is cheaper than looking up who provides it. */
public final class Sha256 {
  private static final MessageDigest PROVIDED = provided();

  private Sha256() {}

  /** A digest that has seen nothing yet; not thread-safe. */
  public static MessageDigest fresh() {
    try {
      return (MessageDigest) PROVIDED.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the platform's SHA-256 can't be copied", e);
    }
  }

  private static MessageDigest provided() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
