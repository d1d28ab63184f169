package dev.tutti.runner.code;

/** A deployment package that is refused; nothing of it was kept. The message is for the caller. */
public final class BadPackage extends Exception {
  private static final long serialVersionUID = 1L;

  BadPackage(String message) {
    super(message);
  }

  BadPackage(String message, Throwable cause) {
    super(message, cause);
  }

  /** What Lambda says of bytes that aren't a readable zip. */
  static BadPackage notAZip(Throwable cause) {
    return new BadPackage(
        "Could not unzip uploaded file. Please check your file, then try to upload again.", cause);
  }

  static BadPackage notAZip(String why) {
    return notAZip(new IllegalArgumentException(why));
  }
}
