package dev.tutti.services.sns;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;
import dev.tutti.wire.ServiceError;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Text messages and mobile push, of which there are none here: what asks after them is told so as
 * SNS would tell it, what is wrong is refused as there, and what would make one is refused by name.
 */
final class Phones {
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

  Map<String, Operation> operations() {
    Map<String, Operation> operations = new TreeMap<>();
    operations.put("CreatePlatformApplication", Phones::createApplication);
    operations.put("GetPlatformApplicationAttributes", Phones::noApplication);
    operations.put("SetPlatformApplicationAttributes", Phones::setApplication);
    operations.put("DeletePlatformApplication", Phones::deleteApplication);
    operations.put("CreatePlatformEndpoint", Phones::noApplication);
    operations.put("ListEndpointsByPlatformApplication", Phones::noApplication);
    operations.put("GetEndpointAttributes", Phones::noEndpoint);
    operations.put("SetEndpointAttributes", Phones::setEndpoint);
    operations.put("ListPlatformApplications", exchange -> none("PlatformApplications"));
    operations.put("CheckIfPhoneNumberIsOptedOut", Phones::isOptedOut);
    operations.put("OptInPhoneNumber", Phones::optIn);
    operations.put("ListPhoneNumbersOptedOut", exchange -> none("phoneNumbers"));
    return operations;
  }

  private static JsonNode none(String member) {
    return Json.object().set(member, Json.array());
  }

  private static JsonNode createApplication(Exchange exchange) {
    JsonNode input = exchange.input();
    JsonNode attributes = attributes(input);
    String platform = input.path("Platform").asText();
    if (!PLATFORMS.contains(platform)) {
      throw Errors.invalid("Platform Reason: " + platform + " is not supported");
    }
    requireBoth(attributes, "PlatformPrincipal", "PlatformCredential");
    requireBoth(attributes, "PlatformCredential", "PlatformPrincipal");
    throw Errors.invalid("Platform Reason: mobile push is not supported here");
  }

  private static void requireBoth(JsonNode attributes, String there, String missing) {
    if (attributes.has(there) && !attributes.has(missing)) {
      throw Errors.invalid(
          "Attributes Reason: " + there + " attribute provided without " + missing);
    }
  }

  private static JsonNode noApplication(Exchange exchange) {
    checkArn(exchange.input(), "PlatformApplicationArn");
    throw new ServiceError("NotFound", "PlatformApplication does not exist", 404);
  }

  private static JsonNode setApplication(Exchange exchange) {
    checkArn(exchange.input(), "PlatformApplicationArn");
    var _ = attributes(exchange.input());
    return noApplication(exchange);
  }

  /** As everywhere in SNS, deleting what isn't there is no error. */
  private static JsonNode deleteApplication(Exchange exchange) {
    checkArn(exchange.input(), "PlatformApplicationArn");
    return Json.object();
  }

  private static JsonNode noEndpoint(Exchange exchange) {
    checkArn(exchange.input(), "EndpointArn");
    throw new ServiceError("NotFound", "Endpoint does not exist", 404);
  }

  private static JsonNode setEndpoint(Exchange exchange) {
    checkArn(exchange.input(), "EndpointArn");
    var _ = attributes(exchange.input());
    return noEndpoint(exchange);
  }

  /** An empty map doesn't reach SNS over its protocol, and is missing there. */
  private static JsonNode attributes(JsonNode input) {
    JsonNode attributes = input.path("Attributes");
    if (attributes.isEmpty()) {
      throw new ServiceError(
          "ValidationError",
          "1 validation error detected: Value null at 'attributes' failed to satisfy constraint:"
              + " Member must not be null");
    }
    return attributes;
  }

  private static void checkArn(JsonNode input, String member) {
    int parts = input.path(member).asText().split(":", -1).length;
    if (parts < 6) {
      throw Errors.invalid(member + " Reason: An ARN must have at least 6 elements, not " + parts);
    }
  }

  /** Nobody was ever sent a text message, so nobody declined them. */
  private static JsonNode isOptedOut(Exchange exchange) {
    checkPhone(exchange);
    return Json.object().put("isOptedOut", false);
  }

  private static JsonNode optIn(Exchange exchange) {
    checkPhone(exchange);
    return Json.object();
  }

  private static void checkPhone(Exchange exchange) {
    if (!exchange.input().path("phoneNumber").asText().matches("\\+?[1-9]\\d{1,14}")) {
      throw Errors.invalid("PhoneNumber Reason: input incorrectly formatted");
    }
  }
}
