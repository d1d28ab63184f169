package dev.tutti.bench.workload;

import dev.tutti.bench.client.Aws;
import dev.tutti.bench.client.Endpoint;
import dev.tutti.bench.client.Requests;
import dev.tutti.bench.report.Figure;
import dev.tutti.bench.server.Cost;
import dev.tutti.bench.server.Folder;
import dev.tutti.bench.server.ServerProcess;
import dev.tutti.bench.server.ServerProcess.Launch;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where a workload runs: somebody's server, or one of ours that it may kill and start again. */
public final class Site implements AutoCloseable {
  /** The context that publishes and orchestrates. */
  public static final String ACCOUNT = "111122223333";

  /** The context that listens. */
  public static final String OTHER = "444455556666";

  private final Folder folder;
  private final @Nullable Launch launch;
  private @Nullable ServerProcess server;
  private Endpoint endpoint;

  private Site(Folder folder, @Nullable Launch launch, @Nullable ServerProcess server, Endpoint e) {
    this.folder = folder;
    this.launch = launch;
    this.server = server;
    this.endpoint = e;
  }

  /** Somebody's server; the folder is for our own files only. */
  public static Site of(Endpoint endpoint, Path parent) throws IOException {
    return new Site(Folder.fresh(parent), null, null, endpoint);
  }

  /** A server of ours on fresh data. */
  public static Site start(Launch launch, Path parent) throws IOException, InterruptedException {
    Folder folder = Folder.fresh(parent);
    try {
      ServerProcess server = ServerProcess.start(launch, folder.path().resolve("data"));
      return new Site(folder, launch, server, server.endpoint());
    } catch (IOException e) {
      folder.close();
      throw e;
    }
  }

  public Endpoint endpoint() {
    return endpoint;
  }

  /** A folder for the workload's own files. */
  public Path folder() {
    return folder.path();
  }

  /** Bytes of the server's data and of our files. */
  public long bytes() throws IOException {
    return folder.bytes();
  }

  /** The server, where it is ours. */
  public @Nullable ServerProcess server() {
    return server;
  }

  /** Kills our server, as a crash would, and starts it on the same data. */
  public ServerProcess restart() throws IOException, InterruptedException {
    if (server == null || launch == null) {
      throw new Unfit("needs a server of its own: leave --endpoint away");
    }
    server.kill();
    server = ServerProcess.start(launch, folder.path().resolve("data"));
    endpoint = server.endpoint();
    return server;
  }

  public Requests requests() {
    return new Requests(endpoint, ACCOUNT);
  }

  public Aws aws() throws IOException {
    return Aws.open(endpoint, ACCOUNT);
  }

  public Aws aws(String account) throws IOException {
    return Aws.open(endpoint, account);
  }

  @Nullable Cost cost() {
    return server == null ? null : server.cost();
  }

  Figure.@Nullable Memory memory() {
    return server == null ? null : new Figure.Memory(server.megabytes(), server.peakMegabytes());
  }

  /** A workload that can't be run here. */
  public static final class Unfit extends RuntimeException {
    Unfit(String message) {
      super(message);
    }
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
    folder.close();
  }
}
