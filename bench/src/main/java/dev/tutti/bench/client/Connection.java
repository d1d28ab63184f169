package dev.tutti.bench.client;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** One kept connection that waits for each answer: for setting up and for looking. */
public final class Connection implements AutoCloseable {
  private final SocketChannel channel;
  private final Input input = new Input();

  private Connection(SocketChannel channel) {
    this.channel = channel;
  }

  /** Connects. */
  public static Connection open(Endpoint endpoint) throws IOException {
    SocketChannel channel = SocketChannel.open(endpoint.address());
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    return new Connection(channel);
  }

  /** Sends a rendered request; returns its answer, valid until the next call. */
  public Answer send(byte[] request) throws IOException {
    ByteBuffer out = ByteBuffer.wrap(request);
    while (out.hasRemaining()) {
      channel.write(out);
    }
    while (true) {
      @Nullable Answer answer = input.read(channel);
      if (answer != null) {
        return answer;
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
