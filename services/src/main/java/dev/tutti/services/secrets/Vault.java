package dev.tutti.services.secrets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals secrets with the data directory's own key, so that they may stand in facts: AES-256-GCM
 * (NIST SP 800-38D), a new nonce each time, bound to the name of what they belong to. See ADR 10.
 */
public final class Vault {
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final String MAC = "HmacSHA256";
  private static final String DIGESTS = "tutti digests";
  private static final String FORM = "v1.";
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecretKeySpec key;
  private final SecureRandom random = new SecureRandom();

  private Vault(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
  }

  /** One whose key is nowhere but in memory: what it seals can't be opened by any other. */
  public static Vault inMemory() {
    byte[] made = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(made);
    return new Vault(made);
  }

  /** Opens the key of a folder, and makes one where there is none. */
  public static Vault open(Path folder) throws IOException {
    Path file = folder.resolve("key");
    if (!Files.exists(file)) {
      byte[] made = new byte[KEY_BYTES];
      new SecureRandom().nextBytes(made);
      OwnerFile.write(file, made);
    }
    byte[] key = Files.readAllBytes(file);
    if (key.length != KEY_BYTES) {
      throw new IOException(file + " is not a key of " + KEY_BYTES + " bytes");
    }
    return new Vault(key);
  }

  /** What can't be opened: it was sealed with another key, for something else, or is damaged. */
  public static final class Unopened extends RuntimeException {
    Unopened(Throwable cause) {
      super("the secrets can't be opened with this data directory's key", cause);
    }
  }

  /**
   * Seals a text.
   *
   * @param of the name of what it belongs to; only under that name can it be opened
   */
  public String seal(String text, String of) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce, of);
      byte[] sealed = cipher.doFinal(text.getBytes(StandardCharsets.UTF_8));
      ByteBuffer all = ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(nonce).put(sealed);
      return FORM + Base64.getEncoder().encodeToString(all.array());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + CIPHER, e);
    }
  }

  /**
   * Opens what {@link #seal} made.
   *
   * @throws Unopened where that isn't possible
   */
  public String open(String sealed, String of) {
    if (!sealed.startsWith(FORM)) {
      throw new Unopened(new IllegalArgumentException("an unknown form"));
    }
    try {
      byte[] all = Base64.getDecoder().decode(sealed.substring(FORM.length()));
      if (all.length < NONCE_BYTES) {
        throw new AEADBadTagException("too short");
      }
      byte[] nonce = Arrays.copyOf(all, NONCE_BYTES);
      byte[] text =
          cipher(Cipher.DECRYPT_MODE, nonce, of)
              .doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES);
      return new String(text, StandardCharsets.UTF_8);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new Unopened(e);
    }
  }

  /**
   * What is the same for the same text, and tells nothing of it to who hasn't the key: HMAC-SHA-256
   * (RFC 2104) under a key of its own, made of this one.
   *
   * @param of as for {@link #seal}: the same text of something else has another digest
   */
  public String digest(String text, String of) {
    byte[] own = mac(key, DIGESTS.getBytes(StandardCharsets.UTF_8));
    byte[] name = of.getBytes(StandardCharsets.UTF_8);
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    byte[] all =
        ByteBuffer.allocate(Integer.BYTES + name.length + content.length)
            .putInt(name.length)
            .put(name)
            .put(content)
            .array();
    return FORM + Base64.getEncoder().encodeToString(mac(new SecretKeySpec(own, MAC), all));
  }

  private static byte[] mac(SecretKeySpec key, byte[] bytes) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(key);
      return mac.doFinal(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + MAC, e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, String of) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(of.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
