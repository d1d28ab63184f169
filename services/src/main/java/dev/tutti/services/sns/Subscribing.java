package dev.tutti.services.sns;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import dev.tutti.core.messaging.DeliveryPolicy;
import dev.tutti.core.messaging.FilterPolicy;
import dev.tutti.core.messaging.PushApp;
import dev.tutti.core.messaging.PushCatalogue;
import dev.tutti.core.messaging.Subscription;
import dev.tutti.core.messaging.Topic;
import dev.tutti.core.messaging.TopicCatalogue;
import dev.tutti.core.messaging.TopicCommand;
import dev.tutti.core.messaging.TopicPolicy;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;
import dev.tutti.wire.ServiceError;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Subscriptions of topics. */
final class Subscribing {
  private static final int PAGE = 100;
  private static final Set<String> PROTOCOLS =
      Set.of("http", "https", "email", "email-json", "lambda", "sqs", "sms", "application");
  private static final Pattern MAIL_ADDRESS = Pattern.compile("[^@\\s,<>]+@[^@\\s,<>]+");
  private static final Set<String> RAW = Set.of("http", "https", "sqs");
  private static final Pattern PHONE = Pattern.compile("\\+?\\d(?:[./-]?\\d){6,14}");
  private static final Pattern FUNCTION =
      Pattern.compile(
          "arn:aws[a-z-]*:lambda:[a-z0-9-]+:\\d{12}:function:[a-zA-Z0-9-_]+(:[a-zA-Z0-9-_$]+)?");
  private static final Pattern QUEUE =
      Pattern.compile("arn:aws[a-z-]*:sqs:[a-z0-9-]+:\\d{12}:[a-zA-Z0-9_-]+(\\.fifo)?");
  private static final String LATER = "firehose";

  private final TopicCatalogue catalogue;
  private final boolean mails;
  private final PushCatalogue apps;

  /**
   * Subscriptions of these topics.
   *
   * @param mails whether there is a server that takes mail
   */
  Subscribing(TopicCatalogue catalogue, boolean mails, Phones phones) {
    this.catalogue = catalogue;
    this.apps = phones.apps();
    this.mails = mails;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "Subscribe", this::subscribe,
        "ConfirmSubscription", this::confirm,
        "Unsubscribe", this::unsubscribe,
        "ListSubscriptions", this::list,
        "ListSubscriptionsByTopic", this::listByTopic,
        "GetSubscriptionAttributes", this::getAttributes,
        "SetSubscriptionAttributes", this::setAttribute);
  }

  private JsonNode subscribe(Exchange exchange) {
    JsonNode input = exchange.input();
    Topic topic = Inputs.topic(exchange, catalogue, "TopicArn");
    String protocol = input.path("Protocol").asText();
    String endpoint = input.path("Endpoint").asText();
    Map<String, String> given = Inputs.texts(input.path("Attributes"));
    checkProtocol(protocol, endpoint);
    boolean ofBody = "MessageBody".equals(given.get("FilterPolicyScope"));
    Map<String, String> attributes = new TreeMap<>();
    given.forEach((name, value) ->
        attributes.put(
            name, attribute(name, value, topic, protocol, ofBody, "Attributes Reason: ")));
    checkEndpoint(exchange.context(), topic, protocol, endpoint);
    JsonNode answer =
        exchange.ask(
            SnsService.key(topic.arn()),
            new TopicCommand.Subscribe(
                exchange.id("subscription"),
                exchange.context(),
                protocol,
                endpoint,
                attributes,
                exchange.call().principal()));
    boolean told =
        answer.path("Confirmed").asBoolean() || input.path("ReturnSubscriptionArn").asBoolean();
    return Json.object()
        .put(
            "SubscriptionArn",
            told ? answer.path("SubscriptionArn").asText() : "pending confirmation");
  }

  private static void checkProtocol(String protocol, String endpoint) {
    if (protocol.equals("sms") && !PHONE.matcher(endpoint).matches()) {
      throw new ServiceError("InvalidParameter", "Invalid SMS endpoint: " + endpoint);
    }
    if (!protocol.equals(LATER) && !PROTOCOLS.contains(protocol)) {
      throw Errors.invalid("Amazon SNS does not support this protocol string: " + protocol);
    }
  }

  private void checkEndpoint(String caller, Topic topic, String protocol, String endpoint) {
    if (protocol.equals(LATER)) {
      throw Errors.invalid("Protocol Reason: " + protocol + " is not supported here yet");
    }
    if (!mails && protocol.startsWith("email")) {
      throw Errors.invalid(
          "Protocol Reason: "
              + protocol
              + " needs a mail server, and this runtime was started without --mail");
    }
    boolean fits =
        switch (protocol) {
          case "email", "email-json" -> MAIL_ADDRESS.matcher(endpoint).matches();
          case "lambda" -> FUNCTION.matcher(endpoint).matches();
          case "sqs" -> QUEUE.matcher(endpoint).matches();
          case "sms" -> true;
          case "application" -> isEndpoint(caller, endpoint);
          default -> isAddress(protocol, endpoint);
        };
    if (!fits) {
      throw Errors.invalid(
          switch (protocol) {
            case "email", "email-json" -> "Email address";
            case "lambda" -> "Lambda endpoint ARN";
            case "sqs" -> "SQS endpoint ARN";
            case "application" ->
                "Endpoint Reason: Endpoint does not exist for endpoint arn" + endpoint;
            default -> "Endpoint must match the specified protocol";
          });
    }
    if (topic.fifo() && !protocol.equals("sqs")) {
      throw Errors.invalid("Protocol Reason: FIFO topics deliver to SQS queues only");
    }
    if (!topic.fifo() && protocol.equals("sqs") && endpoint.endsWith(".fifo")) {
      throw Errors.invalid(
          "Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard"
              + " SNS topics");
    }
    LargeMessages.checkSubscription(topic, protocol, endpoint);
  }

  /** Whether an ARN is that of a platform endpoint of the caller's. */
  private boolean isEndpoint(String caller, String arn) {
    PushApp app = apps.appOf(arn);
    return app != null && app.owner().equals(caller) && app.endpoint(arn) != null;
  }

  private static boolean isAddress(String protocol, String endpoint) {
    try {
      URI uri = new URI(endpoint);
      return protocol.equals(uri.getScheme()) && uri.getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /**
   * An attribute's value as it is kept; empty where it is taken back.
   *
   * @param ofBody whether the filter policy is about the message's body
   */
  private static String attribute(
      String name, String value, Topic topic, String protocol, boolean ofBody, String where) {
    return switch (name) {
      case "RawMessageDelivery" -> {
        String lower = value.toLowerCase(Locale.ROOT);
        if (!lower.equals("true") && !lower.equals("false")) {
          throw Errors.invalid(
              where + "RawMessageDelivery: Invalid value [" + value + "]. Must be true or false.");
        }
        if (!RAW.contains(protocol) && lower.equals("true")) {
          throw Errors.invalid(
              where
                  + "Delivery protocol ["
                  + protocol
                  + "] does not support raw message delivery.");
        }
        yield lower;
      }
      case "DeliveryPolicy" -> {
        String normal = value.isEmpty() ? value : DeliveryPolicy.normal(value, false);
        if (normal == null) {
          throw Errors.invalid(where + "DeliveryPolicy: the value is not a delivery policy");
        }
        yield normal;
      }
      case "FilterPolicyScope" -> {
        if (!value.equals("MessageBody") && !value.equals("MessageAttributes")) {
          throw Errors.invalid(
              where
                  + "FilterPolicyScope: Invalid value ["
                  + value
                  + "]. Please use either MessageBody or MessageAttributes");
        }
        yield value;
      }
      case "FilterPolicy" -> filterPolicy(value, ofBody, where);
      case "RedrivePolicy" -> redrivePolicy(value, topic, where);
      case "ReplayPolicy", "SubscriptionRoleArn" ->
          throw Errors.invalid(where + name + " is not supported here yet");
      default -> throw Errors.invalid(where + "AttributeName");
    };
  }

  private static String filterPolicy(String value, boolean ofBody, String where) {
    if (value.isEmpty() || value.equals("{}")) {
      return "";
    }
    FilterPolicy.fault(value, ofBody)
        .ifPresent(fault -> {
          throw Errors.invalid(where + fault);
        });
    return value;
  }

  private static String redrivePolicy(String value, Topic topic, String where) {
    if (value.isEmpty()) {
      return value;
    }
    JsonNode policy;
    try {
      policy = Json.parse(value);
    } catch (MalformedJson e) {
      throw Errors.invalid(where + "RedrivePolicy: " + FilterPolicy.notJson(e));
    }
    if (policy.isEmpty()) {
      return "";
    }
    String queue = policy.path("deadLetterTargetArn").asText();
    if (!QUEUE.matcher(queue).matches()) {
      throw Errors.invalid(where + "RedrivePolicy: deadLetterTargetArn is an invalid arn");
    }
    if (topic.fifo() && !queue.endsWith(".fifo")) {
      throw Errors.invalid(where + "RedrivePolicy: must use a FIFO queue as DLQ for a FIFO topic");
    }
    if (!topic.fifo() && queue.endsWith(".fifo")) {
      throw Errors.invalid(
          where + "RedrivePolicy: must use a standard queue as DLQ for a standard topic");
    }
    return value;
  }

  private JsonNode confirm(Exchange exchange) {
    JsonNode input = exchange.input();
    String arn = Inputs.topicArn(input, "TopicArn");
    if (catalogue.topic(arn) == null) {
      throw Errors.noTopic();
    }
    JsonNode answer =
        exchange.ask(
            SnsService.key(arn),
            new TopicCommand.Confirm(
                input.path("Token").asText(),
                input.path("AuthenticateOnUnsubscribe").asText().equalsIgnoreCase("true")));
    return Json.object().put("SubscriptionArn", answer.path("SubscriptionArn").asText());
  }

  private JsonNode unsubscribe(Exchange exchange) {
    String arn = Inputs.checkArn(exchange.input(), "SubscriptionArn");
    if (arn.split(":", -1).length == 6) {
      throw Errors.invalid("SubscriptionId");
    }
    Subscription subscription = catalogue.subscription(arn);
    if (subscription == null) {
      return Json.object();
    }
    boolean byLink = exchange.call().isAnonymous() && !subscription.authenticated();
    if (!byLink) {
      checkOwner(exchange, subscription);
    }
    return exchange.ask(SnsService.key(subscription.topicArn()), new TopicCommand.Unsubscribe(arn));
  }

  /** The subscriber and the topic's owner may change a subscription. */
  private void checkOwner(Exchange exchange, Subscription subscription) {
    Topic topic = catalogue.topic(subscription.topicArn());
    if (!subscription.owner().equals(exchange.context())
        && (topic == null || !topic.owner().equals(exchange.context()))) {
      throw Errors.denied(exchange.call(), exchange.call().operation(), subscription.arn());
    }
  }

  private Subscription subscription(Exchange exchange) {
    String arn = Inputs.checkArn(exchange.input(), "SubscriptionArn");
    Subscription subscription = catalogue.subscription(arn);
    if (subscription == null) {
      throw Errors.noSubscription();
    }
    checkOwner(exchange, subscription);
    return subscription;
  }

  private JsonNode getAttributes(Exchange exchange) {
    Subscription subscription = subscription(exchange);
    ObjectNode answer = Json.object();
    ObjectNode attributes = answer.putObject("Attributes");
    attributes.put("SubscriptionArn", subscription.arn());
    attributes.put("TopicArn", subscription.topicArn());
    attributes.put("Protocol", subscription.protocol());
    attributes.put("Endpoint", subscription.endpoint());
    attributes.put("Owner", subscription.owner());
    String principal = subscription.principal();
    attributes.put(
        "SubscriptionPrincipal",
        principal == null ? "arn:aws:iam::" + subscription.owner() + ":root" : principal);
    attributes.put("PendingConfirmation", Boolean.toString(!subscription.confirmed()));
    attributes.put("ConfirmationWasAuthenticated", Boolean.toString(subscription.authenticated()));
    attributes.put("RawMessageDelivery", "false");
    subscription.attributes().forEach(attributes::put);
    if (!subscription.attributes().containsKey("FilterPolicy")) {
      attributes.remove("FilterPolicyScope");
    } else if (!subscription.filtersBody()) {
      attributes.put("FilterPolicyScope", "MessageAttributes");
    }
    String own = subscription.attributes().get("DeliveryPolicy");
    if (own != null) {
      attributes.put("EffectiveDeliveryPolicy", own);
    }
    return answer;
  }

  private JsonNode setAttribute(Exchange exchange) {
    JsonNode input = exchange.input();
    Subscription subscription = subscription(exchange);
    String name = input.path("AttributeName").asText();
    Topic topic = catalogue.topic(subscription.topicArn());
    if (topic == null) {
      throw Errors.noSubscription();
    }
    String given = input.path("AttributeValue").asText();
    String value =
        attribute(name, given, topic, subscription.protocol(), subscription.filtersBody(), "");
    String policy = subscription.attributes().get("FilterPolicy");
    if (name.equals("FilterPolicyScope") && policy != null) {
      var _ = filterPolicy(policy, value.equals("MessageBody"), "");
    }
    return exchange.ask(
        SnsService.key(subscription.topicArn()),
        new TopicCommand.SetSubscriptionAttribute(subscription.arn(), name, value));
  }

  private JsonNode list(Exchange exchange) {
    return page(
        catalogue.subscriptions(
            exchange.context(), exchange.region(), Inputs.after(exchange.input()), PAGE + 1));
  }

  private JsonNode listByTopic(Exchange exchange) {
    String arn = Inputs.topicArn(exchange.input(), "TopicArn");
    Topic topic = catalogue.topic(arn);
    if (topic == null) {
      throw Errors.noTopic();
    }
    if (!TopicPolicy.allows(topic, "ListSubscriptionsByTopic", exchange.context())) {
      throw Errors.denied(exchange.call(), "ListSubscriptionsByTopic", arn);
    }
    return page(
        topic.subscriptions().tailMap(Inputs.after(exchange.input()), false).values().stream()
            .limit(PAGE + 1)
            .toList());
  }

  private static JsonNode page(List<Subscription> subscriptions) {
    ObjectNode answer = Json.object();
    ArrayNode items = answer.putArray("Subscriptions");
    subscriptions.stream()
        .limit(PAGE)
        .forEach(each ->
            items
                .addObject()
                .put("SubscriptionArn", each.confirmed() ? each.arn() : "PendingConfirmation")
                .put("Owner", each.owner())
                .put("Protocol", each.protocol())
                .put("Endpoint", each.endpoint())
                .put("TopicArn", each.topicArn()));
    if (subscriptions.size() > PAGE) {
      answer.put("NextToken", Inputs.token(subscriptions.get(PAGE - 1).arn()));
    }
    return answer;
  }
}
