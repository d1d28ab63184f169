package dev.tutti.services.gateway;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Who takes messages for phones.
 *
 * @param url they are posted to
 * @param token sent as {@code Authorization: Bearer}; null where it asks for none
 */
public record Gateway(String url, @Nullable String token) {

  /**
   * Reads an address.
   *
   * @param token never part of the URL, which every process of the machine can see
   * @throws IllegalArgumentException where it isn't one
   */
  public static Gateway of(String url, @Nullable String token) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not a URL: " + url, e);
    }
    boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!http || uri.getHost() == null) {
      throw new IllegalArgumentException("expected http://… or https://…, not " + url);
    }
    if (uri.getUserInfo() != null) {
      throw new IllegalArgumentException("no user or password in the URL");
    }
    return new Gateway(url, token);
  }

  @Override
  public String toString() {
    return url;
  }
}
