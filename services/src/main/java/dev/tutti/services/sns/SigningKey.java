package dev.tutti.services.sns;

import dev.tutti.core.kernel.Ids;
import dev.tutti.core.messaging.Seal;
import dev.tutti.services.secrets.OwnerFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The runtime's own key for SNS's messages, and its certificate, signed by itself. It is made when
 * something is first to be signed, which takes up to a second, and stays the same: whoever kept a
 * message can verify it later.
 */
public final class SigningKey implements Seal {
  /** What the certificate's path begins with. */
  public static final String PATH_PREFIX = "/SimpleNotificationService-";

  private static final String KEY = "key.p8";
  private static final String CERTIFICATE = "certificate.pem";
  private static final int BITS = 2048;
  private static final Duration VALID = Duration.ofDays(100 * 365L);
  private static final int[] SHA256_WITH_RSA = {1, 2, 840, 113549, 1, 1, 11};
  private static final int[] COMMON_NAME = {2, 5, 4, 3};
  private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

  private final Path folder;
  private final String publicUrl;
  private volatile @Nullable Pair pair;

  /** The key, and its certificate in PEM. */
  private record Pair(PrivateKey key, String certificate) {}

  private SigningKey(Path folder, String publicUrl) {
    this.folder = folder;
    this.publicUrl = publicUrl;
  }

  /**
   * Opens the key of a folder; where there is none, one is made when it is first used.
   *
   * @param publicUrl where the certificate is served, for example {@code http://127.0.0.1:4566}
   * @throws IOException where there is one that can't be used
   */
  public static SigningKey open(Path folder, String publicUrl) throws IOException {
    SigningKey opened = new SigningKey(folder, publicUrl);
    if (Files.exists(folder.resolve(CERTIFICATE))) {
      opened.pair = opened.load();
    }
    return opened;
  }

  private Pair pair() {
    Pair known = pair;
    return known == null ? make() : known;
  }

  private synchronized Pair make() {
    Pair made = pair;
    if (made == null) {
      try {
        make(folder.resolve(KEY), folder.resolve(CERTIFICATE));
        made = load();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every Java platform has RSA", e);
      } catch (IOException e) {
        throw new UncheckedIOException("no signing key can be made in " + folder, e);
      }
      pair = made;
    }
    return made;
  }

  private Pair load() throws IOException {
    try {
      PrivateKey key =
          KeyFactory.getInstance("RSA")
              .generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(folder.resolve(KEY))));
      return new Pair(key, Files.readString(folder.resolve(CERTIFICATE)));
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

  @Override
  public String sign(String text, String version) {
    try {
      Signature signature =
          Signature.getInstance(version.equals("2") ? "SHA256withRSA" : "SHA1withRSA");
      signature.initSign(pair().key());
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a message could not be signed", e);
    }
  }

  @Override
  public String certificateUrl() {
    return publicUrl + path();
  }

  /** Where the certificate is on this server: its name tells its content. */
  public String path() {
    return PATH_PREFIX + Ids.hex(certificate(), 32) + ".pem";
  }

  /** The certificate in PEM. */
  public String certificate() {
    return pair().certificate();
  }
}
