package dev.tutti.wire;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of an {@code X-Amzn-Trace-Id} header that says what caused a request.
 *
 * @param root the trace's id, {@code 1-<8 hex digits>-<24 hex digits>}
 * @param parent the span that caused it, 16 hex digits; empty where the caller named none
 * @param lineage what it has passed, {@code <8 hex digits>:<times>} joined by {@code |}; null where
 *     nothing. AWS too counts in this field how often something comes round
 */
public record TraceHeader(String root, String parent, @Nullable String lineage) {
  private static final Pattern ROOT =
      Pattern.compile("(?i)\\bRoot=(1-[0-9a-f]{8}-[0-9a-f]{24})\\b");
  private static final Pattern PARENT = Pattern.compile("(?i)\\bParent=([0-9a-f]{16})\\b");

  private static final Pattern LINEAGE =
      Pattern.compile("(?i)\\bLineage=([0-9a-f]{8}:[0-9]{1,6}(?:\\|[0-9a-f]{8}:[0-9]{1,6}){0,31})");

  /** One that has passed nothing. */
  public TraceHeader(String root, String parent) {
    this(root, parent, null);
  }

  /** Reads a header; empty where it has no well-formed root, as AWS ignores such a header. */
  public static Optional<TraceHeader> parse(String header) {
    Matcher root = ROOT.matcher(header);
    if (!root.find()) {
      return Optional.empty();
    }
    Matcher parent = PARENT.matcher(header);
    Matcher lineage = LINEAGE.matcher(header);
    return Optional.of(
        new TraceHeader(
            root.group(1),
            parent.find() ? parent.group(1) : "",
            lineage.find() ? lineage.group(1) : null));
  }

  /** The header's text, as handed to a function. */
  public String text() {
    return "Root="
        + root
        + (parent.isEmpty() ? "" : ";Parent=" + parent)
        + ";Sampled=1"
        + (lineage == null ? "" : ";Lineage=" + lineage);
  }
}
