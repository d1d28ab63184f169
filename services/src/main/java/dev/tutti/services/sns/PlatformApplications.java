package dev.tutti.services.sns;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.messaging.PushApp;
import dev.tutti.core.messaging.PushAppCommand;
import dev.tutti.core.messaging.PushApps;
import dev.tutti.core.messaging.PushCatalogue;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;
import dev.tutti.services.secrets.Vault;
import dev.tutti.wire.ServiceError;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Platform applications. Their credentials are sealed at once, and shown to nobody. */
final class PlatformApplications {
  private static final int PAGE = 100;
  private static final int MAX_NAME = 256;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");
  private static final String PRINCIPAL = "PlatformPrincipal";
  private static final String CREDENTIAL = "PlatformCredential";
  private static final Set<String> PLATFORMS =
      Set.of(
          "ADM",
          "APNS",
          "APNS_SANDBOX",
          "APNS_VOIP",
          "APNS_VOIP_SANDBOX",
          "BAIDU",
          "FCM",
          "GCM",
          "MACOS",
          "MACOS_SANDBOX",
          "MPNS",
          "WNS");

  /** Platforms that know an application by one secret alone. */
  private static final Set<String> WITHOUT_PRINCIPAL = Set.of("FCM", "GCM", "MPNS");

  private static final Set<String> EVENTS =
      Set.of("EventEndpointCreated", "EventEndpointUpdated", "EventEndpointDeleted");

  private static final Set<String> UNSUPPORTED =
      Set.of(
          "EventDeliveryFailure",
          "SuccessFeedbackRoleArn",
          "FailureFeedbackRoleArn",
          "SuccessFeedbackSampleRate");

  private final PushCatalogue apps;
  private final Vault vault;

  PlatformApplications(Phones phones) {
    this.apps = phones.apps();
    this.vault = phones.vault();
  }

  Map<String, Operation> operations() {
    return Map.of(
        "CreatePlatformApplication", this::create,
        "GetPlatformApplicationAttributes", this::getAttributes,
        "SetPlatformApplicationAttributes", this::setAttributes,
        "ListPlatformApplications", this::list,
        "DeletePlatformApplication", this::delete);
  }

  /** Attributes as they were given, those that are secrets apart. */
  private record Given(Map<String, String> visible, Map<String, String> secrets) {
    static Given of(Map<String, String> attributes) {
      Map<String, String> visible = new TreeMap<>();
      Map<String, String> secrets = new TreeMap<>();
      attributes.forEach(
          (name, value) -> (isSecret(name) ? secrets : visible).put(name, checked(name, value)));
      return new Given(visible, secrets);
    }
  }

  private static boolean isSecret(String name) {
    return name.equals(PRINCIPAL) || name.equals(CREDENTIAL);
  }

  private static String checked(String name, String value) {
    if (UNSUPPORTED.contains(name)) {
      throw Errors.invalid("Attributes Reason: " + name + " is not supported here yet");
    }
    if (name.equals("Enabled")) {
      String lower = value.toLowerCase(Locale.ROOT);
      if (!lower.equals("true") && !lower.equals("false")) {
        throw invalidValue(name, "must be true or false");
      }
      return lower;
    }
    if (EVENTS.contains(name)
        && !value.isEmpty()
        && !value.matches("arn:aws[a-z-]*:sns:[^:]+:[^:]+:[^:]+")) {
      throw invalidValue(name, "must be a topic's ARN");
    }
    if (!isSecret(name) && !EVENTS.contains(name) && !name.startsWith("ApplePlatform")) {
      throw Errors.invalid("Attributes Reason: Invalid attribute name: " + name);
    }
    return value;
  }

  private static ServiceError invalidValue(String name, String why) {
    return Errors.invalid("Attributes Reason: Invalid value for attribute: " + name + ": " + why);
  }

  private JsonNode create(Exchange exchange) {
    JsonNode input = exchange.input();
    Map<String, String> attributes = Inputs.requiredAttributes(input, "Attributes");
    String name = name(input.path("Name").asText());
    String platform = input.path("Platform").asText();
    if (!PLATFORMS.contains(platform)) {
      throw Errors.invalid("Platform Reason: " + platform + " is not supported");
    }
    checkPair(platform, attributes);
    if (!attributes.containsKey(CREDENTIAL)) {
      throw Errors.invalid("Attributes Reason: " + CREDENTIAL + " attribute not provided");
    }
    Given given = Given.of(attributes);
    String arn =
        "arn:aws:sns:%s:%s:app/%s/%s"
            .formatted(exchange.region(), exchange.context(), platform, name);
    PushApp there = apps.app(arn);
    if (there != null && !isSame(there, given)) {
      throw Errors.invalid(
          "Attributes Reason: An application with the same name already exists, but with different"
              + " properties");
    }
    exchange.ask(
        PushApps.key(arn),
        new PushAppCommand.Create(given.visible(), sealed(arn, given.secrets())));
    return Json.object().put("PlatformApplicationArn", arn);
  }

  private static String name(String name) {
    String fault =
        name.isEmpty()
            ? "cannot be empty"
            : name.length() > MAX_NAME
                ? "must be at most 256 characters long"
                : NAME.matcher(name).matches()
                    ? ""
                    : "must contain only characters 'a'-'z', 'A'-'Z', '0'-'9', '_', '-', and '.'";
    if (!fault.isEmpty()) {
      throw Errors.invalid(name + " Reason: " + fault);
    }
    return name;
  }

  private static void checkPair(String platform, Map<String, String> attributes) {
    String missing =
        !attributes.containsKey(CREDENTIAL)
            ? CREDENTIAL
            : !attributes.containsKey(PRINCIPAL) && !WITHOUT_PRINCIPAL.contains(platform)
                ? PRINCIPAL
                : "";
    String there = missing.equals(PRINCIPAL) ? CREDENTIAL : PRINCIPAL;
    if (!missing.isEmpty() && attributes.containsKey(there)) {
      throw Errors.invalid(
          "Attributes Reason: " + there + " attribute provided without " + missing);
    }
  }

  private boolean isSame(PushApp there, Given given) {
    Map<String, String> opened = new TreeMap<>();
    try {
      there.secrets().forEach((name, sealed) -> opened.put(name, vault.open(sealed, there.arn())));
    } catch (Vault.Unopened e) {
      throw new ServiceError("InternalError", String.valueOf(e.getMessage()), 500);
    }
    return opened.equals(given.secrets()) && there.attributes().equals(given.visible());
  }

  private Map<String, String> sealed(String arn, Map<String, String> secrets) {
    Map<String, String> sealed = new TreeMap<>();
    secrets.forEach((name, value) -> sealed.put(name, vault.seal(value, arn)));
    return sealed;
  }

  private JsonNode getAttributes(Exchange exchange) {
    ObjectNode answer = Json.object();
    describe(Inputs.platformApplication(exchange, apps), answer.putObject("Attributes"));
    return answer;
  }

  private static void describe(PushApp app, ObjectNode attributes) {
    attributes.put("Enabled", "true");
    app.attributes().forEach(attributes::put);
  }

  private JsonNode setAttributes(Exchange exchange) {
    JsonNode input = exchange.input();
    Inputs.checkArn(input, "PlatformApplicationArn");
    Map<String, String> attributes = Inputs.requiredAttributes(input, "Attributes");
    PushApp app = Inputs.platformApplication(exchange, apps);
    checkPair(app.platform(), attributes);
    Given given = Given.of(attributes);
    return exchange.ask(
        PushApps.key(app.arn()),
        new PushAppCommand.SetAttributes(given.visible(), sealed(app.arn(), given.secrets())));
  }

  private JsonNode list(Exchange exchange) {
    List<PushApp> found =
        apps.apps(exchange.context(), exchange.region(), Inputs.after(exchange.input()), PAGE + 1);
    ObjectNode answer = Json.object();
    ArrayNode items = answer.putArray("PlatformApplications");
    found.stream()
        .limit(PAGE)
        .forEach(app ->
            describe(
                app,
                items
                    .addObject()
                    .put("PlatformApplicationArn", app.arn())
                    .putObject("Attributes")));
    if (found.size() > PAGE) {
      answer.put("NextToken", Inputs.token(found.get(PAGE - 1).arn()));
    }
    return answer;
  }

  /** As everywhere in SNS, deleting what isn't there is no error. */
  private JsonNode delete(Exchange exchange) {
    String arn = Inputs.checkArn(exchange.input(), "PlatformApplicationArn");
    PushApp app = apps.app(arn);
    return app == null || !app.owner().equals(exchange.context())
        ? Json.object()
        : exchange.ask(PushApps.key(arn), new PushAppCommand.Delete());
  }
}
