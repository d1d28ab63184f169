package dev.tutti.services.trace;

import dev.tutti.core.delivery.DeliveryFact;
import dev.tutti.core.events.EventFact;
import dev.tutti.core.functions.InvocationFact;
import dev.tutti.core.kernel.Decider;
import dev.tutti.core.messaging.NoticeFact;
import dev.tutti.core.workflow.ExecutionFact;
import dev.tutti.core.workflow.express.ExpressFact;
import java.util.List;

/** How each kind of aggregate that can be part of a trace is told. */
public final class Stories {
  private final List<Story<?>> all;

  /** Tells the facts of these deciders. */
  public Stories(
      Decider<?, ?, EventFact> events,
      Decider<?, ?, DeliveryFact> deliveries,
      Decider<?, ?, ExecutionFact> executions,
      Decider<?, ?, ExpressFact> expresses,
      Decider<?, ?, InvocationFact> invocations,
      Decider<?, ?, NoticeFact> notices) {
    this.all =
        List.of(
            new EventStory(events),
            new DeliveryStory(deliveries),
            new ExecutionStory(executions),
            new ExpressStory(expresses),
            new InvocationStory(invocations),
            new NoticeStory(notices));
  }

  List<Story<?>> all() {
    return all;
  }
}
