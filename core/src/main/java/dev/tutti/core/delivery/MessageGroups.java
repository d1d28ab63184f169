package dev.tutti.core.delivery;

import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Decision;
import dev.tutti.core.kernel.Effect;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Moment;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Recorded;
import java.util.List;

/**
 * Decides whose turn it is among deliveries of one message group of a FIFO target, aggregate kind
 * {@code message-group}: one after the other, each until it is delivered or parked. What fails and
 * is tried again holds up its own group only.
 *
 * <p>A group that has nothing under way doesn't choose at once, but asks itself to by mail: after a
 * crash all that has joined comes again in any order, and all of it before that.
 */
public final class MessageGroups
    implements Decider<MessageGroup, MessageGroupCommand, MessageGroupFact> {
  public static final String KIND = "message-group";

  /** The id of a target's group. */
  public static String id(String targetArn, String group) {
    return targetArn + '|' + group;
  }

  public static Key key(String id) {
    return new Key(KIND, id);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Class<MessageGroupCommand> commands() {
    return MessageGroupCommand.class;
  }

  @Override
  public Class<MessageGroupFact> facts() {
    return MessageGroupFact.class;
  }

  @Override
  public MessageGroup blank(Key key) {
    return new MessageGroup();
  }

  @Override
  public Decision<MessageGroupCommand, MessageGroupFact> decide(
      MessageGroup state, MessageGroupCommand command, Moment moment) {
    return switch (command) {
      case MessageGroupCommand.Join join ->
          state.has(join.delivery())
              ? Decision.none()
              : Decision.of(
                  new MessageGroupFact.Joined(join.delivery(), join.sinceMillis(), join.begin()));
      case MessageGroupCommand.Next next -> {
        MessageGroup.Member first = state.next();
        yield first == null || state.chosen() != null
            ? Decision.none()
            : Decision.of(new MessageGroupFact.Chosen(first.delivery()));
      }
      case MessageGroupCommand.Leave leave -> {
        MessageGroup.Member chosen = state.chosen();
        yield chosen == null || !chosen.delivery().equals(leave.delivery())
            ? Decision.none()
            : Decision.of(new MessageGroupFact.Left(leave.delivery()));
      }
    };
  }

  @Override
  public MessageGroup apply(MessageGroup state, Recorded<MessageGroupFact> recorded) {
    state.apply(recorded);
    return state;
  }

  @Override
  public List<Effect> effects(MessageGroup state, Recorded<MessageGroupFact> recorded) {
    Effect choose = new Effect.Tell(recorded.key(), new MessageGroupCommand.Next());
    return switch (recorded.fact()) {
      case MessageGroupFact.Joined fact -> {
        Effect begin =
            new Effect.Tell(Deliveries.key(fact.delivery()), fact.begin(), null, recorded.cause());
        yield state.isWokenByOne() ? List.of(begin, choose) : List.of(begin);
      }
      case MessageGroupFact.Chosen fact -> {
        MessageGroup.Member chosen = state.chosen();
        if (chosen == null) {
          throw new IllegalStateException("who was chosen is under way");
        }
        yield List.of(
            new Effect.Tell(
                Deliveries.key(fact.delivery()),
                new DeliveryCommand.Admit(),
                null,
                chosen.cause()));
      }
      case MessageGroupFact.Left fact -> state.next() == null ? List.of() : List.of(choose);
    };
  }

  @Override
  public MessageGroupCommand outcome(String call, Outcome outcome) {
    throw new IllegalStateException("a message group makes no calls: " + call);
  }

  @Override
  public void index(MessageGroup state, Recorded<MessageGroupFact> recorded, Rows rows) {
    // nothing is listed
  }
}
