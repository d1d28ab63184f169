package dev.tutti.bench.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.bench.client.Requests.Target;
import java.io.IOException;
import java.util.List;

/** Calls one at a time, parsed: for setting up and for looking. */
public final class Aws implements AutoCloseable {
  private static final int NOT_SERVED = 501;
  private static final List<String> UNKNOWN =
      List.of("UnknownOperationException", "InvalidAction", "UnknownOperation");

  private final Connection connection;
  private final Requests requests;

  private Aws(Connection connection, Requests requests) {
    this.connection = connection;
    this.requests = requests;
  }

  /** Connects as an account. */
  public static Aws open(Endpoint endpoint, String account) throws IOException {
    return new Aws(Connection.open(endpoint), new Requests(endpoint, account));
  }

  /** What the server answered instead of doing it. */
  public static final class Refused extends RuntimeException {
    private final String error;

    Refused(String operation, Answer answer) {
      super("refused by the server: " + operation + ": " + answer.excerpt());
      this.error = answer.excerpt();
    }

    /** Whether the server doesn't have the operation at all. */
    public boolean isUnknown() {
      return UNKNOWN.stream().anyMatch(error::contains)
          || error.startsWith(Integer.toString(NOT_SERVED));
    }
  }

  /**
   * Calls Step Functions.
   *
   * @throws Refused where it answers an error
   */
  public JsonNode states(String operation, JsonNode input) throws IOException {
    return send(operation, requests.json(Target.STATES, operation, input));
  }

  /** Calls EventBridge, likewise. */
  public JsonNode events(String operation, JsonNode input) throws IOException {
    return send(operation, requests.json(Target.EVENTS, operation, input));
  }

  /** Calls SQS, likewise. */
  public JsonNode sqs(String operation, JsonNode input) throws IOException {
    return send(operation, requests.json(Target.SQS, operation, input));
  }

  /** Calls Lambda, likewise. */
  public JsonNode lambda(String method, String path, JsonNode input) throws IOException {
    return send(method + " " + path, requests.lambda(method, path, input));
  }

  private JsonNode send(String operation, byte[] request) throws IOException {
    Answer answer = connection.send(request);
    if (!answer.isGood()) {
      throw new Refused(operation, answer);
    }
    return answer.json();
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
