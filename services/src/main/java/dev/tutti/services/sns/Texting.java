package dev.tutti.services.sns;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.messaging.TextAccount;
import dev.tutti.core.messaging.TextAccountCommand;
import dev.tutti.core.messaging.TextAccounts;
import dev.tutti.core.messaging.TextCatalogue;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;
import dev.tutti.wire.ServiceError;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** An account's settings for text messages, and the numbers that want none. */
final class Texting {
  private static final int PAGE = 100;
  private static final Pattern NUMBER = Pattern.compile("\\+?[1-9]\\d{1,14}");
  private static final Pattern SENDER = Pattern.compile("(?=.*[A-Za-z])[A-Za-z0-9]{1,11}");

  /** How messages may be weighed: for offers, or for what must arrive. */
  static final Set<String> TYPES = Set.of("Promotional", "Transactional");

  private static final String SPEND_LIMIT = "MonthlySpendLimit";

  /** What an account may spend, in dollars, where AWS hasn't raised it. */
  private static final String DEFAULT_SPEND_LIMIT = "1";

  private final TextCatalogue accounts;

  Texting(Phones phones) {
    this.accounts = phones.texts();
  }

  Map<String, Operation> operations() {
    return Map.of(
        "SetSMSAttributes", this::setAttributes,
        "GetSMSAttributes", this::getAttributes,
        "CheckIfPhoneNumberIsOptedOut", this::isOptedOut,
        "ListPhoneNumbersOptedOut", this::listOptedOut,
        "OptInPhoneNumber", this::optIn);
  }

  /** Whether a text may be a sender's name. */
  static boolean isSender(String text) {
    return SENDER.matcher(text).matches();
  }

  private TextAccount account(Exchange exchange) {
    return accounts.account(exchange.region(), exchange.context());
  }

  private JsonNode setAttributes(Exchange exchange) {
    Map<String, String> given = Inputs.requiredAttributes(exchange.input(), "attributes");
    given.forEach(Texting::check);
    return exchange.ask(
        TextAccounts.key(exchange.region(), exchange.context()),
        new TextAccountCommand.SetAttributes(given));
  }

  private static void check(String name, String value) {
    switch (name) {
      case "DefaultSMSType" -> {
        if (!TYPES.contains(value)) {
          throw new ServiceError("InvalidParameter", "DefaultSMSType is invalid");
        }
      }
      case "DefaultSenderID" -> {
        if (!value.isEmpty() && !isSender(value)) {
          throw new ServiceError("InvalidParameter", "DefaultSenderID is not a valid attribute");
        }
      }
      case "DeliveryStatusSuccessSamplingRate" -> {
        if (!value.matches("\\d{1,2}|100")) {
          throw Errors.invalid(name + " Reason: must be a number from 0 to 100");
        }
      }
      case SPEND_LIMIT -> {
        if (!value.equals(DEFAULT_SPEND_LIMIT)) {
          throw Errors.invalid(name + " Reason: what messages cost is not known here");
        }
      }
      case "DeliveryStatusIAMRole", "UsageReportS3Bucket" ->
          throw Errors.invalid(name + " Reason: it is not supported here yet");
      default -> throw new ServiceError("InvalidParameter", name + " is not a valid attribute");
    }
  }

  private JsonNode getAttributes(Exchange exchange) {
    Map<String, String> all = new TreeMap<>();
    all.put(SPEND_LIMIT, DEFAULT_SPEND_LIMIT);
    all.putAll(account(exchange).attributes());
    List<String> wanted = Inputs.list(exchange.input().path("attributes"));
    if (!wanted.isEmpty()) {
      all.keySet().retainAll(wanted);
    }
    ObjectNode answer = Json.object();
    ObjectNode attributes = answer.putObject("attributes");
    all.forEach(attributes::put);
    return answer;
  }

  private static String number(Exchange exchange) {
    String number = exchange.input().path("phoneNumber").asText();
    if (!NUMBER.matcher(number).matches()) {
      throw Errors.invalid("PhoneNumber Reason: input incorrectly formatted");
    }
    return number.startsWith("+") ? number : '+' + number;
  }

  private JsonNode isOptedOut(Exchange exchange) {
    String number = number(exchange);
    return Json.object().put("isOptedOut", account(exchange).isOptedOut(number));
  }

  private JsonNode listOptedOut(Exchange exchange) {
    List<String> found =
        account(exchange).optedOut(Inputs.after(exchange.input(), "nextToken"), PAGE + 1);
    ObjectNode answer = Json.object();
    ArrayNode numbers = answer.putArray("phoneNumbers");
    found.stream().limit(PAGE).forEach(numbers::add);
    if (found.size() > PAGE) {
      answer.put("nextToken", Inputs.token(found.get(PAGE - 1)));
    }
    return answer;
  }

  private JsonNode optIn(Exchange exchange) {
    return exchange.ask(
        TextAccounts.key(exchange.region(), exchange.context()),
        new TextAccountCommand.OptIn(number(exchange)));
  }
}
