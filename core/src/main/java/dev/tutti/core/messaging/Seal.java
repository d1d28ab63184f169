package dev.tutti.core.messaging;

/**
 * What messages are signed with (AWS's page "Verifying the signatures of Amazon SNS messages"). The
 * same text gives the same signature, so a message that is made again is the same message.
 */
public interface Seal {
  /**
   * Signs a text with RSA (PKCS #1 v1.5).
   *
   * @param version {@code 1} for SHA-1, {@code 2} for SHA-256
   * @return base64
   */
  String sign(String text, String version);

  /** Where the certificate is that verifies it. */
  String certificateUrl();

  /** For whoever reads facts only, and never signs. */
  static Seal absent() {
    return new Seal() {
      @Override
      public String sign(String text, String version) {
        throw new UnsupportedOperationException("there is nothing to sign with");
      }

      @Override
      public String certificateUrl() {
        throw new UnsupportedOperationException("there is nothing to sign with");
      }
    };
  }
}
