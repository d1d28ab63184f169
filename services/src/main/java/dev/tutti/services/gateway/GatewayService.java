package dev.tutti.services.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.messaging.PushApp;
import dev.tutti.core.messaging.PushAppCommand;
import dev.tutti.core.messaging.PushApps;
import dev.tutti.core.messaging.PushCatalogue;
import dev.tutti.core.messaging.PushEndpoint;
import dev.tutti.core.messaging.TextAccount;
import dev.tutti.core.messaging.TextAccountCommand;
import dev.tutti.core.messaging.TextAccounts;
import dev.tutti.core.messaging.TextCatalogue;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;
import dev.tutti.services.Service;
import dev.tutti.services.http.Web;
import dev.tutti.services.secrets.Vault;
import dev.tutti.wire.ServiceError;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Hands SNS's messages for phones to gateways, as {@code gateway}: no service of AWS's, and not to
 * be called from outside. {@code docs/push.md} says what a gateway gets.
 *
 * <ul>
 *   <li>{@code SendPush {MessageId, To, Message, ForPlatform, Subject, TopicArn,
 *       MessageAttributes}}, to a platform endpoint of the caller's
 *   <li>{@code SendText}, with the same members, to a number
 * </ul>
 *
 * Where there is no gateway the error is one that parks the delivery at once: started with one, the
 * runtime can be told to send it again. A device or number that a gateway says is gone is disabled,
 * or opted out.
 */
public final class GatewayService implements Service {
  private static final String SEPARATORS = "[./-]";

  /** Message attributes by what the gateway gets them as (AWS's page "Publishing to a phone"). */
  private static final Map<String, String> TEXT_ATTRIBUTES =
      Map.of(
          "AWS.SNS.SMS.SenderID", "senderId",
          "AWS.SNS.SMS.SMSType", "type",
          "AWS.SNS.SMS.MaxPrice", "maxPrice",
          "AWS.MM.SMS.OriginationNumber", "originationNumber",
          "AWS.MM.SMS.EntityId", "entityId",
          "AWS.MM.SMS.TemplateId", "templateId");

  private final Gateways gateways;
  private final PushCatalogue apps;
  private final TextCatalogue accounts;
  private final Vault vault;
  private final Posting posting;

  /**
   * Makes the service.
   *
   * @param apps follows the facts of {@link PushApps}
   * @param accounts follows the facts of {@link TextAccounts}
   * @param vault opens the applications' secrets
   * @param clock epoch milliseconds
   */
  public GatewayService(
      Gateways gateways,
      PushCatalogue apps,
      TextCatalogue accounts,
      Vault vault,
      Web web,
      LongSupplier clock) {
    this.gateways = gateways;
    this.apps = apps;
    this.accounts = accounts;
    this.vault = vault;
    this.posting = new Posting(web, clock);
  }

  @Override
  public String name() {
    return "gateway";
  }

  @Override
  public Map<String, Operation> operations() {
    return Map.of("SendPush", this::push, "SendText", this::text);
  }

  private JsonNode push(Exchange exchange) {
    JsonNode input = exchange.input();
    String arn = input.path("To").asText();
    PushApp app = apps.appOf(arn);
    PushEndpoint endpoint = app == null ? null : app.endpoint(arn);
    if (app == null || endpoint == null || !app.owner().equals(exchange.context())) {
      throw new ServiceError("NotFound", "Endpoint does not exist", 404);
    }
    if (!app.enabled()) {
      throw new ServiceError("PlatformApplicationDisabled", "Platform application is disabled");
    }
    if (!endpoint.enabled()) {
      throw disabled("Endpoint is disabled");
    }
    Gateway gateway = present(gateways.push(), "NoPushGateway", "--push");
    if (posting.post(gateway, pushed(input, app, endpoint)) == Posting.Taken.GONE) {
      exchange.ask(
          PushApps.key(app.arn()),
          new PushAppCommand.SetEndpointAttributes(arn, Map.of(PushEndpoint.ENABLED, "false")));
      throw disabled("the gateway says that the device is gone; its endpoint is disabled now");
    }
    return Json.object();
  }

  private static ServiceError disabled(String message) {
    return new ServiceError("EndpointDisabled", message);
  }

  private static Gateway present(@Nullable Gateway gateway, String error, String option) {
    if (gateway == null) {
      throw new ServiceError(error, "the runtime was started without " + option);
    }
    return gateway;
  }

  private ObjectNode pushed(JsonNode input, PushApp app, PushEndpoint endpoint) {
    ObjectNode message = told(input);
    message.put("endpointArn", endpoint.arn()).put("platform", app.platform());
    message.put("application", app.name()).put("token", endpoint.token());
    message.put("payloadIsForPlatform", input.path("ForPlatform").asBoolean());
    if (endpoint.attributes().containsKey(PushEndpoint.USER_DATA)) {
      message.put("customUserData", endpoint.attributes().get(PushEndpoint.USER_DATA));
    }
    ObjectNode attributes = message.putObject("attributes");
    input
        .path("MessageAttributes")
        .properties()
        .forEach(each -> attributes.set(each.getKey(), each.getValue().path("Value")));
    ObjectNode credentials = message.putObject("credentials");
    app.attributes()
        .forEach((name, value) -> {
          if (name.startsWith("ApplePlatform")) {
            credentials.put(name, value);
          }
        });
    app.secrets().forEach((name, sealed) -> credentials.put(name, opened(sealed, app.arn())));
    return message;
  }

  private String opened(String sealed, String arn) {
    try {
      return vault.open(sealed, arn);
    } catch (Vault.Unopened e) {
      throw new ServiceError("InternalError", String.valueOf(e.getMessage()), 500);
    }
  }

  private static ObjectNode told(JsonNode input) {
    ObjectNode message = Json.object();
    message.set("messageId", input.path("MessageId"));
    message.set("message", input.path("Message"));
    if (input.has("Subject")) {
      message.set("subject", input.path("Subject"));
    }
    if (input.has("TopicArn")) {
      message.set("topicArn", input.path("TopicArn"));
    }
    return message;
  }

  private JsonNode text(Exchange exchange) {
    JsonNode input = exchange.input();
    String digits = input.path("To").asText().replaceAll(SEPARATORS, "");
    String number = digits.startsWith("+") ? digits : '+' + digits;
    TextAccount account = accounts.account(exchange.region(), exchange.context());
    if (account.isOptedOut(number)) {
      throw optedOut("whoever has the number opted out of text messages");
    }
    Gateway gateway = present(gateways.text(), "NoTextGateway", "--sms");
    if (posting.post(gateway, texted(input, account, number)) == Posting.Taken.GONE) {
      exchange.ask(
          TextAccounts.key(exchange.region(), exchange.context()),
          new TextAccountCommand.OptOut(number));
      throw optedOut("the gateway says that the number wants no text messages; it is opted out");
    }
    return Json.object();
  }

  private static ServiceError optedOut(String message) {
    return new ServiceError("OptedOut", message);
  }

  private static ObjectNode texted(JsonNode input, TextAccount account, String number) {
    ObjectNode message = told(input);
    message.put("phoneNumber", number);
    message.put("type", account.attributes().getOrDefault("DefaultSMSType", "Promotional"));
    String sender = account.attributes().get("DefaultSenderID");
    if (sender != null) {
      message.put("senderId", sender);
    }
    for (var each : input.path("MessageAttributes").properties()) {
      String name = TEXT_ATTRIBUTES.get(each.getKey());
      if (name != null) {
        message.set(name, each.getValue().path("Value"));
      }
    }
    return message;
  }
}
