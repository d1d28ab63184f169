package dev.tutti.services.trace;

import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.messaging.NoticeFact;
import dev.tutti.core.messaging.PhoneNotices;
import java.util.List;

/** Tells a message published on a topic. */
record NoticeStory(Decider<?, ?, NoticeFact> decider) implements Story<NoticeFact> {

  @Override
  public Told tell(Key key, List<Recorded<NoticeFact>> facts) {
    Recorded<NoticeFact> first = facts.getFirst();
    return switch (first.fact()) {
      case NoticeFact.Published published -> {
        String arn = published.topicArn();
        TraceNode top =
            new TraceNode(
                    "message",
                    key.id(),
                    "on topic " + arn.substring(arn.lastIndexOf(':') + 1),
                    first.millis())
                .expecting(published.matches().size());
        top.status(published.matches().isEmpty() ? "nobody is subscribed" : "");
        yield new Told(top);
      }
      case NoticeFact.Sent sent -> {
        String way = sent.protocol().equals(PhoneNotices.TEXT) ? "as a text message" : "as a push";
        TraceNode top = new TraceNode("message", key.id(), way, first.millis()).expecting(1);
        yield new Told(top);
      }
    };
  }
}
