package dev.tutti.wire.http;

import dev.tutti.wire.Door;
import dev.tutti.wire.auth.Accounts;
import dev.tutti.wire.auth.SignatureCheck;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * Listens on one port for every service: HTTP/1.1 and HTTP/2 without TLS, each request on a virtual
 * thread of its own.
 */
public final class Server implements AutoCloseable {
  private static final int DRAIN_MILLIS = 30_000;
  // Longer than the longest answer we owe: a function may run for 900 seconds.
  private static final int IDLE_MILLIS = 1_000_000;

  /** References of four bytes in a cache line of 64. */
  private static final String REFERENCES_PER_CACHE_LINE = "16";

  static {
    // Left to itself Jetty asks one of the JVM's management beans, and all of them are made then.
    String property = "org.eclipse.jetty.util.referencesPerCacheLine";
    if (System.getProperty(property) == null) {
      System.setProperty(property, REFERENCES_PER_CACHE_LINE);
    }
  }

  private final org.eclipse.jetty.server.Server jetty;
  private final ServerConnector connector;

  /**
   * How to listen.
   *
   * @param host address to listen on
   * @param port 0 for any that is free
   * @param served which operations reach the door
   * @param accounts who callers are
   * @param signatures what checks their signatures, or null to believe them
   * @param defaultRegion the region of requests that are signed for none
   * @param routes plain paths, the first that matches answers
   * @param maxBodyBytes largest content, packed and unpacked
   * @param hosts names, beside this machine's own, by which browsers may call
   */
  public record Settings(
      String host,
      int port,
      Served served,
      Accounts accounts,
      @Nullable SignatureCheck signatures,
      String defaultRegion,
      List<Route> routes,
      int maxBodyBytes,
      Set<String> hosts) {
    /** Enough for a function's code: 50 MB, which base64 makes a third longer. */
    public static final int DEFAULT_MAX_BODY_BYTES = 70 * 1024 * 1024;

    public Settings {
      routes = List.copyOf(routes);
      hosts = Set.copyOf(hosts);
    }

    /** Believes every caller, has no plain routes. */
    public static Settings of(String host, int port, Served served, Accounts accounts) {
      return new Settings(
          host,
          port,
          served,
          accounts,
          null,
          "us-east-1",
          List.of(),
          DEFAULT_MAX_BODY_BYTES,
          Set.of());
    }

    public Settings withSignatures(SignatureCheck check) {
      return new Settings(
          host, port, served, accounts, check, defaultRegion, routes, maxBodyBytes, hosts);
    }

    public Settings withRoutes(List<Route> plain) {
      return new Settings(
          host, port, served, accounts, signatures, defaultRegion, plain, maxBodyBytes, hosts);
    }

    public Settings withMaxBodyBytes(int bytes) {
      return new Settings(
          host, port, served, accounts, signatures, defaultRegion, routes, bytes, hosts);
    }

    public Settings withHosts(Set<String> names) {
      return new Settings(
          host, port, served, accounts, signatures, defaultRegion, routes, maxBodyBytes, names);
    }
  }

  private Server(Settings settings, Door door) {
    QueuedThreadPool threads = new QueuedThreadPool();
    threads.setName("http");
    threads.setVirtualThreadsExecutor(
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("request-", 0).factory()));
    jetty = new org.eclipse.jetty.server.Server(threads);
    jetty.setStopTimeout(DRAIN_MILLIS);
    HttpConfiguration http = new HttpConfiguration();
    http.setUriCompliance(UriCompliance.UNSAFE);
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(64 * 1024);
    // What AWS's clients repeat differs each time: signatures, dates, ids. Looking it up costs 5 %.
    http.setHeaderCacheSize(0);
    connector =
        new ServerConnector(
            jetty, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http));
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    connector.setIdleTimeout(IDLE_MILLIS);
    jetty.addConnector(connector);
    jetty.setHandler(
        new GracefulHandler(new JettyHandler(new Front(settings, door), settings.maxBodyBytes())));
  }

  /**
   * Listens, and answers until closed.
   *
   * @throws IOException where the port can't be had; the message says which and why
   */
  public static Server start(Settings settings, Door door) throws IOException {
    Server server = new Server(settings, door);
    try {
      server.jetty.start();
      return server;
    } catch (Exception e) {
      server.close();
      String at = settings.host() + ":" + settings.port();
      String why = taken(e) ? "is taken or not ours to use" : "can't be listened on: " + e;
      throw new IOException("The address " + at + " " + why, e);
    }
  }

  private static boolean taken(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return true;
      }
    }
    return false;
  }

  /** Where it listens; the port that was found, where 0 was asked for. */
  public InetSocketAddress address() {
    return new InetSocketAddress(String.valueOf(connector.getHost()), connector.getLocalPort());
  }

  /** Takes no new request, waits up to 30 seconds for those that run, and lets go of the port. */
  @Override
  public void close() {
    try {
      jetty.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the server did not stop cleanly", e);
    }
  }
}
