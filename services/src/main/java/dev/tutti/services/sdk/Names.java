package dev.tutti.services.sdk;

import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names as AWS's SDK for Java, version 2, makes them; Step Functions uses the same. */
public final class Names {
  /** A run of capitals up to the next word, or a word, each with the digits behind it. */
  private static final Pattern WORD = Pattern.compile("[A-Z]+(?![a-z])\\d*|[A-Z]?[a-z]+\\d*|\\d+");

  private Names() {}

  /** {@code SFN} is {@code Sfn}, {@code CloudWatch Logs} {@code CloudWatchLogs}. */
  public static String pascal(String name) {
    return WORD.matcher(name)
        .results()
        .map(MatchResult::group)
        .map(word ->
            word.substring(0, 1).toUpperCase(Locale.ROOT)
                + word.substring(1).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining());
  }

  /** The name in a resource: {@code CloudWatch Logs} is {@code cloudwatchlogs}. */
  static String flat(String serviceId) {
    return serviceId.replace(" ", "").toLowerCase(Locale.ROOT);
  }

  /** {@code startExecution} is {@code StartExecution}. */
  static String operation(String action) {
    return action.isEmpty()
        ? action
        : Character.toUpperCase(action.charAt(0)) + action.substring(1);
  }
}
