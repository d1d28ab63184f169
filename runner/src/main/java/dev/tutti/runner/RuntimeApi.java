package dev.tutti.runner;

import dev.tutti.runner.http.Listener;
import dev.tutti.runner.http.Request;
import dev.tutti.runner.http.Response;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The AWS Lambda Runtime API, version 2018-06-01, as one process sees it: next invocation,
 * response, error, initialisation error.
 */
final class RuntimeApi implements Listener.Handler {
  /** What an answer may have, in bytes: 6 MiB and 100. */
  static final int MAX_PAYLOAD = 6 * 1024 * 1024 + 100;

  private static final String ROOT = "/2018-06-01/runtime/";
  private static final String INVOCATION = ROOT + "invocation/";
  private static final byte[] OK = "{\"status\":\"OK\"}\n".getBytes(StandardCharsets.US_ASCII);

  private final Conversation conversation;
  private final String arn;

  RuntimeApi(Conversation conversation, String arn) {
    this.conversation = conversation;
    this.arn = arn;
  }

  @Override
  public Response handle(Request request) throws InterruptedException {
    try {
      return route(request);
    } catch (Refusal refusal) {
      return error(refusal.status(), refusal.type(), String.valueOf(refusal.getMessage()));
    }
  }

  private Response route(Request request) throws Refusal, InterruptedException {
    String path = request.path();
    if (path.equals(INVOCATION + "next")) {
      return request.method().equals("GET") ? next() : wrongMethod();
    }
    if (path.equals(ROOT + "init/error")) {
      return request.method().equals("POST") ? initError(request) : wrongMethod();
    }
    int end = path.lastIndexOf('/');
    if (path.startsWith(INVOCATION) && end > INVOCATION.length()) {
      String requestId = path.substring(INVOCATION.length(), end);
      String last = path.substring(end + 1);
      if (last.equals("response")) {
        return request.method().equals("POST") ? response(requestId, request) : wrongMethod();
      }
      if (last.equals("error")) {
        return request.method().equals("POST") ? failure(requestId, request) : wrongMethod();
      }
    }
    return error(404, "NotFound", "No such path in the Runtime API: " + path);
  }

  private Response next() throws Refusal, InterruptedException {
    Conversation.Work work = conversation.next();
    Invocation invocation = work.invocation();
    Map<String, String> headers = new HashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put("Lambda-Runtime-Aws-Request-Id", invocation.requestId());
    headers.put("Lambda-Runtime-Deadline-Ms", Long.toString(work.deadlineMillis()));
    headers.put("Lambda-Runtime-Invoked-Function-Arn", arn);
    put(headers, "Lambda-Runtime-Trace-Id", invocation.traceHeader());
    put(headers, "Lambda-Runtime-Client-Context", invocation.clientContext());
    return new Response(200, headers, invocation.payload());
  }

  /** Line ends would end the header; JSON and trace headers mean the same without. */
  private static void put(Map<String, String> headers, String name, @Nullable String value) {
    if (value != null) {
      headers.put(name, value.replace('\r', ' ').replace('\n', ' '));
    }
  }

  private Response response(String requestId, Request request) throws Refusal {
    if (request.isOversized()) {
      conversation.answer(requestId, new Answer.TooLarge());
      return tooLarge();
    }
    conversation.answer(requestId, new Answer.Response(request.body()));
    return accepted();
  }

  private Response failure(String requestId, Request request) throws Refusal {
    if (request.isOversized()) {
      conversation.answer(requestId, new Answer.TooLarge());
      return tooLarge();
    }
    conversation.answer(requestId, failure(request));
    return accepted();
  }

  private Response initError(Request request) throws Refusal {
    if (request.isOversized()) {
      return tooLarge();
    }
    conversation.initFailed(failure(request));
    return accepted();
  }

  private static Answer failure(Request request) {
    return new Answer.Failure(request.body(), request.header("lambda-runtime-function-error-type"));
  }

  private static Response accepted() {
    return new Response(202, Map.of("Content-Type", "application/json"), OK);
  }

  private static Response tooLarge() {
    return error(
        413,
        "RequestEntityTooLarge",
        "Exceeded maximum allowed payload size (" + MAX_PAYLOAD + " bytes).");
  }

  private static Response wrongMethod() {
    return error(405, "MethodNotAllowed", "Method Not Allowed");
  }

  private static Response error(int status, String type, String message) {
    return new Response(
        status, Map.of("Content-Type", "application/json"), ErrorDocument.of(type, message));
  }
}
