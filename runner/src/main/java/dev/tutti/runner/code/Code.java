package dev.tutti.runner.code;

/**
 * A deployment package that is kept.
 *
 * @param sha256 digest of the zip in base64, as Lambda's {@code CodeSha256}
 * @param size of the zip, in bytes
 */
public record Code(String sha256, long size) {}
