package dev.tutti.bench.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import java.nio.charset.StandardCharsets;

/**
 * Renders requests as one account: a credential without a valid signature, as on loopback none is
 * checked.
 *
 * @param endpoint for the Host header
 * @param account twelve digits
 */
public record Requests(Endpoint endpoint, String account) {
  /** Which of AWS's JSON services a request is for. */
  public enum Target {
    STATES("AWSStepFunctions", "states", "1.0"),
    EVENTS("AWSEvents", "events", "1.1"),
    SQS("AmazonSQS", "sqs", "1.0");

    private final String prefix;
    private final String service;
    private final String version;

    Target(String prefix, String service, String version) {
      this.prefix = prefix;
      this.service = service;
      this.version = version;
    }
  }

  /** A call of an operation in AWS's JSON protocol. */
  public byte[] json(Target target, String operation, JsonNode input) {
    String headers =
        "Content-Type: application/x-amz-json-"
            + target.version
            + "\r\nX-Amz-Target: "
            + target.prefix
            + "."
            + operation
            + "\r\n";
    return rendered("POST", "/", target.service, headers, Json.bytes(input));
  }

  /** A call of Lambda, whose protocol is REST. */
  public byte[] lambda(String method, String path, JsonNode input) {
    return rendered(
        method, path, "lambda", "Content-Type: application/json\r\n", Json.bytes(input));
  }

  /** A plain GET. */
  public static byte[] get(Endpoint endpoint, String path) {
    String head =
        "GET "
            + path
            + " HTTP/1.1\r\nHost: "
            + endpoint.host()
            + ":"
            + endpoint.port()
            + "\r\n\r\n";
    return head.getBytes(StandardCharsets.US_ASCII);
  }

  private byte[] rendered(
      String method, String path, String service, String headers, byte[] content) {
    String head =
        method
            + " "
            + path
            + " HTTP/1.1\r\nHost: "
            + endpoint.host()
            + ":"
            + endpoint.port()
            + "\r\nAuthorization: AWS4-HMAC-SHA256 Credential="
            + account
            + "/20260101/us-east-1/"
            + service
            + "/aws4_request, SignedHeaders=host, Signature="
            + "0".repeat(64)
            + "\r\n"
            + headers
            + "Content-Length: "
            + content.length
            + "\r\n\r\n";
    byte[] start = head.getBytes(StandardCharsets.US_ASCII);
    byte[] all = java.util.Arrays.copyOf(start, start.length + content.length);
    System.arraycopy(content, 0, all, start.length, content.length);
    return all;
  }
}
