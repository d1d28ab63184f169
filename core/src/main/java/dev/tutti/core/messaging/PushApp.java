package dev.tutti.core.messaging;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * A platform application with its endpoints, as its facts made it. Changed by {@link #apply} only,
 * by one thread; readers may be many meanwhile. Not copied at each fact, as a topic is: an
 * application has as many endpoints as an app has devices.
 */
public final class PushApp {
  private final String arn;
  private final ConcurrentSkipListMap<String, PushEndpoint> endpoints =
      new ConcurrentSkipListMap<>();
  private final Map<String, String> endpointOfToken = new ConcurrentHashMap<>();
  private volatile boolean exists;
  private volatile Map<String, String> attributes = Map.of();
  private volatile Map<String, String> secrets = Map.of();

  PushApp(String arn) {
    this.arn = arn;
  }

  void apply(PushAppFact fact) {
    switch (fact) {
      case PushAppFact.Created created -> {
        attributes = Attributes.changed(Map.of(), created.attributes());
        secrets = Attributes.changed(Map.of(), created.secrets());
        exists = true;
      }
      case PushAppFact.AttributesSet set -> {
        attributes = Attributes.changed(attributes, set.attributes());
        secrets = Attributes.changed(secrets, set.secrets());
      }
      case PushAppFact.Deleted _ -> {
        exists = false;
        endpoints.clear();
        endpointOfToken.clear();
      }
      case PushAppFact.EndpointCreated created ->
          put(new PushEndpoint(created.endpointArn(), new TreeMap<>(created.attributes())));
      case PushAppFact.EndpointAttributesSet set -> {
        PushEndpoint before = endpoints.get(set.endpointArn());
        if (before != null) {
          endpointOfToken.remove(before.token());
          put(before.with(set.attributes()));
        }
      }
      case PushAppFact.EndpointDeleted deleted -> {
        PushEndpoint gone = endpoints.remove(deleted.endpointArn());
        if (gone != null) {
          endpointOfToken.remove(gone.token());
        }
      }
    }
  }

  private void put(PushEndpoint endpoint) {
    endpoints.put(endpoint.arn(), endpoint);
    endpointOfToken.put(endpoint.token(), endpoint.arn());
  }

  /** {@code arn:aws:sns:REGION:ACCOUNT:app/PLATFORM/NAME}. */
  public String arn() {
    return arn;
  }

  /** Whether it was created, and not deleted since. */
  public boolean exists() {
    return exists;
  }

  /** The owner's account. */
  public String owner() {
    return arn.split(":", -1)[4];
  }

  public String region() {
    return arn.split(":", -1)[3];
  }

  public String platform() {
    return arn.split("/", -1)[1];
  }

  public String name() {
    return arn.split("/", -1)[2];
  }

  /** Those that are no secrets. */
  public Map<String, String> attributes() {
    return Map.copyOf(attributes);
  }

  /** What gets it to its notification service: sealed, by the attribute's name. */
  public Map<String, String> secrets() {
    return Map.copyOf(secrets);
  }

  public boolean enabled() {
    return !"false".equals(attributes.get(PushEndpoint.ENABLED));
  }

  public @Nullable PushEndpoint endpoint(String endpointArn) {
    return endpoints.get(endpointArn);
  }

  @Nullable PushEndpoint endpointOfToken(String token) {
    String there = endpointOfToken.get(token);
    return there == null ? null : endpoints.get(there);
  }

  /** Endpoints by ARN, after one; empty starts at the beginning. */
  public List<PushEndpoint> endpoints(String after, int limit) {
    return endpoints.tailMap(after, false).values().stream().limit(limit).toList();
  }
}
