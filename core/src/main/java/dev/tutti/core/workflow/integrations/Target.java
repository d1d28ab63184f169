package dev.tutti.core.workflow.integrations;

import dev.tutti.core.asl.Resource;
import java.util.regex.Pattern;

/**
 * A Task's Resource, taken apart for histories.
 *
 * @param type {@code lambda}, {@code aws-sdk:sqs}, …
 * @param action {@code invoke.waitForTaskToken}, with its pattern's suffix
 */
public record Target(String type, String action, Resource.Pattern pattern) {
  private static final String SERVICES = "arn:aws:states:::";
  private static final Pattern ACTIVITY = Pattern.compile("arn:[^:]+:states:[^:]+:\\d+:activity:");
  private static final Pattern FUNCTION = Pattern.compile("arn:[^:]+:lambda:");

  /** Whether a Resource names a Lambda function itself. */
  public static boolean isFunction(String resource) {
    return FUNCTION.matcher(resource).lookingAt();
  }

  /** Whether a Resource names an activity. */
  public static boolean isActivity(String resource) {
    return resource.contains(":activity:") && ACTIVITY.matcher(resource).lookingAt();
  }

  /** Takes a service integration's ARN apart; whatever else it is becomes the type as a whole. */
  public static Target of(String resource) {
    if (!resource.startsWith(SERVICES)) {
      return new Target(resource, "", Resource.Pattern.REQUEST_RESPONSE);
    }
    String rest = resource.substring(SERVICES.length());
    Resource.Pattern pattern = pattern(rest);
    String bare = rest.substring(0, rest.length() - pattern.suffix().length());
    int colon = bare.lastIndexOf(':');
    return colon < 0
        ? new Target(bare, "", pattern)
        : new Target(
            bare.substring(0, colon), bare.substring(colon + 1) + pattern.suffix(), pattern);
  }

  private static Resource.Pattern pattern(String text) {
    for (Resource.Pattern pattern : Resource.Pattern.values()) {
      if (!pattern.suffix().isEmpty() && text.endsWith(pattern.suffix())) {
        return pattern;
      }
    }
    return Resource.Pattern.REQUEST_RESPONSE;
  }

  /** {@code invoke}: the action without its pattern's suffix. */
  public String operation() {
    return action.substring(0, action.length() - pattern.suffix().length());
  }
}
