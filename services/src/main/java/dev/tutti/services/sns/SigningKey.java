package dev.tutti.services.sns;

import dev.tutti.core.messaging.Seal;
import dev.tutti.services.secrets.OwnerFile;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The runtime's own key for SNS's messages, and its certificate, signed by itself. It is made when
 * a data directory is first used and stays the same: whoever kept a message can verify it later.
 */
public final class SigningKey implements Seal {
  /** What the certificate's address ends in, after {@code /SimpleNotificationService-}. */
  private static final String FILE = "SimpleNotificationService-";

  private static final int BITS = 2048;
  private static final Duration VALID = Duration.ofDays(100 * 365L);
  private static final int[] SHA256_WITH_RSA = {1, 2, 840, 113549, 1, 1, 11};
  private static final int[] COMMON_NAME = {2, 5, 4, 3};
  private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

  private final PrivateKey key;
  private final String certificate;
  private final String path;
  private final String publicUrl;

  private SigningKey(PrivateKey key, String certificate, String publicUrl) throws IOException {
    this.key = key;
    this.certificate = certificate;
    this.publicUrl = publicUrl;
    this.path = '/' + FILE + fingerprint(certificate) + ".pem";
  }

  /**
   * Opens the key of a folder, and makes one where there is none.
   *
   * @param publicUrl where the certificate is served, for example {@code http://127.0.0.1:4566}
   */
  public static SigningKey open(Path folder, String publicUrl) throws IOException {
    Path keyFile = folder.resolve("key.p8");
    Path certificateFile = folder.resolve("certificate.pem");
    try {
      if (!Files.exists(certificateFile)) {
        make(keyFile, certificateFile);
      }
      PrivateKey key =
          KeyFactory.getInstance("RSA")
              .generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(keyFile)));
      return new SigningKey(key, Files.readString(certificateFile), publicUrl);
    } catch (GeneralSecurityException e) {
      throw new IOException("the signing key in " + folder + " can't be used", e);
    }
  }

  /** The key first: the certificate's file says that both are there. */
  private static void make(Path keyFile, Path certificateFile)
      throws GeneralSecurityException, IOException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(BITS);
    KeyPair pair = generator.generateKeyPair();
    OwnerFile.write(keyFile, pair.getPrivate().getEncoded());
    OwnerFile.write(certificateFile, pem(certificate(pair)).getBytes(StandardCharsets.US_ASCII));
  }

  /** An X.509 certificate of version 3 (RFC 5280, 4.1) for a key, by that key. */
  private static byte[] certificate(KeyPair pair) throws GeneralSecurityException {
    Instant now = Instant.now();
    byte[] algorithm = Der.sequence(Der.object(SHA256_WITH_RSA), Der.nothing());
    byte[] name =
        Der.sequence(Der.set(Der.sequence(Der.object(COMMON_NAME), Der.text("Tutti SNS"))));
    byte[] body =
        Der.sequence(
            Der.explicit(0, Der.integer(BigInteger.TWO)),
            Der.integer(BigInteger.valueOf(now.toEpochMilli())),
            algorithm,
            name,
            Der.sequence(Der.time(now.minus(Duration.ofDays(1))), Der.time(now.plus(VALID))),
            name,
            pair.getPublic().getEncoded());
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(pair.getPrivate());
    signature.update(body);
    return Der.sequence(body, algorithm, Der.bits(signature.sign()));
  }

  private static String pem(byte[] certificate) {
    return "-----BEGIN CERTIFICATE-----\n"
        + LINES.encodeToString(certificate)
        + "\n-----END CERTIFICATE-----\n";
  }

  private static String fingerprint(String certificate) throws IOException {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(certificate.getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (GeneralSecurityException e) {
      throw new IOException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public String sign(String text, String version) {
    try {
      Signature signature =
          Signature.getInstance(version.equals("2") ? "SHA256withRSA" : "SHA1withRSA");
      signature.initSign(key);
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a message could not be signed", e);
    }
  }

  @Override
  public String certificateUrl() {
    return publicUrl + path;
  }

  /** Where the certificate is on this server. */
  public String path() {
    return path;
  }

  /** The certificate in PEM. */
  public String certificate() {
    return certificate;
  }
}
