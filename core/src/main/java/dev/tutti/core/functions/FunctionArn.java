package dev.tutti.core.functions;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which function is meant: by name, partial ARN ({@code 123456789012:function:name}) or ARN, each
 * with or without a qualifier.
 *
 * @param qualifier {@code $LATEST}, a version's number or an alias; null where none was named
 */
public record FunctionArn(String region, String context, String name, @Nullable String qualifier) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?:arn:[^:]+:lambda:)?(?:([a-z]{2}(?:-[a-z]+)+-\\d):)?(?:(\\d{12}):)?(?:function:)?"
              + "([^:]+)(?::([^:]+))?");

  /**
   * Reads a {@code FunctionName}; what it leaves out is the caller's.
   *
   * @return null where the text has none of the forms
   */
  public static @Nullable FunctionArn parse(String text, String region, String context) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    return new FunctionArn(
        matcher.group(1) == null ? region : matcher.group(1),
        matcher.group(2) == null ? context : matcher.group(2),
        matcher.group(3),
        matcher.group(4));
  }

  /** The ARN without qualifier: the aggregate's id. */
  public String unqualified() {
    return "arn:aws:lambda:" + region + ':' + context + ":function:" + name;
  }

  /** The ARN with the qualifier where there is one. */
  public String text() {
    return qualifier == null ? unqualified() : unqualified() + ':' + qualifier;
  }

  public FunctionArn with(@Nullable String newQualifier) {
    return new FunctionArn(region, context, name, newQualifier);
  }
}
