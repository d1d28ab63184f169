package dev.tutti.wire;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of an {@code X-Amzn-Trace-Id} header that says what caused a request.
 *
 * @param root the trace's id, {@code 1-<8 hex digits>-<24 hex digits>}
 * @param parent the span that caused it, 16 hex digits; empty where the caller named none
 */
public record TraceHeader(String root, String parent) {
  private static final Pattern ROOT =
      Pattern.compile("(?i)\\bRoot=(1-[0-9a-f]{8}-[0-9a-f]{24})\\b");
  private static final Pattern PARENT = Pattern.compile("(?i)\\bParent=([0-9a-f]{16})\\b");

  /** Reads a header; empty where it has no well-formed root, as AWS ignores such a header. */
  public static Optional<TraceHeader> parse(String header) {
    Matcher root = ROOT.matcher(header);
    if (!root.find()) {
      return Optional.empty();
    }
    Matcher parent = PARENT.matcher(header);
    return Optional.of(new TraceHeader(root.group(1), parent.find() ? parent.group(1) : ""));
  }

  /** The header's text, as handed to a function. */
  public String text() {
    return parent.isEmpty()
        ? "Root=" + root + ";Sampled=1"
        : "Root=" + root + ";Parent=" + parent + ";Sampled=1";
  }
}
