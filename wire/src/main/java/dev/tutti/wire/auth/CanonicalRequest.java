package dev.tutti.wire.auth;

import dev.tutti.wire.message.Parameters;
import dev.tutti.wire.message.Percent;
import dev.tutti.wire.message.Request;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

/** A request in the one form that both sides sign. */
final class CanonicalRequest {
  private CanonicalRequest() {}

  static String of(
      Request request, List<String> signedHeaders, boolean presigned, String contentDigest) {
    StringBuilder out = new StringBuilder(512);
    out.append(request.method()).append('\n');
    out.append(path(request.path())).append('\n');
    out.append(query(request.query(), presigned)).append('\n');
    for (String name : signedHeaders) {
      out.append(name).append(':').append(header(request, name)).append('\n');
    }
    out.append('\n').append(String.join(";", signedHeaders)).append('\n');
    return out.append(contentDigest).toString();
  }

  /** Without dots and double slashes, and encoded once more than it was sent. */
  private static String path(String sent) {
    Deque<String> segments = new ArrayDeque<>();
    for (String segment : sent.split("/", -1)) {
      if (segment.equals("..")) {
        segments.pollLast();
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        segments.addLast(segment);
      }
    }
    String joined =
        segments.stream().map(Percent::encode).collect(Collectors.joining("/", "/", ""));
    return sent.endsWith("/") && !segments.isEmpty() ? joined + "/" : joined;
  }

  private static String query(String sent, boolean presigned) {
    Parameters parameters = Parameters.parse(sent);
    List<String> pairs = new ArrayList<>();
    for (String name : parameters.names()) {
      if (!(presigned && name.equals("X-Amz-Signature"))) {
        for (String value : parameters.all(name)) {
          pairs.add(Percent.encode(name) + "=" + Percent.encode(value));
        }
      }
    }
    pairs.sort(null);
    return String.join("&", pairs);
  }

  private static String header(Request request, String name) {
    return request.headers(name).stream()
        .map(value -> value.strip().replaceAll("\\s+", " "))
        .collect(Collectors.joining(","));
  }
}
