package dev.tutti.services.connections;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.connections.ConnectionArn;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import dev.tutti.services.http.Web;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Access tokens of connections (RFC 6749, 4.4), in memory only. One is asked for when it is needed,
 * used until shortly before it expires, and dropped when somebody doesn't take it.
 */
final class Tokens {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int MOST_BYTES = 64 * 1024;

  /** A token is not used when it has less left than this. */
  private static final long MARGIN_MILLIS = 30_000;

  private final Web web;
  private final LongSupplier clock;
  private final Map<ConnectionArn, Slot> slots = new ConcurrentHashMap<>();

  Tokens(Web web, LongSupplier clock) {
    this.web = web;
    this.clock = clock;
  }

  /** A connection's token; whoever needs it while it is being asked for waits for that one. */
  private static final class Slot {
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Token token;
  }

  /**
   * A token.
   *
   * @param round of the connection that it was had with
   */
  private record Token(long round, String header, long untilMillis) {}

  /** No token was had. */
  static final class Unavailable extends Exception {
    Unavailable(String message) {
      super(message, null, false, false);
    }
  }

  /**
   * The value of the header {@code Authorization}.
   *
   * @param round which of the connection's authorizations the parameters are of
   */
  String header(ConnectionArn connection, long round, AuthParameters parameters)
      throws Unavailable {
    Slot slot = slots.computeIfAbsent(connection, _ -> new Slot());
    slot.lock.lock();
    try {
      Token token = slot.token;
      if (token == null || token.round != round || token.untilMillis <= clock.getAsLong()) {
        token = ask(round, parameters);
        slot.token = token;
      }
      return token.header;
    } finally {
      slot.lock.unlock();
    }
  }

  /** Forgets a token that somebody didn't take, unless there is another by now. */
  void drop(ConnectionArn connection, String header) {
    Slot slot = slots.get(connection);
    if (slot == null) {
      return;
    }
    slot.lock.lock();
    try {
      if (slot.token != null && slot.token.header.equals(header)) {
        slot.token = null;
      }
    } finally {
      slot.lock.unlock();
    }
  }

  private Token ask(long round, AuthParameters parameters) throws Unavailable {
    Web.Answer answer = web.send(request(parameters));
    return switch (answer) {
      case Web.Answer.Missing none ->
          throw new Unavailable(
              "The authorization endpoint could not be reached: "
                  + switch (none.fault()) {
                    case UNSENDABLE -> "it is no address.";
                    case TIMEOUT -> "it did not answer in time.";
                    case CONNECTION -> "there was no connection.";
                  });
      case Web.Answer.Received received when received.status() / 100 != 2 ->
          throw new Unavailable(
              "The authorization endpoint answered with HTTP status " + received.status() + ".");
      case Web.Answer.Received received -> token(round, received.body());
    };
  }

  private static Web.Ask request(AuthParameters parameters) {
    String method = parameters.text("/OAuthParameters/HttpMethod").toUpperCase(Locale.ROOT);
    List<Web.Pair> query = new ArrayList<>(parameters.ofToken(AuthParameters.Part.QUERY));
    List<Web.Pair> form = new ArrayList<>(parameters.ofToken(AuthParameters.Part.BODY));
    boolean inQuery = method.equals("GET");
    List<Web.Pair> grant = inQuery ? query : form;
    add(grant, "grant_type", "client_credentials");
    add(grant, "client_id", parameters.text("/OAuthParameters/ClientParameters/ClientID"));
    add(grant, "client_secret", parameters.text("/OAuthParameters/ClientParameters/ClientSecret"));
    List<Web.Pair> headers = new ArrayList<>(parameters.ofToken(AuthParameters.Part.HEADER));
    add(headers, "Accept", "application/json");
    if (!inQuery) {
      add(headers, "Content-Type", "application/x-www-form-urlencoded");
    }
    return new Web.Ask(
        method,
        Addresses.withQuery(parameters.text("/OAuthParameters/AuthorizationEndpoint"), query),
        headers,
        inQuery ? null : Addresses.form(form),
        TIMEOUT,
        MOST_BYTES);
  }

  /** Adds what the connection doesn't set itself. */
  private static void add(List<Web.Pair> pairs, String name, String value) {
    if (pairs.stream().noneMatch(pair -> pair.name().equalsIgnoreCase(name))) {
      pairs.add(new Web.Pair(name, value));
    }
  }

  private Token token(long round, String body) throws Unavailable {
    JsonNode answer;
    try {
      answer = Json.parse(body);
    } catch (MalformedJson e) {
      throw new Unavailable("The authorization endpoint did not answer with JSON.");
    }
    String token = answer.path("access_token").asText();
    if (token.isEmpty()) {
      throw new Unavailable("The authorization endpoint answered without an access_token.");
    }
    String given = answer.path("token_type").asText();
    String type = given.isEmpty() || given.equalsIgnoreCase("bearer") ? "Bearer" : given;
    long seconds = answer.path("expires_in").asLong(0);
    long until =
        seconds <= 0
            ? Long.MAX_VALUE
            : clock.getAsLong() + Math.max(seconds * 500, seconds * 1000 - MARGIN_MILLIS);
    return new Token(round, type + ' ' + token, until);
  }
}
