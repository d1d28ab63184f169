package dev.tutti.bench.client;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;

/**
 * Where a server listens, without TLS.
 *
 * @param host a name or an address
 * @param port its port
 */
public record Endpoint(String host, int port) {
  private static final int HTTP = 80;

  /** Reads {@code http://host:port}. */
  public static Endpoint of(String url) {
    URI uri = URI.create(url);
    if (!"http".equals(uri.getScheme()) || uri.getHost() == null) {
      throw new IllegalArgumentException("an endpoint looks like http://127.0.0.1:4566");
    }
    return new Endpoint(uri.getHost(), uri.getPort() < 0 ? HTTP : uri.getPort());
  }

  /** A port of this machine. */
  public static Endpoint local(int port) {
    return new Endpoint("127.0.0.1", port);
  }

  InetSocketAddress address() throws UnknownHostException {
    return new InetSocketAddress(InetAddress.getByName(host), port);
  }

  @Override
  public String toString() {
    return "http://" + host + ":" + port;
  }
}
