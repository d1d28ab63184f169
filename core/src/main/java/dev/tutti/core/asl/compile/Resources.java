package dev.tutti.core.asl.compile;

import dev.tutti.core.asl.Resource;
import dev.tutti.core.asl.Resource.Pattern;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** Reads what a Task's Resource names. Whether an integration exists is not asked here. */
final class Resources {
  private static final java.util.regex.Pattern FUNCTION =
      java.util.regex.Pattern.compile(
          "arn:[^:]*:lambda:[\\w-]*:[\\w-]*:function:[\\w-]+(:(\\$LATEST|[\\w-]+))?");
  private static final java.util.regex.Pattern ACTIVITY =
      java.util.regex.Pattern.compile("arn:[^:]*:states:[\\w-]+:\\d+:activity:.+");
  private static final java.util.regex.Pattern INTEGRATION =
      java.util.regex.Pattern.compile(
          "arn:[^:]*:states:[\\w-]*:\\d*:(aws-sdk:)?([\\w-]+):(\\w+)"
              + "(\\.sync:2|\\.sync|\\.waitForTaskToken)?");
  private static final java.util.regex.Pattern URI =
      java.util.regex.Pattern.compile("[A-Za-z][\\w+.-]*:[^\\s$]+");

  private Resources() {}

  /** The resource that a text names, null where it names none. */
  static @Nullable Resource parse(String text) {
    boolean ofLambda = text.contains(":lambda:");
    if (ofLambda && FUNCTION.matcher(text).matches()) {
      return new Resource.Function(text);
    }
    if (text.contains(":activity:") && ACTIVITY.matcher(text).matches()) {
      return new Resource.Activity(text);
    }
    Matcher integration = INTEGRATION.matcher(text);
    if (integration.matches()) {
      String service = integration.group(2);
      String action = integration.group(3);
      Pattern pattern = pattern(integration.group(4));
      return integration.group(1) == null
          ? new Resource.Optimised(text, service, action, pattern)
          : new Resource.AwsSdk(text, service, action, pattern);
    }
    boolean brokenFunction = ofLambda && text.matches("arn:[^:]*:lambda:[^:]*:[^:]*:function:.*");
    return !brokenFunction && URI.matcher(text).matches() ? new Resource.Other(text) : null;
  }

  private static Pattern pattern(@Nullable String suffix) {
    for (Pattern pattern : Pattern.values()) {
      if (pattern.suffix().equals(suffix)) {
        return pattern;
      }
    }
    return Pattern.REQUEST_RESPONSE;
  }
}
