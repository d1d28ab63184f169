package dev.tutti.services.forward;

import java.net.URI;

/**
 * Where a service is.
 *
 * @param service its name in calls, {@code dynamodb}
 * @param address without a path
 */
public record Destination(String service, URI address) {

  /**
   * Reads {@code service=URL}.
   *
   * @throws IllegalArgumentException where it isn't that; the message is for people
   */
  public static Destination of(String written) {
    int equals = written.indexOf('=');
    if (equals < 1) {
      throw new IllegalArgumentException(written + " is not like dynamodb=http://127.0.0.1:8000");
    }
    return new Destination(written.substring(0, equals), address(written.substring(equals + 1)));
  }

  /**
   * An address that takes requests.
   *
   * @throws IllegalArgumentException where it is none; the message is for people
   */
  public static URI address(String url) {
    URI address = URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
    if (address.getHost() == null || !String.valueOf(address.getScheme()).matches("https?")) {
      throw new IllegalArgumentException(url + " is not an address like http://127.0.0.1:8000");
    }
    return address;
  }
}
