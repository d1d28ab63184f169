package dev.tutti.services.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.services.http.RetryAfter;
import dev.tutti.services.http.Web;
import dev.tutti.wire.ServiceError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Posts a message to a gateway. What it answers with is what becomes of the delivery: any 2xx took
 * it, 410 says that nobody is there any more, other 4xx refuse it for good, all else passes.
 */
final class Posting {
  private static final Duration TIMEOUT = Duration.ofSeconds(15);
  private static final int MOST_BYTES = 4096;
  private static final int GONE = 410;

  private final Web web;
  private final LongSupplier clock;

  /**
   * @param clock epoch milliseconds
   */
  Posting(Web web, LongSupplier clock) {
    this.web = web;
    this.clock = clock;
  }

  /** What a gateway answered where it didn't refuse. */
  enum Taken {
    SENT,
    GONE
  }

  /**
   * Posts one.
   *
   * @throws ServiceError where the gateway didn't take it
   */
  Taken post(Gateway gateway, JsonNode message) {
    List<Web.Pair> headers = new ArrayList<>();
    headers.add(new Web.Pair("Content-Type", "application/json; charset=utf-8"));
    if (gateway.token() != null) {
      headers.add(new Web.Pair("Authorization", "Bearer " + gateway.token()));
    }
    Web.Ask ask =
        new Web.Ask("POST", gateway.url(), headers, Json.write(message), TIMEOUT, MOST_BYTES);
    return switch (web.send(ask)) {
      case Web.Answer.Received answer when answer.status() / 100 == 2 -> Taken.SENT;
      case Web.Answer.Received answer when answer.status() == GONE -> Taken.GONE;
      case Web.Answer.Received answer -> throw refused(gateway, answer);
      case Web.Answer.Missing none ->
          throw switch (none.fault()) {
            case UNSENDABLE -> new ServiceError("InvalidParameter", none.message());
            case TIMEOUT -> new ServiceError("Timeout", none.message(), 504);
            case CONNECTION -> new ServiceError("ConnectionFailed", none.message(), 503);
          };
    };
  }

  /** Without what it said: that may repeat secrets which it was sent. */
  private ServiceError refused(Gateway gateway, Web.Answer.Received answer) {
    ObjectNode members = Json.object();
    RetryAfter.seconds(answer, clock.getAsLong())
        .ifPresent(seconds -> members.put(RetryAfter.MEMBER, seconds));
    return new ServiceError(
        "HttpStatus" + answer.status(),
        "the gateway " + gateway + " answered " + answer.status(),
        answer.status(),
        members);
  }
}
