package dev.tutti.core.messaging;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Request;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an endpoint is asked before it gets anything, and told when it gets no more: both with a
 * token, which confirms the subscription or takes it up again (AWS's pages "HTTP/HTTPS subscription
 * confirmation JSON format" and "HTTP/HTTPS unsubscribe confirmation JSON format").
 *
 * @param type the message's type in SNS
 * @param subject of a mail
 * @param text what it says, with the way to answer in {@code SubscribeURL}
 * @param mailed what a mail that people read says, above the link
 */
record Handshake(String type, String topicArn, String subject, String text, String mailed) {

  static Handshake question(String topicArn) {
    return new Handshake(
        "SubscriptionConfirmation",
        topicArn,
        "Confirm your subscription to " + Mails.name(topicArn),
        "You have chosen to subscribe to the topic "
            + topicArn
            + ".\nTo confirm the subscription, visit the SubscribeURL included in this message.",
        "Somebody wants this address to get what is published to the topic\n"
            + topicArn
            + "\n\nIf that is right, confirm it here. Otherwise do nothing.");
  }

  static Handshake farewell(String topicArn, String subscriptionArn) {
    return new Handshake(
        "UnsubscribeConfirmation",
        topicArn,
        "You get no more from " + Mails.name(topicArn),
        "You have chosen to deactivate subscription "
            + subscriptionArn
            + ".\nTo cancel this operation and restore the subscription, visit the SubscribeURL"
            + " included in this message.",
        "This address gets no more of what is published to the topic\n"
            + topicArn
            + "\n\nIf that is wrong, subscribe again here.");
  }

  /**
   * The request that carries it.
   *
   * @param publicUrl where links lead, without a slash at the end
   * @param seal signs it
   */
  Request.Post post(
      String publicUrl,
      String protocol,
      String endpoint,
      String token,
      String messageId,
      long millis,
      Seal seal,
      String signatureVersion) {
    String link = link(publicUrl, token);
    if (protocol.equals(Mails.PLAIN)) {
      return Mails.mail(endpoint, messageId, subject, mailed + "\n" + link + "\n");
    }
    String body = body(link, token, messageId, millis, seal, signatureVersion);
    if (protocol.equals(Mails.JSON)) {
      return Mails.mail(endpoint, messageId, subject, body);
    }
    Map<String, String> headers = Messages.headers(type, messageId, topicArn);
    headers.put("Content-Type", Messages.CONTENT_TYPE);
    return new Request.Post(endpoint, headers, body);
  }

  private String link(String publicUrl, String token) {
    return publicUrl
        + "/?Action=ConfirmSubscription&TopicArn="
        + URLEncoder.encode(topicArn, StandardCharsets.UTF_8)
        + "&Token="
        + token;
  }

  private String body(
      String link,
      String token,
      String messageId,
      long millis,
      Seal seal,
      String signatureVersion) {
    Map<String, String> members = new LinkedHashMap<>();
    members.put("Type", type);
    members.put("MessageId", messageId);
    members.put("Token", token);
    members.put("TopicArn", topicArn);
    members.put("Message", text);
    members.put("SubscribeURL", link);
    members.put("Timestamp", Messages.timestamp(millis));
    ObjectNode body = Json.object();
    members.forEach(body::put);
    body.put("SignatureVersion", signatureVersion);
    body.put("Signature", seal.sign(Signed.text(members), signatureVersion));
    body.put("SigningCertURL", seal.certificateUrl());
    return Json.write(body);
  }
}
