package dev.tutti.core.messaging;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An app on a device, which pushes reach.
 *
 * @param arn {@code arn:aws:sns:REGION:ACCOUNT:endpoint/PLATFORM/APPLICATION/UUID}
 * @param attributes {@code Token}, {@code Enabled}, and {@code CustomUserData} where it has some
 */
public record PushEndpoint(String arn, Map<String, String> attributes) {
  /** What the platform's notification service calls the device. */
  public static final String TOKEN = "Token";

  /** {@code true} or {@code false}: whether anything is sent to it. */
  public static final String ENABLED = "Enabled";

  public static final String USER_DATA = "CustomUserData";

  private static final Pattern ARN =
      Pattern.compile("(arn:aws[a-z-]*:sns:[^:]*:[^:]*:)endpoint(/([^/]+)/[^/]+)/[^/]+");

  /** Whether an ARN speaks of an endpoint, if perhaps of none that can be. */
  public static boolean isArn(String arn) {
    return arn.startsWith("arn:") && arn.contains(":endpoint/");
  }

  /** The ARN of an endpoint's application; null where the endpoint's has not the form of one. */
  public static @Nullable String app(String endpointArn) {
    Matcher parts = ARN.matcher(endpointArn);
    return parts.matches() ? parts.group(1) + "app" + parts.group(2) : null;
  }

  /** The platform of an endpoint; empty where its ARN has not the form of one. */
  public static String platform(String endpointArn) {
    Matcher parts = ARN.matcher(endpointArn);
    return parts.matches() ? parts.group(3) : "";
  }

  /** The ARN of an application's endpoint. */
  static String arn(String appArn, String id) {
    return appArn.replaceFirst(":app/", ":endpoint/") + '/' + id;
  }

  public String token() {
    return attributes.getOrDefault(TOKEN, "");
  }

  public boolean enabled() {
    return "true".equals(attributes.get(ENABLED));
  }

  PushEndpoint with(Map<String, String> changes) {
    return new PushEndpoint(arn, Attributes.changed(attributes, changes));
  }
}
