package dev.tutti.services.http;

import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Request;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Posts what SNS sends to its subscribers. Any 2xx is a success. */
public final class Poster implements Function<Request.Post, Outcome> {
  private static final int MAX_ANSWER_BYTES = 4096;

  private final Web web;
  private final Duration timeout;

  /**
   * Makes a poster.
   *
   * @param timeout for a whole exchange; SNS gives an endpoint 15 seconds
   */
  public Poster(Web web, Duration timeout) {
    this.web = web;
    this.timeout = timeout;
  }

  @Override
  public Outcome apply(Request.Post post) {
    List<Web.Pair> headers =
        post.headers().entrySet().stream()
            .map(header -> new Web.Pair(header.getKey(), header.getValue()))
            .toList();
    Web.Ask ask = new Web.Ask("POST", post.url(), headers, post.body(), timeout, MAX_ANSWER_BYTES);
    return switch (web.send(ask)) {
      case Web.Answer.Received answer when answer.status() / 100 == 2 ->
          new Outcome.Succeeded(Json.object().put("StatusCode", answer.status()));
      case Web.Answer.Received answer ->
          failed("HttpStatus" + answer.status(), answer.body(), answer.status());
      case Web.Answer.Missing none ->
          switch (none.fault()) {
            case UNSENDABLE -> failed("InvalidAddress", none.message(), 400);
            case TIMEOUT -> failed("Timeout", none.message(), 0);
            case CONNECTION -> failed("ConnectionFailed", none.message(), 0);
          };
    };
  }

  private static Outcome failed(String error, String message, int status) {
    return new Outcome.Failed("http", error, message, status);
  }
}
