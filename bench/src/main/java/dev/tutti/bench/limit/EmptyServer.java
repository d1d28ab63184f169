package dev.tutti.bench.limit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A process of its own: Jetty as the runtime has it, a virtual thread a request, with a handler
 * that reads the content and answers {@code {}}. Prints its port, ends when its input ends.
 */
public final class EmptyServer {
  private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.US_ASCII);

  private EmptyServer() {}

  /** Serves until standard input ends. */
  public static void main(String[] arguments) throws Exception {
    QueuedThreadPool threads = new QueuedThreadPool();
    threads.setVirtualThreadsExecutor(
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("request-", 0).factory()));
    Server server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(new Empty());
    server.start();
    System.out.println(connector.getLocalPort());
    while (System.in.read() >= 0) {
      Thread.onSpinWait();
    }
    server.stop();
  }

  private static final class Empty extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      try (var content = Content.Source.asInputStream(request)) {
        content.readAllBytes();
      }
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
      response.write(true, ByteBuffer.wrap(EMPTY), callback);
      return true;
    }
  }
}
