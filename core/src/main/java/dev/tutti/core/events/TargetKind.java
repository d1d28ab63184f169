package dev.tutti.core.events;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a target may be. */
public enum TargetKind {
  FUNCTION("lambda", "function:.+"),
  STATE_MACHINE("states", "stateMachine:.+"),
  TOPIC("sns", "[A-Za-z0-9_.-]+"),
  BUS("events", "event-bus/.+"),
  API_DESTINATION("events", "api-destination/.+/.+"),
  QUEUE("sqs", "[A-Za-z0-9_-]+(\\.fifo)?"),
  LOG_GROUP("logs", "log-group:[A-Za-z0-9_/.#-]+(:\\*)?");

  private static final Pattern ARN =
      Pattern.compile("arn:aws:([a-z0-9-]+):([a-z0-9-]*):([0-9]{12})?:(.+)");

  private final String service;
  private final Pattern resource;

  TargetKind(String service, String resource) {
    this.service = service;
    this.resource = Pattern.compile(resource);
  }

  /** The kind of an ARN; empty where no target of that kind can be called. */
  public static Optional<TargetKind> of(String arn) {
    Matcher matcher = ARN.matcher(arn);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    for (TargetKind kind : values()) {
      if (kind.service.equals(matcher.group(1))
          && kind.resource.matcher(matcher.group(4)).matches()) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  static boolean isArn(String text) {
    return ARN.matcher(text).matches();
  }

  /** The account in an ARN; empty where it names none. */
  static String account(String arn) {
    return part(arn, 3);
  }

  /** The region in an ARN; empty where it names none. */
  static String region(String arn) {
    return part(arn, 2);
  }

  /** The service in an ARN. */
  static String service(String arn) {
    return part(arn, 1);
  }

  private static String part(String arn, int group) {
    Matcher matcher = ARN.matcher(arn);
    if (!matcher.matches()) {
      return "";
    }
    String part = matcher.group(group);
    return part == null ? "" : part;
  }
}
