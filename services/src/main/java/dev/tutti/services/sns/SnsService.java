package dev.tutti.services.sns;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.messaging.DeliveryPolicy;
import dev.tutti.core.messaging.Seal;
import dev.tutti.core.messaging.Subscription;
import dev.tutti.core.messaging.Topic;
import dev.tutti.core.messaging.TopicCatalogue;
import dev.tutti.core.messaging.TopicCommand;
import dev.tutti.core.messaging.TopicPolicy;
import dev.tutti.core.messaging.Topics;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;
import dev.tutti.services.Service;
import dev.tutti.wire.ServiceError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * SNS: topics here, their subscriptions in {@link Subscribing}, messages in {@link Publishing},
 * mobile push in {@link PlatformApplications} and {@link PlatformEndpoints}, text messages in
 * {@link Texting}.
 *
 * <p>Encryption, archives, delivery status logs and data protection are refused by name.
 */
public final class SnsService implements Service {
  private static final int PAGE = 100;

  private final TopicCatalogue catalogue;
  private final Map<String, Operation> operations = new TreeMap<>();

  /**
   * Makes the service.
   *
   * @param catalogue follows the facts of {@link Topics}
   * @param seal signs messages
   * @param clock epoch milliseconds, which messages bear
   * @param mails whether there is a server that takes mail
   */
  public SnsService(
      TopicCatalogue catalogue, Seal seal, LongSupplier clock, boolean mails, Phones phones) {
    this.catalogue = catalogue;
    operations.put("CreateTopic", this::create);
    operations.put("DeleteTopic", this::delete);
    operations.put("ListTopics", this::list);
    operations.put("GetTopicAttributes", this::getAttributes);
    operations.put("SetTopicAttributes", this::setAttribute);
    operations.put("AddPermission", this::addPermission);
    operations.put("RemovePermission", this::removePermission);
    operations.put("TagResource", this::tag);
    operations.put("UntagResource", this::untag);
    operations.put("ListTagsForResource", this::listTags);
    operations.putAll(new Subscribing(catalogue, mails, phones).operations());
    operations.putAll(new PlatformApplications(phones).operations());
    operations.putAll(new PlatformEndpoints(phones).operations());
    operations.putAll(new Texting(phones).operations());
    operations.putAll(new Publishing(catalogue, seal, clock, phones).operations());
  }

  @Override
  public String name() {
    return "sns";
  }

  @Override
  public Map<String, Operation> operations() {
    return Map.copyOf(operations);
  }

  static Key key(String topicArn) {
    return new Key(Topics.KIND, topicArn);
  }

  private JsonNode create(Exchange exchange) {
    JsonNode input = exchange.input();
    String name = input.path("Name").asText();
    Map<String, String> given = new LinkedHashMap<>(Inputs.texts(input.path("Attributes")));
    boolean fifo = Boolean.parseBoolean(given.getOrDefault("FifoTopic", "false"));
    String stem = fifo && name.endsWith(".fifo") ? name.substring(0, name.length() - 5) : name;
    if (!stem.matches("[a-zA-Z0-9_-]+") || name.length() > 256 || fifo == stem.equals(name)) {
      throw Errors.invalid("Topic Name");
    }
    given.keySet().removeIf(each -> each.equals("FifoTopic") && !fifo);
    Map<String, String> tags = Inputs.tags(input.path("Tags"));
    String arn = "arn:aws:sns:" + exchange.region() + ':' + exchange.context() + ':' + name;
    Topic there = catalogue.topic(arn);
    if (there == null) {
      if (!input.path("DataProtectionPolicy").asText().isEmpty()) {
        throw unsupported("DataProtectionPolicy");
      }
      given.replaceAll((each, value) ->
          each.equals("FifoTopic") ? "true" : attribute(each, value, fifo, "Attributes Reason: "));
    }
    exchange.ask(key(arn), new TopicCommand.Create(given, tags));
    return Json.object().put("TopicArn", arn);
  }

  private static ServiceError unsupported(String attribute) {
    return Errors.invalid("Attributes Reason: " + attribute + " is not supported here yet");
  }

  /** An attribute's value as it is kept. */
  private static String attribute(String name, String value, boolean fifo, String where) {
    return switch (name) {
      case "DisplayName" -> value;
      case "TracingConfig" -> {
        if (!value.equals("PassThrough") && !value.isEmpty()) {
          throw unsupported(name + " " + value);
        }
        yield value;
      }
      case "Policy" -> {
        if (!value.isEmpty() && !isPolicy(value)) {
          throw Errors.invalid(where + "Policy Error: null");
        }
        yield value;
      }
      case "DeliveryPolicy" -> {
        String normal = value.isEmpty() ? value : DeliveryPolicy.normal(value, true);
        if (normal == null) {
          throw Errors.invalid(where + "DeliveryPolicy: the value is not a delivery policy");
        }
        yield normal;
      }
      case "SignatureVersion" -> oneOf(name, value, where, "1", "2");
      case "MaximumMessageSize" -> LargeMessages.size(value, where);
      case "ContentBasedDeduplication" -> {
        if (!fifo) {
          throw Errors.invalid(
              where + "Content-based deduplication can only be set for FIFO topics");
        }
        yield oneOf(name, value.toLowerCase(Locale.ROOT), where, "true", "false");
      }
      case "FifoThroughputScope" -> {
        if (!fifo) {
          throw Errors.invalid(where + name + " can only be set for FIFO topics");
        }
        yield oneOf(name, value, where, "Topic", "MessageGroup");
      }
      case "KmsMasterKeyId",
          "ArchivePolicy",
          "FirehoseSuccessFeedbackRoleArn",
          "FirehoseSuccessFeedbackSampleRate",
          "FirehoseFailureFeedbackRoleArn",
          "ApplicationSuccessFeedbackRoleArn",
          "ApplicationSuccessFeedbackSampleRate",
          "ApplicationFailureFeedbackRoleArn",
          "LambdaFailureFeedbackRoleArn",
          "LambdaSuccessFeedbackRoleArn",
          "LambdaSuccessFeedbackSampleRate",
          "HTTPSuccessFeedbackRoleArn",
          "HTTPSuccessFeedbackSampleRate",
          "HTTPFailureFeedbackRoleArn",
          "SQSSuccessFeedbackRoleArn",
          "SQSSuccessFeedbackSampleRate",
          "SQSFailureFeedbackRoleArn" ->
          throw unsupported(name);
      default -> throw Errors.invalid(where.isEmpty() ? "AttributeName" : where + name);
    };
  }

  private static String oneOf(String name, String value, String where, String... allowed) {
    if (!List.of(allowed).contains(value)) {
      throw Errors.invalid(
          where
              + name
              + ": Invalid value ["
              + value
              + "]. Must be "
              + String.join(" or ", allowed)
              + ".");
    }
    return value;
  }

  private static boolean isPolicy(String text) {
    try {
      return Json.parse(text).path("Statement").isContainerNode();
    } catch (MalformedJson e) {
      return false;
    }
  }

  private JsonNode delete(Exchange exchange) {
    String arn = Inputs.topicArn(exchange.input(), "TopicArn");
    if (catalogue.topic(arn) != null || !arn.split(":", -1)[4].equals(exchange.context())) {
      Inputs.topic(exchange, catalogue, "TopicArn");
    }
    return exchange.ask(key(arn), new TopicCommand.Delete());
  }

  private JsonNode list(Exchange exchange) {
    List<Topic> topics =
        catalogue.topics(
            exchange.context(), exchange.region(), Inputs.after(exchange.input()), PAGE + 1);
    ObjectNode answer = Json.object();
    ArrayNode items = answer.putArray("Topics");
    topics.stream().limit(PAGE).forEach(each -> items.addObject().put("TopicArn", each.arn()));
    if (topics.size() > PAGE) {
      answer.put("NextToken", Inputs.token(topics.get(PAGE - 1).arn()));
    }
    return answer;
  }

  private JsonNode getAttributes(Exchange exchange) {
    Topic topic = Inputs.topic(exchange, catalogue, "TopicArn");
    long confirmed =
        topic.subscriptions().values().stream().filter(Subscription::confirmed).count();
    ObjectNode answer = Json.object();
    ObjectNode attributes = answer.putObject("Attributes");
    attributes.put("TopicArn", topic.arn()).put("Owner", topic.owner());
    attributes.put("Policy", Json.write(topic.policy()));
    attributes.put("DisplayName", "");
    attributes.put("SubscriptionsConfirmed", Long.toString(confirmed));
    attributes.put("SubscriptionsPending", Long.toString(topic.subscriptions().size() - confirmed));
    attributes.put("SubscriptionsDeleted", Integer.toString(topic.unsubscribed()));
    attributes.put("EffectiveDeliveryPolicy", Json.write(DeliveryPolicy.effective(topic)));
    if (topic.fifo()) {
      attributes.put("ContentBasedDeduplication", "false");
    }
    topic.attributes().forEach(attributes::put);
    return answer;
  }

  private JsonNode setAttribute(Exchange exchange) {
    JsonNode input = exchange.input();
    Topic topic = Inputs.topic(exchange, catalogue, "TopicArn");
    String name = input.path("AttributeName").asText();
    String value = attribute(name, input.path("AttributeValue").asText(), topic.fifo(), "");
    if (name.equals("MaximumMessageSize")) {
      LargeMessages.checkSubscriptions(topic, value);
    }
    return exchange.ask(key(topic.arn()), new TopicCommand.SetAttribute(name, value));
  }

  private JsonNode addPermission(Exchange exchange) {
    JsonNode input = exchange.input();
    Topic topic = Inputs.topic(exchange, catalogue, "TopicArn");
    List<String> actions = Inputs.list(input.path("ActionName"));
    for (String action : actions) {
      if (!action.equals("*")
          && TopicPolicy.ACTIONS.stream()
              .noneMatch(
                  each -> each.toLowerCase(Locale.ROOT).equals(action.toLowerCase(Locale.ROOT)))) {
        throw Errors.invalid("Policy statement action out of service scope!");
      }
    }
    return exchange.ask(
        key(topic.arn()),
        new TopicCommand.AddPermission(
            input.path("Label").asText(), Inputs.list(input.path("AWSAccountId")), actions));
  }

  private JsonNode removePermission(Exchange exchange) {
    Topic topic = Inputs.topic(exchange, catalogue, "TopicArn");
    return exchange.ask(
        key(topic.arn()),
        new TopicCommand.RemovePermission(exchange.input().path("Label").asText()));
  }

  private Topic resource(Exchange exchange) {
    String arn = Inputs.topicArn(exchange.input(), "ResourceArn");
    Topic topic = catalogue.topic(arn);
    if (topic == null || !topic.owner().equals(exchange.context())) {
      throw new ServiceError("ResourceNotFound", "Resource does not exist", 404);
    }
    return topic;
  }

  private JsonNode tag(Exchange exchange) {
    Map<String, String> tags = Inputs.tags(exchange.input().path("Tags"));
    return exchange.ask(key(resource(exchange).arn()), new TopicCommand.Tag(tags));
  }

  private JsonNode untag(Exchange exchange) {
    List<String> keys = Inputs.list(exchange.input().path("TagKeys"));
    return exchange.ask(key(resource(exchange).arn()), new TopicCommand.Untag(keys));
  }

  private JsonNode listTags(Exchange exchange) {
    ObjectNode answer = Json.object();
    ArrayNode items = answer.putArray("Tags");
    resource(exchange)
        .tags()
        .forEach((name, value) -> items.addObject().put("Key", name).put("Value", value));
    return answer;
  }
}
