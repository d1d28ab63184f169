package dev.tutti.core.messaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Request;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * What SNS sends, in SNS's form (AWS's page "Parsing Amazon SNS message formats"). Those of FIFO
 * topics bear a number and no signature.
 */
final class Messages {
  static final String CONTENT_TYPE = "text/plain; charset=UTF-8";

  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Messages() {}

  /** The queue in which deliveries to a subscription wait. */
  static String lane(Match match) {
    String protocol = match.protocol();
    if (PhoneNotices.carries(protocol)) {
      return PhoneNotices.lane(protocol);
    }
    return Mails.carries(protocol) ? Mails.LANE : match.endpoint();
  }

  /** The delivery of a notice to one subscription. */
  static Request delivery(String id, long millis, NoticeFact.Published notice, Match match) {
    return switch (match.protocol()) {
      case "lambda" -> invoke(id, millis, notice, match);
      case "sqs" ->
          new Request.Operation(
              match.owner(),
              match.endpoint().split(":", -1)[3],
              "sqs",
              "SendMessage",
              send(id, millis, notice, match));
      case Mails.PLAIN -> Mails.text(id, notice, match);
      case Mails.JSON -> Mails.json(id, notice, match, notification(id, millis, notice, match));
      case PhoneNotices.PUSH, PhoneNotices.TEXT -> PhoneNotices.request(id, notice, match);
      default -> post(id, millis, notice, match);
    };
  }

  /** The input of the SendMessage that brings a notice to a queue. */
  static ObjectNode send(String id, long millis, NoticeFact.Published notice, Match match) {
    String[] queue = match.endpoint().split(":", -1);
    ObjectNode input = Json.object();
    input.put(
        "QueueUrl", "https://sqs." + queue[3] + ".amazonaws.com/" + queue[4] + '/' + queue[5]);
    if (match.endpoint().endsWith(".fifo")) {
      input.put("MessageGroupId", notice.group());
      input.put("MessageDeduplicationId", notice.deduplication());
    } else if (notice.group() != null && notice.sequence() == null) {
      input.put("MessageGroupId", notice.group());
    }
    if (match.raw()) {
      input.put("MessageBody", notice.message(match.protocol()));
      if (!notice.attributes().isEmpty()) {
        input.set("MessageAttributes", queueAttributes(notice));
      }
    } else {
      input.put("MessageBody", Json.write(notification(id, millis, notice, match)));
    }
    return input;
  }

  private static JsonNode queueAttributes(NoticeFact.Published notice) {
    ObjectNode json = Json.object();
    notice
        .attributes()
        .forEach((name, attribute) ->
            json.putObject(name)
                .put("DataType", attribute.type())
                .put(
                    attribute.type().startsWith("Binary") ? "BinaryValue" : "StringValue",
                    attribute.value()));
    return json;
  }

  private static Request post(String id, long millis, NoticeFact.Published notice, Match match) {
    Map<String, String> headers = headers("Notification", id, notice.topicArn());
    headers.put("x-amz-sns-subscription-arn", match.subscriptionArn());
    headers.put("Content-Type", match.contentType());
    if (match.raw()) {
      headers.put("x-amz-sns-rawdelivery", "true");
      return new Request.Post(match.endpoint(), headers, notice.message(match.protocol()));
    }
    return new Request.Post(
        match.endpoint(), headers, Json.write(notification(id, millis, notice, match)));
  }

  private static ObjectNode notification(
      String id, long millis, NoticeFact.Published notice, Match match) {
    ObjectNode body = Json.object();
    body.put("Type", "Notification").put("MessageId", id);
    if (notice.sequence() != null) {
      body.put("SequenceNumber", notice.sequence());
    }
    body.put("TopicArn", notice.topicArn());
    if (notice.subject() != null) {
      body.put("Subject", notice.subject());
    }
    body.put("Message", notice.message(match.protocol())).put("Timestamp", timestamp(millis));
    sign(body, "SigningCertURL", notice, match);
    body.put("UnsubscribeURL", unsubscribe(notice.publicUrl(), match));
    if (!notice.attributes().isEmpty()) {
      body.set("MessageAttributes", attributes(notice));
    }
    return body;
  }

  private static Request invoke(String id, long millis, NoticeFact.Published notice, Match match) {
    ObjectNode payload = Json.object();
    ObjectNode record = payload.putArray("Records").addObject();
    record.put("EventSource", "aws:sns").put("EventVersion", "1.0");
    record.put("EventSubscriptionArn", match.subscriptionArn());
    ObjectNode sns = record.putObject("Sns");
    sns.put("Type", "Notification").put("MessageId", id).put("TopicArn", notice.topicArn());
    sns.put("Subject", notice.subject());
    sns.put("Message", notice.message(match.protocol())).put("Timestamp", timestamp(millis));
    sign(sns, "SigningCertUrl", notice, match);
    sns.put("UnsubscribeUrl", unsubscribe(notice.publicUrl(), match));
    sns.set("MessageAttributes", attributes(notice));
    ObjectNode input = Json.object();
    input.put("FunctionName", match.endpoint()).put("InvocationType", "Event");
    input.put("Payload", Base64.getEncoder().encodeToString(Json.bytes(payload)));
    return new Request.Operation(
        match.owner(), match.endpoint().split(":", -1)[3], "lambda", "Invoke", input);
  }

  private static void sign(
      ObjectNode body, String urlMember, NoticeFact.Published notice, Match match) {
    Signed signed = notice.signed();
    if (signed != null) {
      body.put("SignatureVersion", signed.version());
      body.put("Signature", signed.signature(match.protocol()));
      body.put(urlMember, signed.certificateUrl());
    }
  }

  static Map<String, String> headers(String type, String id, String topicArn) {
    Map<String, String> headers = new TreeMap<>();
    headers.put("x-amz-sns-message-type", type);
    headers.put("x-amz-sns-message-id", id);
    headers.put("x-amz-sns-topic-arn", topicArn);
    headers.put("User-Agent", "Amazon Simple Notification Service Agent");
    return headers;
  }

  private static JsonNode attributes(NoticeFact.Published notice) {
    ObjectNode json = Json.object();
    notice
        .attributes()
        .forEach((name, attribute) ->
            json.putObject(name).put("Type", attribute.type()).put("Value", attribute.value()));
    return json;
  }

  /** The ARN stands as it is, as in SNS: a query may hold colons. */
  static String unsubscribe(String publicUrl, Match match) {
    return publicUrl + "/?Action=Unsubscribe&SubscriptionArn=" + match.subscriptionArn();
  }

  static String timestamp(long millis) {
    return TIMESTAMP.format(Instant.ofEpochMilli(millis));
  }
}
