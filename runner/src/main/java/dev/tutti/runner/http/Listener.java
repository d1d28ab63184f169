package dev.tutti.runner.http;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A port on 127.0.0.1 for one process: whoever speaks to it is that process, so that an answer
 * needs no other proof of where it comes from. (A prefix in the path would do the same, but AWS's
 * Python client can't read one.)
 *
 * <p>A connection is a virtual thread that reads a request, asks the handler, and writes its
 * answer.
 */
public final class Listener implements AutoCloseable {
  /** Answers requests, each on a virtual thread; may block for as long as it likes. */
  @FunctionalInterface
  public interface Handler {
    Response handle(Request request) throws InterruptedException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
  private static final int MAX_CONNECTIONS = 64;

  private final ServerSocket server;
  private final Handler handler;
  private final int maxBody;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

  private Listener(ServerSocket server, Handler handler, int maxBody) {
    this.server = server;
    this.handler = handler;
    this.maxBody = maxBody;
  }

  /**
   * Opens a port and answers on it until closed.
   *
   * @param maxBody bytes of a request's body that are kept
   */
  @SuppressWarnings("AddressSelection") // the loopback address by its number, no look-up
  public static Listener open(int maxBody, Handler handler) throws IOException {
    ServerSocket server = new ServerSocket();
    try {
      server.bind(
          new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 64);
    } catch (IOException e) {
      server.close();
      throw e;
    }
    Listener listener = new Listener(server, handler, maxBody);
    Thread.ofVirtual().name("runtime-api-" + listener.port()).start(listener::accept);
    return listener;
  }

  public int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        connections.add(socket);
        if (connections.size() > MAX_CONNECTIONS || server.isClosed()) {
          drop(socket);
        } else {
          Thread.ofVirtual().name("runtime-api-connection").start(() -> serve(socket));
        }
      } catch (IOException e) {
        if (!server.isClosed()) {
          LOG.warn("a connection of a function's process could not be accepted", e);
        }
      }
    }
  }

  private void serve(Socket socket) {
    try {
      socket.setTcpNoDelay(true);
      OutputStream out = socket.getOutputStream();
      converse(new RequestReader(socket.getInputStream(), out, maxBody), out);
    } catch (IOException e) {
      LOG.debug("a connection of a function's process ended", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      drop(socket);
    }
  }

  private void converse(RequestReader reader, OutputStream out)
      throws IOException, InterruptedException {
    try {
      for (Request request = reader.read(); request != null; request = reader.read()) {
        boolean last = "close".equalsIgnoreCase(request.header("connection"));
        write(out, handler.handle(request), last);
        if (last) {
          return;
        }
      }
    } catch (MalformedRequest e) {
      byte[] text = String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8);
      write(out, new Response(400, Map.of("Content-Type", "text/plain"), text), true);
    }
  }

  private static void write(OutputStream out, Response response, boolean last) throws IOException {
    StringBuilder head = new StringBuilder(256);
    head.append("HTTP/1.1 ")
        .append(response.status())
        .append(' ')
        .append(reason(response.status()));
    response
        .headers()
        .forEach((name, value) -> head.append("\r\n").append(name).append(": ").append(value));
    head.append("\r\nContent-Length: ").append(response.body().length);
    head.append(last ? "\r\nConnection: close\r\n\r\n" : "\r\n\r\n");
    byte[] headBytes = head.toString().getBytes(StandardCharsets.ISO_8859_1);
    byte[] whole = new byte[headBytes.length + response.body().length];
    System.arraycopy(headBytes, 0, whole, 0, headBytes.length);
    System.arraycopy(response.body(), 0, whole, headBytes.length, response.body().length);
    out.write(whole);
    out.flush();
  }

  private static String reason(int status) {
    return switch (status) {
      case 200 -> "OK";
      case 202 -> "Accepted";
      case 400 -> "Bad Request";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 410 -> "Gone";
      case 413 -> "Payload Too Large";
      default -> "Status";
    };
  }

  private void drop(Socket socket) {
    connections.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("a connection did not close cleanly", e);
    }
  }

  /** Closes the port and every connection; handlers that wait have to be woken by their owner. */
  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      connections.forEach(this::drop);
    }
  }
}
