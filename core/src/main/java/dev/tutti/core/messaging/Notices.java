package dev.tutti.core.messaging;

import dev.tutti.core.delivery.DeadLetters;
import dev.tutti.core.delivery.Deliveries;
import dev.tutti.core.delivery.DeliveryCommand;
import dev.tutti.core.delivery.RetryPolicy;
import dev.tutti.core.delivery.Source;
import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Decision;
import dev.tutti.core.kernel.Effect;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Moment;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Recorded;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides who gets what is published: once, against the topic's subscriptions as they are then. The
 * answer stands in the fact, and each match becomes a delivery of its own.
 *
 * <p>The state is whether it was published.
 */
public final class Notices implements Decider<Boolean, NoticeCommand, NoticeFact> {
  /** The {@link Key#kind()}; the id is the message's. */
  public static final String KIND = "notice";

  private final Subscriptions subscriptions;
  private final String publicUrl;
  private final Matches matches = new Matches();

  /**
   * Makes the decider.
   *
   * @param publicUrl where links in messages lead, for example {@code http://127.0.0.1:4566}
   */
  public Notices(Subscriptions subscriptions, String publicUrl) {
    this.subscriptions = subscriptions;
    this.publicUrl = publicUrl;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Class<NoticeCommand> commands() {
    return NoticeCommand.class;
  }

  @Override
  public Class<NoticeFact> facts() {
    return NoticeFact.class;
  }

  @Override
  public Boolean blank(Key key) {
    return false;
  }

  @Override
  public Decision<NoticeCommand, NoticeFact> decide(
      Boolean published, NoticeCommand command, Moment moment) {
    if (published) {
      return Decision.<NoticeCommand, NoticeFact>none().replying();
    }
    return switch (command) {
      case NoticeCommand.Send send ->
          Decision.<NoticeCommand, NoticeFact>of(NoticeFact.Sent.of(send)).replying();
      case NoticeCommand.Publish publish -> {
        Topic topic = subscriptions.topic(publish.topicArn());
        if (topic == null) {
          yield Decision.refuse("NotFound", "Topic does not exist");
        }
        yield Decision.<NoticeCommand, NoticeFact>of(
                NoticeFact.Published.of(publish, publicUrl, null, matches.of(topic, publish)))
            .replying();
      }
    };
  }

  @Override
  public Boolean apply(Boolean state, Recorded<NoticeFact> recorded) {
    return switch (recorded.fact()) {
      case NoticeFact.Published published -> true;
      case NoticeFact.Sent sent -> true;
    };
  }

  @Override
  public List<Effect> effects(Boolean state, Recorded<NoticeFact> recorded) {
    return switch (recorded.fact()) {
      case NoticeFact.Published published ->
          published.matches().stream().map(match -> tell(recorded, published, match)).toList();
      case NoticeFact.Sent sent -> List.of(tell(recorded.key().id(), sent));
    };
  }

  private static Effect tell(String id, NoticeFact.Sent sent) {
    return new Effect.Tell(
        Deliveries.key(id + '|' + sent.endpoint()),
        new DeliveryCommand.Begin(
            sent.owner(),
            sent.endpoint(),
            Source.direct(sent.endpoint(), id),
            PhoneNotices.lane(sent.protocol()),
            PhoneNotices.request(id, sent, null),
            RetryPolicy.mail()));
  }

  private static Effect tell(
      Recorded<NoticeFact> recorded, NoticeFact.Published published, Match match) {
    String id = recorded.key().id();
    return new Effect.Tell(
        Deliveries.key(id + '|' + match.subscriptionArn()),
        new DeliveryCommand.Begin(
            match.owner(),
            match.endpoint(),
            Source.subscription(match.subscriptionArn(), id),
            Messages.lane(match),
            Messages.delivery(id, published.millis(recorded.millis()), published, match),
            match.retry(),
            deadLetters(recorded, published, match)));
  }

  /** What gets it that can't be delivered: as a queue that had subscribed would get it. */
  private static @Nullable DeadLetters deadLetters(
      Recorded<NoticeFact> recorded, NoticeFact.Published published, Match match) {
    String queueArn = match.deadLetterArn();
    return queueArn == null
        ? null
        : DeadLetters.asIs(
            queueArn,
            Messages.send(
                recorded.key().id(),
                published.millis(recorded.millis()),
                published,
                match.ofDeadLetters()));
  }

  @Override
  public NoticeCommand outcome(String call, Outcome outcome) {
    throw new IllegalStateException("a notice calls nobody: " + call);
  }
}
