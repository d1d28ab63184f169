package dev.tutti.services.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The real web, by the JDK's client: no redirects are followed, and no more of an answer is read
 * than was asked for. Logs addresses without their queries, as those may hold secrets.
 */
public final class OpenWeb implements Web, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OpenWeb.class);

  /** Headers that are the client's own to set. */
  private static final Set<String> RESTRICTED = restricted();

  /** Made with the first request: preparing TLS would delay every start. */
  private @Nullable HttpClient client;

  private boolean closed;

  private synchronized HttpClient client() {
    HttpClient made = client;
    if (made == null) {
      if (closed) {
        throw new IllegalStateException("the web is closed");
      }
      made =
          HttpClient.newBuilder()
              .followRedirects(HttpClient.Redirect.NEVER)
              .version(HttpClient.Version.HTTP_1_1)
              .build();
      client = made;
    }
    return made;
  }

  private static Set<String> restricted() {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    names.addAll(Set.of("Connection", "Content-Length", "Expect", "Host", "Upgrade"));
    return names;
  }

  @Override
  public Answer send(Ask ask) {
    HttpRequest request;
    try {
      request = request(ask);
    } catch (IllegalArgumentException e) {
      return new Answer.Missing(Fault.UNSENDABLE, String.valueOf(e.getMessage()));
    }
    Future<Answer> exchange =
        client()
            .sendAsync(request, HttpResponse.BodyHandlers.ofInputStream())
            .thenApply(response -> read(response, ask.mostBytes()));
    String place = request.uri().getHost() + request.uri().getPath();
    try {
      return exchange.get(ask.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.debug("{} took too long", place, e);
      exchange.cancel(true);
      return late(ask);
    } catch (ExecutionException e) {
      LOG.debug("{} could not be reached", place, e);
      return e.getCause() instanceof HttpTimeoutException
          ? late(ask)
          : new Answer.Missing(Fault.CONNECTION, String.valueOf(e.getCause()));
    } catch (InterruptedException e) {
      exchange.cancel(true);
      Thread.currentThread().interrupt();
      return new Answer.Missing(Fault.CONNECTION, "the request was broken off");
    }
  }

  private static Answer late(Ask ask) {
    return new Answer.Missing(
        Fault.TIMEOUT, "no answer within " + ask.timeout().toMillis() + " ms");
  }

  private static HttpRequest request(Ask ask) {
    String body = ask.body();
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(ask.url()))
            .timeout(ask.timeout())
            .method(
                ask.method(),
                body == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(body, StandardCharsets.UTF_8));
    for (Pair header : ask.headers()) {
      if (!RESTRICTED.contains(header.name())) {
        builder.header(header.name(), header.value());
      }
    }
    return builder.build();
  }

  private static Answer read(HttpResponse<InputStream> response, int mostBytes) {
    try (InputStream body = response.body()) {
      byte[] beginning = body.readNBytes(mostBytes);
      boolean whole = beginning.length < mostBytes || body.read() < 0;
      List<Pair> headers = new ArrayList<>();
      response
          .headers()
          .map()
          .forEach((name, values) ->
              values.forEach(value -> headers.add(new Pair(name.toLowerCase(Locale.ROOT), value))));
      return new Answer.Received(
          response.statusCode(), headers, new String(beginning, StandardCharsets.UTF_8), whole);
    } catch (IOException e) {
      LOG.debug("an answer broke off", e);
      return new Answer.Missing(Fault.CONNECTION, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (client != null) {
      client.shutdownNow();
    }
  }
}
