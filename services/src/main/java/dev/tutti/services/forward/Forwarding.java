package dev.tutti.services.forward;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.kernel.Request;
import dev.tutti.services.Operations;
import dev.tutti.services.sdk.SdkService;
import dev.tutti.wire.ServiceError;
import dev.tutti.wire.model.Metadata;
import dev.tutti.wire.model.Operation;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Has Tasks' operations performed by services elsewhere. Where no credentials are configured, a
 * request is signed with the account as access key, which any runtime of this kind takes; AWS needs
 * real ones. A service elsewhere is the world: what goes there happens at least once.
 */
public final class Forwarding implements Operations.Elsewhere {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final String NO_SECRET = "none";

  private final Map<String, URI> destinations = new HashMap<>();
  private final @Nullable URI everything;
  private final @Nullable Signing signing;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  private Forwarding(
      List<Destination> destinations, @Nullable URI everything, @Nullable Signing signing) {
    destinations.forEach(each -> this.destinations.put(each.service(), each.address()));
    this.everything = everything;
    this.signing = signing;
  }

  /**
   * Some services.
   *
   * @param signing null for none of AWS's
   * @throws IllegalArgumentException where one of them can't be forwarded to; the message is for
   *     people
   */
  public static Forwarding to(List<Destination> destinations, @Nullable Signing signing) {
    for (Destination each : destinations) {
      Metadata known =
          SdkService.called(each.service())
              .map(SdkService::metadata)
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      "the service " + each.service() + " is not known here"));
      if (!speaks(known)) {
        throw new IllegalArgumentException(
            "%s speaks the protocol %s, in which nothing is forwarded"
                .formatted(each.service(), known.protocol()));
      }
    }
    return new Forwarding(destinations, null, signing);
  }

  /** Every service, at one address. */
  public static Forwarding allTo(String url, @Nullable Signing signing) {
    return new Forwarding(List.of(), Destination.address(url), signing);
  }

  @Override
  public boolean takes(String service) {
    return everything != null || destinations.containsKey(service);
  }

  /**
   * Where everything is elsewhere, so is what is here, too: all that the services' models know. Not
   * so S3, whose objects are had otherwise.
   */
  @Override
  public boolean comesFirst(Request.Operation asked) {
    return everything != null
        && SdkService.called(asked.service())
            .filter(known -> !known.metadata().protocol().equals("rest-xml"))
            .flatMap(known -> known.operation(asked.operation()))
            .isPresent();
  }

  /** Whether a service speaks a protocol that is spoken here, too. */
  public static boolean speaks(Metadata service) {
    return service.protocol().equals("json") || service.protocol().equals("rest-json");
  }

  @Override
  public JsonNode perform(Request.Operation asked) {
    URI address = destinations.getOrDefault(asked.service(), everything);
    Optional<SdkService> service = SdkService.called(asked.service());
    Operation operation = service.flatMap(known -> known.operation(asked.operation())).orElse(null);
    if (address == null || service.isEmpty() || operation == null) {
      throw new ServiceError(
          "UnknownOperationException",
          "The operation " + asked.service() + ":" + asked.operation() + " is not known here");
    }
    Metadata metadata = service.get().metadata();
    Outgoing outgoing = Outgoing.of(metadata, operation, asked.input());
    try {
      HttpResponse<byte[]> answer =
          client.send(
              request(outgoing, address, asked, metadata), HttpResponse.BodyHandlers.ofByteArray());
      return Incoming.output(metadata, operation, answer);
    } catch (IOException e) {
      String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new ServiceError(
          "SdkClientException", "Unable to execute HTTP request to " + address + ": " + why, 0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServiceError("SdkClientException", "The request was broken off", 0);
    }
  }

  private HttpRequest request(
      Outgoing outgoing, URI address, Request.Operation asked, Metadata metadata) {
    URI to = outgoing.at(address);
    Signing by = signing == null ? new Signing(asked.context(), NO_SECRET, null) : signing;
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(to)
            .timeout(TIMEOUT)
            .method(outgoing.method(), HttpRequest.BodyPublishers.ofByteArray(outgoing.body()));
    by.signed(
            outgoing.method(),
            to,
            outgoing.headers(),
            outgoing.body(),
            asked.region(),
            metadata.signingName().isEmpty() ? metadata.name() : metadata.signingName(),
            Instant.now())
        .forEach(builder::header);
    return builder.build();
  }
}
