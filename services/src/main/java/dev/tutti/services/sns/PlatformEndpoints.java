package dev.tutti.services.sns;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.messaging.PushApp;
import dev.tutti.core.messaging.PushAppCommand;
import dev.tutti.core.messaging.PushApps;
import dev.tutti.core.messaging.PushCatalogue;
import dev.tutti.core.messaging.PushEndpoint;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;
import dev.tutti.wire.ServiceError;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Endpoints of platform applications: apps on devices. */
final class PlatformEndpoints {
  private static final int PAGE = 100;
  private static final int MAX_TOKEN_BYTES = 8192;
  private static final int MAX_USER_DATA_BYTES = 2048;
  private static final String APPLE_TOKEN = "[0-9a-fA-F]{1,400}";
  private static final Set<String> NAMES =
      Set.of(PushEndpoint.TOKEN, PushEndpoint.ENABLED, PushEndpoint.USER_DATA);

  private final PushCatalogue apps;

  PlatformEndpoints(Phones phones) {
    this.apps = phones.apps();
  }

  Map<String, Operation> operations() {
    return Map.of(
        "CreatePlatformEndpoint", this::create,
        "GetEndpointAttributes", this::getAttributes,
        "SetEndpointAttributes", this::setAttributes,
        "ListEndpointsByPlatformApplication", this::list,
        "DeleteEndpoint", this::delete);
  }

  private JsonNode create(Exchange exchange) {
    JsonNode input = exchange.input();
    PushApp app = Inputs.platformApplication(exchange, apps);
    String token = input.path("Token").asText();
    checkToken(app.platform(), token);
    Map<String, String> attributes = new TreeMap<>();
    if (!input.path(PushEndpoint.USER_DATA).asText().isEmpty()) {
      String data = input.path(PushEndpoint.USER_DATA).asText();
      checkUserData("CustomUserData Reason: ", data);
      attributes.put(PushEndpoint.USER_DATA, data);
    }
    attributes.put(PushEndpoint.ENABLED, "true");
    attributes.putAll(checked(Inputs.texts(input.path("Attributes"))));
    attributes.put(PushEndpoint.TOKEN, token);
    attributes.values().removeIf(String::isEmpty);
    return exchange.ask(
        PushApps.key(app.arn()),
        new PushAppCommand.CreateEndpoint(exchange.id("endpoint"), attributes));
  }

  private static void checkToken(String platform, String token) {
    if (token.isEmpty()) {
      throw Errors.invalid("Token Reason: cannot be empty");
    }
    boolean apple = platform.startsWith("APNS") || platform.startsWith("MACOS");
    if (apple && !token.matches(APPLE_TOKEN)) {
      throw Errors.invalid(
          "Token Reason: iOS device tokens must be no more than 400 hexadecimal characters");
    }
    if (bytes(token) > MAX_TOKEN_BYTES) {
      throw Errors.invalid("Token Reason: must be at most 8192 bytes long in UTF-8 encoding");
    }
  }

  private static Map<String, String> checked(Map<String, String> given) {
    Map<String, String> attributes = new TreeMap<>();
    given.forEach((name, value) -> attributes.put(name, checked(name, value)));
    return attributes;
  }

  private static String checked(String name, String value) {
    if (!NAMES.contains(name)) {
      throw Errors.invalid("Attributes Reason: Invalid attribute name: " + name);
    }
    String reason = "Attributes Reason: Invalid value for attribute: " + name + ": ";
    if (name.equals(PushEndpoint.USER_DATA)) {
      checkUserData(reason, value);
    }
    if (name.equals(PushEndpoint.ENABLED)) {
      String lower = value.toLowerCase(Locale.ROOT);
      if (!lower.equals("true") && !lower.equals("false")) {
        throw Errors.invalid(reason + "must be true or false");
      }
      return lower;
    }
    return value;
  }

  private static void checkUserData(String reason, String value) {
    if (bytes(value) > MAX_USER_DATA_BYTES) {
      throw Errors.invalid(
          reason + "must be at most " + MAX_USER_DATA_BYTES + " bytes long in UTF-8 encoding");
    }
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** The caller's application that has an endpoint. */
  private PushApp app(Exchange exchange, String endpointArn) {
    PushApp app = apps.appOf(endpointArn);
    if (app == null
        || app.endpoint(endpointArn) == null
        || !app.owner().equals(exchange.context())) {
      throw noEndpoint();
    }
    return app;
  }

  private static ServiceError noEndpoint() {
    return new ServiceError("NotFound", "Endpoint does not exist", 404);
  }

  private JsonNode getAttributes(Exchange exchange) {
    String arn = Inputs.checkArn(exchange.input(), "EndpointArn");
    PushEndpoint endpoint = app(exchange, arn).endpoint(arn);
    if (endpoint == null) {
      throw noEndpoint();
    }
    ObjectNode answer = Json.object();
    ObjectNode attributes = answer.putObject("Attributes");
    endpoint.attributes().forEach(attributes::put);
    return answer;
  }

  private JsonNode setAttributes(Exchange exchange) {
    JsonNode input = exchange.input();
    String arn = Inputs.checkArn(input, "EndpointArn");
    Map<String, String> given = Inputs.requiredAttributes(input, "Attributes");
    PushApp app = app(exchange, arn);
    Map<String, String> attributes = checked(given);
    String token = attributes.get(PushEndpoint.TOKEN);
    if (token != null) {
      checkToken(PushEndpoint.platform(arn), token);
    }
    return exchange.ask(
        PushApps.key(app.arn()), new PushAppCommand.SetEndpointAttributes(arn, attributes));
  }

  private JsonNode list(Exchange exchange) {
    List<PushEndpoint> found =
        Inputs.platformApplication(exchange, apps)
            .endpoints(Inputs.after(exchange.input()), PAGE + 1);
    ObjectNode answer = Json.object();
    ArrayNode items = answer.putArray("Endpoints");
    found.stream()
        .limit(PAGE)
        .forEach(each -> {
          ObjectNode attributes =
              items.addObject().put("EndpointArn", each.arn()).putObject("Attributes");
          each.attributes().forEach(attributes::put);
        });
    if (found.size() > PAGE) {
      answer.put("NextToken", Inputs.token(found.get(PAGE - 1).arn()));
    }
    return answer;
  }

  /** As everywhere in SNS, deleting what isn't there is no error; its subscriptions stay. */
  private JsonNode delete(Exchange exchange) {
    String arn = Inputs.checkArn(exchange.input(), "EndpointArn");
    PushApp app = apps.appOf(arn);
    return app == null || !app.owner().equals(exchange.context())
        ? Json.object()
        : exchange.ask(PushApps.key(app.arn()), new PushAppCommand.DeleteEndpoint(arn));
  }
}
