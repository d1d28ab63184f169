package dev.tutti.app;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.contexts.ContextCatalogue;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Request;
import dev.tutti.core.workflow.Staged;
import dev.tutti.host.Drive;
import dev.tutti.host.Engine;
import dev.tutti.host.MemoryStore;
import dev.tutti.host.Performer;
import dev.tutti.host.VirtualTime;
import dev.tutti.rehearse.mock.Actors;
import dev.tutti.runner.Invoker;
import dev.tutti.runner.code.CodeStore;
import dev.tutti.services.Operations;
import dev.tutti.services.gateway.Gateways;
import dev.tutti.services.http.Web;
import dev.tutti.services.objects.FolderStore;
import dev.tutti.services.secrets.Vault;
import dev.tutti.services.sns.SigningKey;
import dev.tutti.wire.Call;
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

  /**
   * What is put on.
   *
   * @param startMillis epoch milliseconds at which it begins
   * @param actors play Tasks
   * @param understudies answer in the place of functions
   * @param poster in the place of addresses outside
   * @param elsewhere performs an operation that the door doesn't
   * @param audience sees facts
   */
  record Play(
      long startMillis,
      Actors actors,
      Invoker understudies,
      Function<Request.Post, Outcome> poster,
      Elsewhere elsewhere,
      Parts.Audience audience) {}

  /** Where Tasks go that nobody plays. */
  @FunctionalInterface
  interface Elsewhere {
    /** Everything is performed here. */
    Elsewhere NOWHERE = door -> door;

    /** Puts something in front of the door. */
    Performer before(Performer door);
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
                  time::now,
                  Duration.ZERO,
                  play.understudies(),
                  new CodeStore(folder.resolve("code")),
                  play.poster(),
                  true,
                  Gateways.NONE,
                  ask -> answered(play.poster(), ask),
                  Vault.inMemory(),
                  SigningKey.open(Files.createDirectories(folder.resolve("signing")), URL),
                  new FolderStore(folder.resolve("buckets")),
                  Operations.Elsewhere.NOWHERE,
                  new Parts.Rehearsed(play.actors(), play.audience())),
              contexts);
    } catch (IOException e) {
      throw new UncheckedIOException("no folder for a rehearsal", e);
    }
    Performer beyond = play.elsewhere().before(parts.door());
    parts
        .engine()
        .start((id, cause, request) ->
            request instanceof Request.Operation asked && asked.service().equals(Staged.SERVICE)
                ? play.actors().play(asked.input())
                : beyond.perform(id, cause, request));
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

  /**
   * Lets time go on until nothing will ever happen any more.
   *
   * @throws Complaint where that never comes
   */
  void play() {
    for (int steps = 0; time.step(); steps++) {
      if (steps > MAX_STEPS) {
        throw new Complaint("this goes on for ever: after " + MAX_STEPS + " steps it hasn't ended");
      }
    }
  }

  @Override
  public void close() {
    parts.engine().close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " can't be removed", e);
    }
  }
}
