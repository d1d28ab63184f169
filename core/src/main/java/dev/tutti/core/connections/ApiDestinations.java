package dev.tutti.core.connections;

import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Decision;
import dev.tutti.core.kernel.Effect;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Moment;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Recorded;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides API destinations, aggregate kind {@code api-destination}, whose id is their ARN. */
public final class ApiDestinations
    implements Decider<ApiDestination, ApiDestinationCommand, ApiDestinationFact> {
  public static final String KIND = "api-destination";

  /** API destinations: account, region, name; the value names the connection. */
  public static final String TABLE = "api-destinations";

  public static Key key(ConnectionArn arn) {
    return new Key(KIND, arn.text());
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Class<ApiDestinationCommand> commands() {
    return ApiDestinationCommand.class;
  }

  @Override
  public Class<ApiDestinationFact> facts() {
    return ApiDestinationFact.class;
  }

  @Override
  public ApiDestination blank(Key key) {
    return ApiDestination.blank(ConnectionArn.parse(key.id()).orElseThrow());
  }

  @Override
  public Decision<ApiDestinationCommand, ApiDestinationFact> decide(
      ApiDestination destination, ApiDestinationCommand command, Moment moment) {
    ApiDestination.Settings settings = destination.settings();
    return switch (command) {
      case ApiDestinationCommand.Create create ->
          settings == null
              ? done(new ApiDestinationFact.DestinationCreated(create.settings()))
              : Decision.refuse(
                  "ResourceAlreadyExistsException",
                  "An api-destination '" + destination.arn().name() + "' already exists.");
      case ApiDestinationCommand.Update update ->
          settings == null
              ? missing(destination)
              : done(new ApiDestinationFact.DestinationUpdated(updated(settings, update)));
      case ApiDestinationCommand.Delete _ ->
          settings == null
              ? missing(destination)
              : done(new ApiDestinationFact.DestinationDeleted());
    };
  }

  private static ApiDestination.Settings updated(
      ApiDestination.Settings before, ApiDestinationCommand.Update update) {
    return new ApiDestination.Settings(
        or(update.description(), before.description()),
        or(update.connectionArn(), before.connectionArn()),
        or(update.method(), before.method()),
        or(update.endpoint(), before.endpoint()),
        or(update.callsPerSecond(), before.callsPerSecond()));
  }

  private static <T extends @Nullable Object> T or(@Nullable T given, T before) {
    return given == null ? before : given;
  }

  private static Decision<ApiDestinationCommand, ApiDestinationFact> done(ApiDestinationFact fact) {
    return Decision.<ApiDestinationCommand, ApiDestinationFact>of(fact).replying();
  }

  private static Decision<ApiDestinationCommand, ApiDestinationFact> missing(
      ApiDestination destination) {
    return Decision.refuse(Connections.NOT_FOUND, absent(destination.arn().name()));
  }

  /** AWS's words for an API destination that isn't there. */
  public static String absent(String name) {
    return "Failed to describe the api-destination(s). An api-destination '"
        + name
        + "' does not exist.";
  }

  @Override
  public ApiDestination apply(ApiDestination destination, Recorded<ApiDestinationFact> recorded) {
    return destination.after(recorded);
  }

  @Override
  public List<Effect> effects(ApiDestination destination, Recorded<ApiDestinationFact> recorded) {
    return List.of();
  }

  @Override
  public ApiDestinationCommand outcome(String call, Outcome outcome) {
    throw new IllegalStateException("an API destination makes no calls: " + call);
  }

  @Override
  public void index(ApiDestination destination, Recorded<ApiDestinationFact> recorded, Rows rows) {
    ConnectionArn arn = destination.arn();
    List<String> key = List.of(arn.account(), arn.region(), arn.name());
    ApiDestination.Settings settings = destination.settings();
    if (settings == null) {
      rows.delete(TABLE, key);
    } else {
      rows.put(TABLE, key, Json.object().put("connection", settings.connectionArn()));
    }
  }
}
