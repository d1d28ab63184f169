package dev.tutti.services.trace;

import dev.tutti.core.delivery.DeliveryFact;
import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Recorded;
import java.util.List;

/** Tells a delivery: from which rule or subscription, to which target, and how it ended. */
record DeliveryStory(Decider<?, ?, DeliveryFact> decider) implements Story<DeliveryFact> {

  @Override
  public Told tell(Key key, List<Recorded<DeliveryFact>> facts) {
    TraceNode top = new TraceNode("delivery", key.id(), title(facts.getFirst()), at(facts));
    top.lasting().status("pending");
    for (Recorded<DeliveryFact> recorded : facts) {
      switch (recorded.fact()) {
        case DeliveryFact.Begun begun -> {
          if (begun.group() != null) {
            top.status("waiting for its turn");
          }
        }
        case DeliveryFact.Admitted _ -> top.status("pending");
        case DeliveryFact.Withheld withheld -> {
          top.end("parked " + withheld.error(), recorded.millis());
          note(top, recorded, "parked", withheld.message());
        }
        case DeliveryFact.AttemptFailed failed ->
            top.status("attempt " + failed.attempt() + " failed " + failed.error());
        case DeliveryFact.Retried retried -> top.status("attempt " + retried.attempt());
        case DeliveryFact.Redriven redriven -> {
          top.status("redriven, attempt " + redriven.attempt());
          note(top, recorded, "redriven", "by " + recorded.cause().origin());
        }
        case DeliveryFact.Delivered delivered ->
            top.end(
                delivered.attempt() == 1
                    ? "delivered"
                    : "delivered at attempt " + delivered.attempt(),
                recorded.millis());
        case DeliveryFact.DeadLettered _ -> top.end("in its dead letters", recorded.millis());
        case DeliveryFact.HandOverFailed failed ->
            top.status("parked; its dead letters: " + failed.error());
        case DeliveryFact.HandOverRetried _ -> top.status("on its way to its dead letters");
        case DeliveryFact.Parked parked -> {
          top.end("parked " + parked.error(), recorded.millis());
          note(top, recorded, "parked", parked.reason() + ", " + parked.message());
        }
        case DeliveryFact.Edited ignored ->
            note(top, recorded, "edited", "by " + recorded.cause().origin());
        case DeliveryFact.Discarded discarded -> {
          top.end("discarded", recorded.millis());
          note(
              top,
              recorded,
              "discarded",
              discarded.reason() == null
                  ? "by " + recorded.cause().origin()
                  : discarded.reason() + ", by " + recorded.cause().origin());
        }
      }
    }
    return new Told(top);
  }

  /** What became of it once it was parked, each as a thing of its own below it. */
  private static void note(
      TraceNode top, Recorded<DeliveryFact> recorded, String kind, String title) {
    top.add(new TraceNode(kind, "", title, recorded.millis()));
  }

  private static long at(List<Recorded<DeliveryFact>> facts) {
    return facts.getFirst().millis();
  }

  private static String title(Recorded<DeliveryFact> first) {
    return switch (first.fact()) {
      case DeliveryFact.Begun begun -> title(begun);
      case DeliveryFact.Withheld withheld -> title(withheld.begun());
      default -> first.key().id();
    };
  }

  private static String title(DeliveryFact.Begun begun) {
    return switch (begun.source().kind()) {
      case DIRECT -> "sent to " + name(begun.target());
      case RULE -> name(begun.source().arn()) + " → " + name(begun.target());
      case DESTINATION -> "destination → " + name(begun.target());
      case SUBSCRIPTION -> "subscription → " + name(begun.target());
      case SCHEDULE -> "schedule " + name(begun.source().arn()) + " → " + name(begun.target());
    };
  }

  /** An ARN's last part: the name of what it names. An address stays as it is. */
  private static String name(String arn) {
    return arn.startsWith("arn:")
        ? arn.substring(Math.max(arn.lastIndexOf(':'), arn.lastIndexOf('/')) + 1)
        : arn;
  }
}
