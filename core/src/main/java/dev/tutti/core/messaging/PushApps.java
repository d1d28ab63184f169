package dev.tutti.core.messaging;

import dev.tutti.core.delivery.Deliveries;
import dev.tutti.core.delivery.DeliveryCommand;
import dev.tutti.core.delivery.RetryPolicy;
import dev.tutti.core.delivery.Source;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Decision;
import dev.tutti.core.kernel.Effect;
import dev.tutti.core.kernel.Ids;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Moment;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.kernel.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides about a platform application and its endpoints: a token has one endpoint of an
 * application at most.
 *
 * <p>What becomes of endpoints is published to the topics that the application names for that
 * (AWS's page "Mobile app events").
 */
public final class PushApps implements Decider<PushApp, PushAppCommand, PushAppFact> {
  /** The {@link Key#kind()}; the id is the application's ARN. */
  public static final String KIND = "push-app";

  public static Key key(String appArn) {
    return new Key(KIND, appArn);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Class<PushAppCommand> commands() {
    return PushAppCommand.class;
  }

  @Override
  public Class<PushAppFact> facts() {
    return PushAppFact.class;
  }

  @Override
  public PushApp blank(Key key) {
    return new PushApp(key.id());
  }

  @Override
  public Decision<PushAppCommand, PushAppFact> decide(
      PushApp state, PushAppCommand command, Moment moment) {
    if (!state.exists()) {
      return switch (command) {
        case PushAppCommand.Create create ->
            done(new PushAppFact.Created(create.attributes(), create.secrets()));
        case PushAppCommand.SetAttributes _ -> absent("PlatformApplication");
        case PushAppCommand.Delete _ -> nothing();
        case PushAppCommand.CreateEndpoint _ -> absent("PlatformApplication");
        case PushAppCommand.SetEndpointAttributes _ -> absent("Endpoint");
        case PushAppCommand.DeleteEndpoint _ -> nothing();
      };
    }
    return switch (command) {
      case PushAppCommand.Create _ -> nothing();
      case PushAppCommand.SetAttributes set ->
          done(new PushAppFact.AttributesSet(set.attributes(), set.secrets()));
      case PushAppCommand.Delete _ -> done(new PushAppFact.Deleted());
      case PushAppCommand.CreateEndpoint create -> createEndpoint(state, create);
      case PushAppCommand.SetEndpointAttributes set -> setEndpoint(state, set);
      case PushAppCommand.DeleteEndpoint delete ->
          state.endpoint(delete.endpointArn()) == null
              ? nothing()
              : done(new PushAppFact.EndpointDeleted(delete.endpointArn()));
    };
  }

  private static Decision<PushAppCommand, PushAppFact> createEndpoint(
      PushApp state, PushAppCommand.CreateEndpoint create) {
    String token = create.attributes().getOrDefault(PushEndpoint.TOKEN, "");
    PushEndpoint there = state.endpointOfToken(token);
    if (there == null) {
      String arn = PushEndpoint.arn(state.arn(), create.id());
      return Decision.<PushAppCommand, PushAppFact>of(
              new PushAppFact.EndpointCreated(arn, create.attributes()))
          .replying(Json.object().put("EndpointArn", arn));
    }
    return there.attributes().equals(create.attributes())
        ? Decision.<PushAppCommand, PushAppFact>none()
            .replying(Json.object().put("EndpointArn", there.arn()))
        : taken(there);
  }

  private static Decision<PushAppCommand, PushAppFact> setEndpoint(
      PushApp state, PushAppCommand.SetEndpointAttributes set) {
    if (state.endpoint(set.endpointArn()) == null) {
      return absent("Endpoint");
    }
    String token = set.attributes().get(PushEndpoint.TOKEN);
    PushEndpoint other = token == null ? null : state.endpointOfToken(token);
    return other == null || other.arn().equals(set.endpointArn())
        ? done(new PushAppFact.EndpointAttributesSet(set.endpointArn(), set.attributes()))
        : taken(other);
  }

  private static Decision<PushAppCommand, PushAppFact> taken(PushEndpoint there) {
    return Decision.refuse(
        "InvalidParameter",
        "Invalid parameter: Token Reason: Endpoint "
            + there.arn()
            + " already exists with the same Token, but different attributes.");
  }

  private static Decision<PushAppCommand, PushAppFact> absent(String what) {
    return Decision.refuse("NotFound", what + " does not exist");
  }

  private static Decision<PushAppCommand, PushAppFact> done(PushAppFact fact) {
    return Decision.<PushAppCommand, PushAppFact>of(fact).replying();
  }

  private static Decision<PushAppCommand, PushAppFact> nothing() {
    return Decision.<PushAppCommand, PushAppFact>none().replying();
  }

  @Override
  public PushApp apply(PushApp state, Recorded<PushAppFact> recorded) {
    state.apply(recorded.fact());
    return state;
  }

  @Override
  public List<Effect> effects(PushApp state, Recorded<PushAppFact> recorded) {
    return switch (recorded.fact()) {
      case PushAppFact.EndpointCreated created ->
          told(state, recorded, "EndpointCreated", created.endpointArn());
      case PushAppFact.EndpointAttributesSet set ->
          told(state, recorded, "EndpointUpdated", set.endpointArn());
      case PushAppFact.EndpointDeleted deleted ->
          told(state, recorded, "EndpointDeleted", deleted.endpointArn());
      case PushAppFact.Created _ -> List.of();
      case PushAppFact.AttributesSet _ -> List.of();
      case PushAppFact.Deleted _ -> List.of();
    };
  }

  /** What is published of an endpoint, where the application names a topic for it. */
  private static List<Effect> told(
      PushApp state, Recorded<PushAppFact> recorded, String type, String endpointArn) {
    @Nullable String topicArn = state.attributes().get("Event" + type);
    if (topicArn == null) {
      return List.of();
    }
    String id = Ids.uuid(state.arn() + '/' + recorded.seq());
    String message =
        Json.write(
            Json.object()
                .put("EndpointArn", endpointArn)
                .put("EventType", type)
                .put("Resource", state.arn())
                .put("Service", "SNS"));
    Request publish =
        new Request.Operation(
            state.owner(),
            state.region(),
            "sns",
            "Publish",
            Json.object().put("TopicArn", topicArn).put("Subject", type).put("Message", message));
    return List.of(
        new Effect.Tell(
            Deliveries.key(id + '|' + topicArn),
            new DeliveryCommand.Begin(
                state.owner(),
                topicArn,
                Source.direct(topicArn, id),
                topicArn,
                publish,
                RetryPolicy.managed())));
  }

  @Override
  public PushAppCommand outcome(String call, Outcome outcome) {
    throw new IllegalStateException("a platform application calls nobody: " + call);
  }
}
