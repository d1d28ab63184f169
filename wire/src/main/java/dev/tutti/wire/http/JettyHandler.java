package dev.tutti.wire.http;

import dev.tutti.wire.message.Request;
import dev.tutti.wire.message.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Jetty's request to ours, our response to Jetty's. The only class that knows both. */
final class JettyHandler extends Handler.Abstract {
  private static final Logger LOG = LoggerFactory.getLogger(JettyHandler.class);

  private final Front front;
  private final int maxBodyBytes;
  private final Space space;

  JettyHandler(Front front, int maxBodyBytes) {
    this.front = front;
    this.maxBodyBytes = maxBodyBytes;
    this.space = new Space(maxBodyBytes);
  }

  @Override
  public boolean handle(
      org.eclipse.jetty.server.Request request,
      org.eclipse.jetty.server.Response response,
      Callback callback)
      throws IOException {
    String requestId = UUID.randomUUID().toString();
    Response answer;
    try (Space.Lease lease = space.take(expectedBytes(request))) {
      if (lease == null) {
        answer = front.tooBusy(message(request, new byte[0]), requestId);
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
      } else {
        byte[] body = body(request);
        if (body == null) {
          answer = front.tooLarge(message(request, new byte[0]), requestId);
          response.getHeaders().put(HttpHeader.CONNECTION, "close");
        } else {
          lease.shrinkTo(body.length);
          answer = front.handle(message(request, body), requestId);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("broken off while it waited for memory");
    }
    answer(answer, requestId, response, callback);
    return true;
  }

  /** As many as its head says; where that doesn't tell, as many as there may be. */
  private int expectedBytes(org.eclipse.jetty.server.Request request) {
    long length = request.getLength();
    boolean tells = length >= 0 || !request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    return tells ? (int) Math.min(Math.max(length, 0), maxBodyBytes) : maxBodyBytes;
  }

  private static void answer(
      Response answer,
      String requestId,
      org.eclipse.jetty.server.Response response,
      Callback callback) {
    response.setStatus(answer.status());
    answer.headers().forEach((name, value) -> response.getHeaders().put(name, value));
    response.getHeaders().put("x-amzn-RequestId", requestId);
    Response.Content content = answer.content();
    if (content == null) {
      response.write(true, ByteBuffer.wrap(answer.body()), callback);
    } else {
      stream(content, response, callback);
    }
  }

  private static void stream(
      Response.Content content, org.eclipse.jetty.server.Response response, Callback callback) {
    try (OutputStream out = Content.Sink.asOutputStream(response)) {
      content.writeTo(out);
    } catch (IOException | RuntimeException e) {
      LOG.debug("a stream ended", e);
      callback.failed(e);
      return;
    }
    callback.succeeded();
  }

  /** The content, or null where it is larger than allowed. */
  private byte @Nullable [] body(org.eclipse.jetty.server.Request request) throws IOException {
    if (request.getLength() > maxBodyBytes) {
      return null;
    }
    try (InputStream in = Content.Source.asInputStream(request)) {
      byte[] body = in.readNBytes(maxBodyBytes + 1);
      return body.length > maxBodyBytes ? null : body;
    }
  }

  private static Request message(org.eclipse.jetty.server.Request request, byte[] body) {
    Map<String, List<String>> headers = new HashMap<>();
    for (HttpField field : request.getHeaders()) {
      headers
          .computeIfAbsent(field.getLowerCaseName(), name -> new ArrayList<>(1))
          .add(String.valueOf(field.getValue()));
    }
    String path = request.getHttpURI().getPath();
    String query = request.getHttpURI().getQuery();
    return new Request(
        request.getMethod(),
        path == null || path.isEmpty() ? "/" : path,
        query == null ? "" : query,
        headers,
        body);
  }
}
