package dev.tutti.app;

import dev.tutti.core.contexts.ContextCatalogue;
import dev.tutti.host.Engine;
import dev.tutti.runner.Runner;
import dev.tutti.runner.RunnerOptions;
import dev.tutti.runner.code.CodeStore;
import dev.tutti.services.Operations;
import dev.tutti.services.events.LogSweep;
import dev.tutti.services.http.OpenWeb;
import dev.tutti.services.http.Poster;
import dev.tutti.services.logs.FunctionStreams;
import dev.tutti.services.mail.Mailer;
import dev.tutti.services.map.MapReader;
import dev.tutti.services.objects.EndpointStore;
import dev.tutti.services.objects.FolderStore;
import dev.tutti.services.objects.ObjectStore;
import dev.tutti.services.objects.S3Endpoint;
import dev.tutti.services.parked.Workbench;
import dev.tutti.services.secrets.Vault;
import dev.tutti.services.sns.SigningKey;
import dev.tutti.services.states.StatesService;
import dev.tutti.services.trace.TraceReader;
import dev.tutti.store.rocksdb.DataDirectory;
import dev.tutti.store.rocksdb.DataDirectoryException;
import dev.tutti.wire.auth.Accounts;
import dev.tutti.wire.http.Route;
import dev.tutti.wire.http.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything, wired by hand: the one place that knows all parts. Opening goes from the disk up, so
 * that a part finds ready what it stands on; closing goes the other way.
 */
final class Assembly implements AutoCloseable {
  /** The region of requests and templates that name none. */
  static final String REGION = "us-east-1";

  /** The context of access keys that are nobody's. */
  private static final String DEFAULT_ACCOUNT = "000000000000";

  private static final String LOOPBACK = "127.0.0.1";
  private static final Duration POST_TIMEOUT = Duration.ofSeconds(15);
  private static final int EXIT_STORE_FAILED = 70;
  private static final Logger LOG = LoggerFactory.getLogger(Assembly.class);

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final ContextCatalogue contextCatalogue = new ContextCatalogue();
  private final int port;
  private final Deploying deploying;

  /**
   * Opens a runtime; it answers, and goes on with what is owed, when this returns.
   *
   * @throws Complaint where the port or the data directory can't be had
   */
  static Assembly open(RuntimeSettings settings) {
    return new Assembly(settings);
  }

  private Assembly(RuntimeSettings settings) {
    try {
      port = availablePort(settings.port());
      String url = "http://" + LOOPBACK + ":" + port;
      DataDirectory data = closing(DataDirectory.open(settings.data()));
      data.store().whenFailed(Assembly::halt);
      CodeStore code = new CodeStore(data.folder("code"));
      Runner runner = closing(new Runner(RunnerOptions.standard(data.folder("functions"), url)));
      ObjectStore objects = objects(settings, data);
      OpenWeb web = closing(new OpenWeb());
      Poster poster = new Poster(web, POST_TIMEOUT);
      Mailer mailer = new Mailer(settings.mail());
      String publicUrl = settings.publicUrl() == null ? url : settings.publicUrl();
      SigningKey seal = SigningKey.open(data.folder("signing"), publicUrl);

      Parts parts =
          new Parts(
              Engine.on(data.store()).backlog(data.folder("backlog")).onFailure(Assembly::halt),
              new Parts.Surroundings(
                  url,
                  publicUrl,
                  System::currentTimeMillis,
                  StatesService.PATIENCE,
                  runner,
                  () -> new FunctionStreams(runner.logs()),
                  code,
                  post -> Mailer.isMail(post) ? mailer.apply(post) : poster.apply(post),
                  settings.mail() != null,
                  settings.gateways(),
                  web,
                  Vault.open(data.folder("secrets")),
                  seal,
                  objects,
                  settings.elsewhere(),
                  null),
              contextCatalogue);
      closing(parts.engine());
      Operations door = parts.door();

      deploying = new Deploying(door, REGION, data.path(), Judgement.checks(), contextCatalogue);
      Pages pages =
          new Pages(
              new TraceReader(parts.engine(), parts.stories()),
              new MapReader(door, REGION, contextCatalogue),
              deploying,
              code,
              contextCatalogue,
              seal);
      parts.engine().recall();
      var _ =
          closing(
              Server.start(
                  Server.Settings.of(LOOPBACK, port, door::serves, accounts())
                      .withRoutes(routes(pages, parts))
                      .withHosts(hosts(settings.publicUrl())),
                  door));
      AutoCloseable rest = parts.engine()::rest;
      closing(rest);
      closing(parts.streams());
      parts.engine().start(door);
      closing(LogSweep.start(parts.buses(), door));
    } catch (DataDirectoryException e) {
      close();
      throw new Complaint(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      close();
      throw new Complaint(String.valueOf(e.getMessage()), e);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** The names that browsers may know this runtime by. */
  private static Set<String> hosts(@Nullable String publicUrl) {
    String host = publicUrl == null ? null : URI.create(publicUrl).getHost();
    return host == null ? Set.of() : Set.of(host.toLowerCase(Locale.ROOT));
  }

  private ObjectStore objects(RuntimeSettings settings, DataDirectory data) throws IOException {
    S3Endpoint s3 = settings.s3();
    if (s3 == null) {
      Path own = settings.objects();
      return new FolderStore(own == null ? data.folder("buckets") : own);
    }
    if (s3.address().getPort() == port
        && InetAddress.getByName(s3.address().getHost()).isLoopbackAddress()) {
      throw new Complaint(s3.address() + " is this runtime, which can't keep its buckets there");
    }
    return closing(new EndpointStore(s3, data.folder("uploads")));
  }

  /** The runtime's own paths, those of its streams and of the workbench for parked deliveries. */
  private List<Route> routes(Pages pages, Parts parts) {
    Workbench workbench = new Workbench(parts.door(), parts.engine(), parts.deliveries(), REGION);
    List<Route> routes = new ArrayList<>(pages.routes());
    routes.addAll(new StreamPages(parts.door(), parts.streams(), accounts(), REGION).routes());
    routes.addAll(new ParkedPages(workbench).routes());
    return routes;
  }

  private <T extends AutoCloseable> T closing(T part) {
    open.push(part);
    return part;
  }

  /**
   * The port, or any free one for 0. Tried before anything is opened, since functions have to know
   * it before it is listened on.
   */
  static int availablePort(int wanted) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new Complaint(
          "port " + wanted + " is taken; stop what listens there, or choose another with --port",
          e);
    }
  }

  private Accounts accounts() {
    Accounts numbers = Accounts.of(java.util.Map.of(), DEFAULT_ACCOUNT);
    return key -> {
      Optional<String> known = contextCatalogue.accountOf(key);
      return known.isPresent() ? known : numbers.accountOf(key);
    };
  }

  /** Nobody knows what is on disk: no reply, no effect, no further word may leave this process. */
  private static void halt(Throwable failure) {
    LOG.error("the store failed; stopping at once. Start again when the cause is mended", failure);
    Halt.now(EXIT_STORE_FAILED);
  }

  int port() {
    return port;
  }

  Deploying deploying() {
    return deploying;
  }

  /** Names of the contexts by account. */
  SortedMap<String, String> contexts() {
    return contextCatalogue.names();
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      AutoCloseable part = open.pop();
      try {
        part.close();
      } catch (Exception e) {
        LOG.error("{} could not be closed", part, e);
      }
    }
  }
}
