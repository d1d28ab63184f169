package dev.tutti.app;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.contexts.ContextCatalogue;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Request;
import dev.tutti.core.workflow.Staged;
import dev.tutti.host.Drive;
import dev.tutti.host.Engine;
import dev.tutti.host.MemoryStore;
import dev.tutti.host.VirtualTime;
import dev.tutti.rehearse.mock.Actors;
import dev.tutti.runner.Invoker;
import dev.tutti.runner.code.CodeStore;
import dev.tutti.services.Operations;
import dev.tutti.services.gateway.Gateways;
import dev.tutti.services.http.Web;
import dev.tutti.services.logs.StreamSource;
import dev.tutti.services.objects.EndpointStore;
import dev.tutti.services.objects.FolderStore;
import dev.tutti.services.objects.ObjectStore;
import dev.tutti.services.objects.S3Endpoint;
import dev.tutti.services.secrets.Vault;
import dev.tutti.services.sns.SigningKey;
import dev.tutti.wire.Call;
import dev.tutti.wire.ServiceError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A runtime in memory and in virtual time: the engine, the services and the door are those of
 * {@link Assembly}; Tasks may be played, functions are.
 */
final class Theatre implements AutoCloseable {
  /** Steps after which a rehearsal is taken to go on for ever. */
  private static final int MAX_STEPS = 2_000_000;

  /** When a play begins unless it says otherwise: 2026-01-01T00:00:00Z. */
  static final long START_MILLIS = 1_767_225_600_000L;

  private static final String URL = "http://127.0.0.1:4566";

  private final VirtualTime time;
  private final ContextCatalogue contexts = new ContextCatalogue();
  private final Path folder;
  private final Parts parts;
  private Runnable closing = () -> {};

  /**
   * What is put on.
   *
   * @param startMillis epoch milliseconds at which it begins
   * @param actors play Tasks
   * @param understudies answer in the place of functions
   * @param poster in the place of addresses outside
   * @param elsewhere performs what isn't performed here
   * @param objects where buckets are; null for a folder that is empty at first
   * @param audience sees facts
   */
  record Play(
      long startMillis,
      Actors actors,
      Invoker understudies,
      Function<Request.Post, Outcome> poster,
      Operations.Elsewhere elsewhere,
      @Nullable S3Endpoint objects,
      Parts.Audience audience) {}

  /** Plays Tasks, and has done elsewhere what is. */
  private record Stage(Actors actors, Operations.Elsewhere elsewhere)
      implements Operations.Elsewhere {
    @Override
    public boolean takes(String service) {
      return service.equals(Staged.SERVICE) || elsewhere.takes(service);
    }

    @Override
    public boolean comesFirst(Request.Operation asked) {
      return elsewhere.comesFirst(asked);
    }

    @Override
    public JsonNode perform(Request.Operation asked) {
      if (!asked.service().equals(Staged.SERVICE)) {
        return elsewhere.perform(asked);
      }
      return switch (actors.play(asked.input())) {
        case Outcome.Succeeded played -> played.output();
        case Outcome.Failed played ->
            throw new ServiceError(played.error(), played.message(), played.status());
      };
    }
  }

  Theatre(Play play) {
    time = new VirtualTime(play.startMillis(), VirtualTime.Course.PLAIN);
    try {
      folder = Files.createTempDirectory("tutti-rehearsal");
      Drive drive = time.drive();
      parts =
          new Parts(
              Engine.on(new MemoryStore())
                  .shards(1)
                  .seed(play.startMillis())
                  .clock(time::now)
                  .drive(drive),
              new Parts.Surroundings(
                  URL,
                  URL,
                  time::now,
                  Duration.ZERO,
                  play.understudies(),
                  () -> StreamSource.NONE,
                  new CodeStore(folder.resolve("code")),
                  play.poster(),
                  true,
                  Gateways.NONE,
                  ask -> answered(play.poster(), ask),
                  Vault.inMemory(),
                  SigningKey.open(Files.createDirectories(folder.resolve("signing")), URL),
                  objects(play.objects()),
                  new Stage(play.actors(), play.elsewhere()),
                  new Parts.Rehearsed(play.actors(), play.audience())),
              contexts);
    } catch (IOException e) {
      throw new UncheckedIOException("no folder for a rehearsal", e);
    }
    parts.engine().start(parts.door());
  }

  private ObjectStore objects(@Nullable S3Endpoint endpoint) throws IOException {
    if (endpoint == null) {
      return new FolderStore(folder.resolve("buckets"));
    }
    EndpointStore store = new EndpointStore(endpoint, folder.resolve("uploads"));
    closing = store::close;
    return store;
  }

  /** What whoever is posted to says to a request of another kind. */
  private static Web.Answer answered(Function<Request.Post, Outcome> poster, Web.Ask ask) {
    Map<String, String> headers = new LinkedHashMap<>();
    ask.headers().forEach(pair -> headers.put(pair.name(), pair.value()));
    String body = ask.body();
    return switch (poster.apply(new Request.Post(ask.url(), headers, body == null ? "" : body))) {
      case Outcome.Succeeded done ->
          new Web.Answer.Received(
              done.output().path("StatusCode").asInt(200), List.of(), "{}", true);
      case Outcome.Failed failed when failed.status() != 0 ->
          new Web.Answer.Received(failed.status(), List.of(), failed.message(), true);
      case Outcome.Failed failed -> new Web.Answer.Missing(Web.Fault.CONNECTION, failed.message());
    };
  }

  /** The name of an account's context; the account itself where it has none. */
  String contextName(String account) {
    return contexts.names().getOrDefault(account, account);
  }

  VirtualTime time() {
    return time;
  }

  Parts parts() {
    return parts;
  }

  /** Deploys into it, as {@code up} and {@code deploy} do. */
  Deploying deploying() {
    return new Deploying(parts.door(), Assembly.REGION, folder, Judgement.checks(), contexts);
  }

  /** Calls an operation as a client would. */
  JsonNode call(String context, String service, String operation, JsonNode input) {
    return parts
        .door()
        .call(
            new Call(
                context,
                Assembly.REGION,
                service,
                operation,
                input,
                UUID.randomUUID().toString(),
                null));
  }

  /** Does what is to be done now, without letting time go on. */
  void settle() {
    for (int steps = 0; time.next() <= time.now(); steps++) {
      step(steps);
    }
  }

  /**
   * Lets time go on until nothing will ever happen any more but what recurs for ever.
   *
   * @throws Complaint where that never comes
   */
  void play() {
    for (int steps = 0; time.awaits(); steps++) {
      step(steps);
    }
  }

  /**
   * Lets time go on until a moment, and does what is due then.
   *
   * @throws Complaint where that never comes
   */
  void play(long untilMillis) {
    for (int steps = 0; time.next() <= untilMillis; steps++) {
      step(steps);
    }
    time.jump(Math.max(0, untilMillis - time.now()));
  }

  private void step(int steps) {
    if (steps > MAX_STEPS) {
      throw new Complaint("this goes on for ever: after " + MAX_STEPS + " steps it hasn't ended");
    }
    time.step();
  }

  @Override
  public void close() {
    parts.engine().close();
    closing.run();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " can't be removed", e);
    }
  }
}
