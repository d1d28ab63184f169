package dev.tutti.services.sqs;

import dev.tutti.core.kernel.Key;
import dev.tutti.core.queues.QueueCatalogue;
import dev.tutti.core.queues.QueueInfo;
import dev.tutti.core.queues.Queues;
import dev.tutti.services.Exchange;
import dev.tutti.wire.ServiceError;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * The queue that a request names by {@code QueueUrl}: its last two parts are account and name. A
 * slash may end it.
 */
final class Named {
  private final QueueCatalogue catalogue;
  private final String publicUrl;

  Named(QueueCatalogue catalogue, String publicUrl) {
    this.catalogue = catalogue;
    this.publicUrl = publicUrl;
  }

  /**
   * The queue of a request.
   *
   * @throws ServiceError where there is none, or its policy doesn't let the caller
   */
  QueueInfo queue(Exchange exchange) {
    String arn = arn(exchange);
    QueueInfo queue = catalogue.queue(arn);
    String caller = exchange.context();
    if (!arn.split(":", -1)[4].equals(caller)) {
      String action = exchange.call().operation().replaceFirst("Batch$", "");
      if (queue == null || !QueuePolicy.allows(queue, action, caller)) {
        throw Errors.denied(caller, action, arn);
      }
    }
    if (queue == null) {
      throw Errors.noQueue();
    }
    return queue;
  }

  private static String arn(Exchange exchange) {
    String url = exchange.input().path("QueueUrl").asText();
    if (url.isEmpty()) {
      throw Errors.missing("QueueUrl");
    }
    try {
      URI uri = new URI(url);
      String given = uri.getPath() == null ? "" : uri.getPath();
      String path = given.endsWith("/") ? given.substring(0, given.length() - 1) : given;
      String[] parts = path.split("/", -1);
      if (parts.length >= 2
          && parts[parts.length - 2].matches("[0-9]{12}")
          && !parts[parts.length - 1].isEmpty()) {
        return arn(exchange.region(), parts[parts.length - 2], parts[parts.length - 1]);
      }
    } catch (URISyntaxException e) {
      throw notAnAddress(url);
    }
    throw notAnAddress(url);
  }

  private static ServiceError notAnAddress(String url) {
    return new ServiceError(
        "InvalidAddress", "The address " + url + " is not valid for this endpoint.", 404);
  }

  static String arn(String region, String account, String name) {
    return "arn:aws:sqs:" + region.toLowerCase(Locale.ROOT) + ':' + account + ':' + name;
  }

  static Key key(QueueInfo queue) {
    return new Key(Queues.KIND, queue.arn());
  }

  String url(QueueInfo queue) {
    return url(queue.owner(), queue.name());
  }

  String url(String account, String name) {
    return publicUrl + '/' + account + '/' + name;
  }
}
