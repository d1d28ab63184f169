package dev.tutti.services.http;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The world outside, over HTTP: all that this runtime sends to addresses of others goes through
 * here. Blocks; call it on a virtual thread.
 */
@FunctionalInterface
public interface Web {

  /** Sends a request and waits for its answer; what goes wrong on the way is an answer too. */
  Answer send(Ask ask);

  /** A header, or a parameter of a query; one name may come several times. */
  record Pair(String name, String value) {}

  /**
   * A request.
   *
   * @param headers those that are the client's own to set, as {@code Host}, are left out
   * @param body null where there is none
   * @param timeout for all of it, from connecting to the last byte
   * @param mostBytes how much of the answer's body is read
   */
  record Ask(
      String method,
      String url,
      List<Pair> headers,
      @Nullable String body,
      Duration timeout,
      int mostBytes) {}

  /** What came of a request. */
  sealed interface Answer {

    /**
     * An answer.
     *
     * @param headers names in lower case
     * @param body as UTF-8
     * @param whole whether that is all of the body
     */
    record Received(int status, List<Pair> headers, String body, boolean whole) implements Answer {
      /** The first value of a header, whose name is in lower case. */
      public Optional<String> header(String name) {
        return headers.stream()
            .filter(pair -> pair.name().equals(name))
            .map(Pair::value)
            .findFirst();
      }
    }

    /** There was none. */
    record Missing(Fault fault, String message) implements Answer {}
  }

  /** Why there was no answer. */
  enum Fault {
    /** The address, or something else of the request, can't be sent. */
    UNSENDABLE,
    /** It took too long. */
    TIMEOUT,
    /** Nobody was reached, or the connection broke. */
    CONNECTION
  }
}
