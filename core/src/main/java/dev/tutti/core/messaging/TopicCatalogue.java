package dev.tutti.core.messaging;

import dev.tutti.core.kernel.Recorded;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * All topics, folded from their facts as these are committed. Readers may be many at a time; the
 * facts of one topic come in order.
 */
public final class TopicCatalogue implements Subscriptions {
  private final ConcurrentSkipListMap<String, Topic> byArn = new ConcurrentSkipListMap<>();

  /** Takes in a committed fact. */
  public void on(Recorded<TopicFact> recorded) {
    byArn.compute(
        recorded.key().id(),
        (arn, before) -> {
          Topic after =
              TopicFold.apply(
                  before == null ? Topic.blank(arn) : before, recorded.millis(), recorded.fact());
          return after.exists() ? after : null;
        });
  }

  @Override
  public @Nullable Topic topic(String arn) {
    return byArn.get(arn);
  }

  /**
   * The topics of a context in a region, by name.
   *
   * @param after the ARN after which to start; empty starts at the beginning
   */
  public List<Topic> topics(String context, String region, String after, int limit) {
    String prefix = "arn:aws:sns:" + region + ':' + context + ':';
    String from = after.compareTo(prefix) > 0 ? after : prefix;
    return byArn.tailMap(from, false).values().stream()
        .takeWhile(topic -> topic.arn().startsWith(prefix))
        .limit(limit)
        .toList();
  }

  /**
   * The subscriptions that a context owns in a region, to whosever topics, by ARN.
   *
   * @param after the ARN after which to start; empty starts at the beginning
   */
  public List<Subscription> subscriptions(String context, String region, String after, int limit) {
    return byArn.values().stream()
        .filter(topic -> topic.region().equals(region))
        .flatMap(topic -> topic.subscriptions().values().stream())
        .filter(each -> each.owner().equals(context) && each.arn().compareTo(after) > 0)
        .sorted(Comparator.comparing(Subscription::arn))
        .limit(limit)
        .toList();
  }

  /** A subscription by its ARN; null where there is none. */
  public @Nullable Subscription subscription(String arn) {
    int end = arn.lastIndexOf(':');
    Topic topic = end < 0 ? null : byArn.get(arn.substring(0, end));
    return topic == null ? null : topic.subscriptions().get(arn);
  }
}
