package dev.tutti.services.mail;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The server that takes mail.
 *
 * @param tls whether it speaks TLS from the start; else STARTTLS is used where it offers that
 * @param from the sender's address
 * @param user null where it asks for no login
 */
public record MailServer(
    String host,
    int port,
    boolean tls,
    String from,
    @Nullable String user,
    @Nullable String password) {
  private static final int SUBMISSION = 587;
  private static final int SUBMISSIONS = 465;

  /**
   * Reads {@code smtp://HOST:PORT?from=ADDRESS} or {@code smtps://…}; without a port it is 587, or
   * 465 with TLS (RFC 8314).
   *
   * @param user to log in with; never part of the URL, which every process of the machine can see
   * @throws IllegalArgumentException where it isn't one
   */
  public static MailServer of(String url, @Nullable String user, @Nullable String password) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not a URL: " + url, e);
    }
    boolean tls = "smtps".equals(uri.getScheme());
    String host = uri.getHost();
    if (host == null || (!tls && !"smtp".equals(uri.getScheme()))) {
      throw new IllegalArgumentException("expected smtp://HOST:PORT?from=ADDRESS, not " + url);
    }
    if (uri.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "no user or password in the URL; set TUTTI_MAIL_USER and TUTTI_MAIL_PASSWORD");
    }
    if ((user == null) != (password == null)) {
      throw new IllegalArgumentException(
          "TUTTI_MAIL_USER and TUTTI_MAIL_PASSWORD belong together, and one is missing");
    }
    int port = uri.getPort() > 0 ? uri.getPort() : tls ? SUBMISSIONS : SUBMISSION;
    return new MailServer(host, port, tls, from(uri), user, password);
  }

  private static String from(URI uri) {
    String query = uri.getRawQuery();
    if (query == null || !query.startsWith("from=") || query.indexOf('&') >= 0) {
      throw new IllegalArgumentException("the sender is missing, as in ?from=tutti@example.org");
    }
    String from = URLDecoder.decode(query.substring("from=".length()), StandardCharsets.UTF_8);
    if (from.indexOf('@') < 1) {
      throw new IllegalArgumentException("not an address: " + from);
    }
    return from;
  }

  @Override
  public String toString() {
    return (tls ? "smtps://" : "smtp://") + host + ":" + port;
  }
}
