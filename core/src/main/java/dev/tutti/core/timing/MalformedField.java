package dev.tutti.core.timing;

/** A field of a cron expression that can't be read. Stays within the package. */
final class MalformedField extends RuntimeException {
  MalformedField(String text) {
    super(text, null, false, false);
  }
}
