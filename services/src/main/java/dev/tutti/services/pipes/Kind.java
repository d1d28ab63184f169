package dev.tutti.services.pipes;

import java.util.EnumSet;
import java.util.Set;

/** What a pipe may go through and lead to. */
enum Kind {
  FUNCTION("lambda", "function:"),
  STATE_MACHINE("states", "stateMachine:"),
  QUEUE("sqs", ""),
  TOPIC("sns", ""),
  BUS("events", "event-bus/"),
  API_DESTINATION("events", "api-destination/"),
  LOG_GROUP("logs", "log-group:");

  private static final Set<Kind> ENRICHMENTS = EnumSet.of(FUNCTION, STATE_MACHINE, API_DESTINATION);

  private final String service;
  private final String prefix;

  Kind(String service, String prefix) {
    this.service = service;
    this.prefix = prefix;
  }

  /** The kind of a target; any other is refused by name. */
  static Kind ofTarget(String arn) {
    String[] parts = arn.split(":", 6);
    if (parts.length == 6) {
      for (Kind kind : values()) {
        if (kind.service.equals(parts[2]) && parts[5].startsWith(kind.prefix)) {
          return kind;
        }
      }
    }
    throw PipeInput.invalid("The target " + arn + " is not supported here.");
  }

  /** The kind of an enrichment; any other is refused by name. */
  static Kind ofEnrichment(String arn) {
    Kind kind = ofTarget(arn);
    if (!ENRICHMENTS.contains(kind)) {
      throw PipeInput.invalid("The enrichment " + arn + " is not supported here.");
    }
    return kind;
  }
}
