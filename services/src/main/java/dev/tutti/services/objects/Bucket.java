package dev.tutti.services.objects;

/**
 * Names a bucket.
 *
 * @param account whose it is, twelve digits
 */
public record Bucket(String account, String name) {}
