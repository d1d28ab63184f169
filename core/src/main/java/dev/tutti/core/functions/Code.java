package dev.tutti.core.functions;

/**
 * Names a deployment package.
 *
 * @param sha256 SHA-256 of the archive in base64, as Lambda's {@code CodeSha256}
 * @param sizeBytes size of the archive
 */
public record Code(String sha256, long sizeBytes) {}
