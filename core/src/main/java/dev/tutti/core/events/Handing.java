package dev.tutti.core.events;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.delivery.Deliveries;
import dev.tutti.core.delivery.DeliveryCommand;
import dev.tutti.core.delivery.MessageGroupCommand;
import dev.tutti.core.delivery.MessageGroups;
import dev.tutti.core.delivery.RetryPolicy;
import dev.tutti.core.delivery.Source;
import dev.tutti.core.kernel.Effect;
import dev.tutti.core.kernel.Key;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event as it is handed to the deliveries of its matches; by the message group of a FIFO target,
 * which knows the order.
 *
 * @param key the event's
 * @param acceptedMillis its place on the bus's log, epoch milliseconds
 * @param hopsBefore buses that it went through before this one
 * @param suffix what tells these deliveries from others of the same matches; empty at first
 */
record Handing(
    Key key, long acceptedMillis, JsonNode event, List<String> hopsBefore, String suffix) {

  Effect of(EventFact.Match match) {
    String delivery = key + "|" + match.ruleArn() + '|' + match.targetId() + suffix;
    String loop = match.loop();
    if (loop != null) {
      return withheld(match, delivery, Loops.ERROR, loop);
    }
    String unfit = match.unfit();
    if (unfit != null) {
      return withheld(match, delivery, "InvalidInput", unfit);
    }
    if (match.messageGroup() == null) {
      return new Effect.Tell(Deliveries.key(delivery), begin(match, null), match.ruleArn());
    }
    String group = MessageGroups.id(match.targetArn(), match.messageGroup());
    return new Effect.Tell(
        MessageGroups.key(group),
        new MessageGroupCommand.Join(delivery, acceptedMillis, begin(match, group)),
        match.ruleArn());
  }

  private Effect withheld(EventFact.Match match, String delivery, String error, String message) {
    return new Effect.Tell(
        Deliveries.key(delivery),
        new DeliveryCommand.Withhold(begin(match, null), error, message),
        match.ruleArn());
  }

  private DeliveryCommand.Begin begin(EventFact.Match match, @Nullable String group) {
    List<String> hops = new ArrayList<>(hopsBefore);
    hops.add(Events.bus(key));
    return new DeliveryCommand.Begin(
        match.context(),
        match.targetArn(),
        Source.rule(match.ruleArn(), match.targetId(), event.path("id").asText()),
        match.targetArn(),
        Targets.request(match, event, hops),
        RetryPolicy.events(match.maximumRetries(), match.maximumAgeMillis()),
        Targets.deadLetters(match, event),
        group);
  }
}
