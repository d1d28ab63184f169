package dev.tutti.core.queues;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Codec;
import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Decision;
import dev.tutti.core.kernel.Effect;
import dev.tutti.core.kernel.Ids;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Moment;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Recorded;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Decides about a queue: settings here, what is sent in {@link Sending}, what is received in {@link
 * Receiving}.
 *
 * <p>No timer runs for a message: whether one is visible, or past its time, is seen when somebody
 * asks.
 */
public final class Queues implements Decider<Queue, QueueCommand, QueueFact> {
  /** The {@link Key#kind()}; the id is the queue's ARN. */
  public static final String KIND = "queue";

  /** Rows with what messages say: {@code (id)}, the message's first one, to a {@link Content}. */
  public static final String CONTENTS = "queue-contents";

  /** Tasks that move messages on: the queue's ARN, inverted start (newest first), task id. */
  public static final String MOVES = "queue-moves";

  private static final Codec<Move> MOVE = new Codec<>(Move.class);
  private static final Codec<Content> CONTENT = new Codec<>(Content.class);
  private static final long WAIT_MILLIS = 60_000;
  private static final int DROPPED_AT_ONCE = 1000;
  private static final int MAX_TAGS = 50;

  /** Reads a row of {@link #CONTENTS}. */
  public static Content content(JsonNode row) {
    return CONTENT.decode(row);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Class<QueueCommand> commands() {
    return QueueCommand.class;
  }

  @Override
  public Class<QueueFact> facts() {
    return QueueFact.class;
  }

  @Override
  public Queue blank(Key key) {
    return new Queue(key.id());
  }

  @Override
  public Decision<QueueCommand, QueueFact> decide(
      Queue state, QueueCommand command, Moment moment) {
    long now = moment.millis();
    if (!state.exists()) {
      return switch (command) {
        case QueueCommand.Create create -> create(state, create, now);
        case QueueCommand.Take take -> Decision.of(new QueueFact.NotTaken(take.letter()));
        case QueueCommand.TakeBack back ->
            Decision.of(
                new QueueFact.Forgotten(back.letter().messageId(), back.letter().content()));
        case QueueCommand.StepMove _ -> Decision.none();
        case QueueCommand.SetAttributes _,
            QueueCommand.Tag _,
            QueueCommand.Untag _,
            QueueCommand.Delete _,
            QueueCommand.Purge _,
            QueueCommand.Send _,
            QueueCommand.Receive _,
            QueueCommand.Remove _,
            QueueCommand.Hide _,
            QueueCommand.StartMove _,
            QueueCommand.CancelMove _ ->
            Decision.refuse("QueueDoesNotExist", "The specified queue does not exist.");
      };
    }
    return switch (command) {
      case QueueCommand.Create create -> createAgain(state, create);
      case QueueCommand.SetAttributes set -> done(new QueueFact.AttributesSet(set.attributes()));
      case QueueCommand.Tag tag -> tag(state, tag.tags());
      case QueueCommand.Untag untag -> done(new QueueFact.Untagged(untag.keys()));
      case QueueCommand.Delete _ -> emptied(state, new QueueFact.Deleted());
      case QueueCommand.Purge _ -> purge(state, now);
      case QueueCommand.Send send -> Sending.decide(state, send, now);
      case QueueCommand.Receive receive -> Receiving.receive(state, receive, now);
      case QueueCommand.Remove remove -> Receiving.remove(state, remove, now);
      case QueueCommand.Hide hide -> Receiving.hide(state, hide, now);
      case QueueCommand.Take take ->
          Decision.of(new QueueFact.Taken(take.letter().taken(state.settings().fifo(), now)));
      case QueueCommand.TakeBack back -> takeBack(state, back.letter());
      case QueueCommand.StartMove start -> Moving.start(state, start);
      case QueueCommand.StepMove step -> Moving.step(state, step, now);
      case QueueCommand.CancelMove cancel -> Moving.cancel(state, cancel);
    };
  }

  /** A message that was handed on and comes back ends the task: there is no queue for it. */
  private static Decision<QueueCommand, QueueFact> takeBack(Queue state, Letter letter) {
    List<QueueFact> facts = new ArrayList<>(List.of(new QueueFact.TakenBack(letter)));
    Move move = state.move();
    if (letter.back() != null && move != null && move.status() == Move.Status.RUNNING) {
      facts.add(
          new QueueFact.MoveEnded(Move.Status.FAILED, "AWS.SimpleQueueService.NonExistentQueue"));
    }
    return Decision.of(facts);
  }

  private static Decision<QueueCommand, QueueFact> create(
      Queue state, QueueCommand.Create create, long now) {
    if (state.deletedMillis() > 0 && now - state.deletedMillis() < WAIT_MILLIS) {
      return Decision.refuse(
          "QueueDeletedRecently",
          "You must wait 60 seconds after deleting a queue before you can create another with the"
              + " same name.");
    }
    return done(new QueueFact.Created(create.attributes(), create.tags()));
  }

  private static Decision<QueueCommand, QueueFact> createAgain(
      Queue state, QueueCommand.Create create) {
    for (Map.Entry<String, String> asked : create.attributes().entrySet()) {
      if (!asked.getValue().equals(state.settings().value(asked.getKey()))) {
        return Decision.refuse(
            "QueueNameExists",
            "A queue already exists with the same name and a different value for attribute "
                + asked.getKey());
      }
    }
    return Decision.<QueueCommand, QueueFact>none().replying();
  }

  private static Decision<QueueCommand, QueueFact> tag(Queue state, Map<String, String> tags) {
    return state.tagsWith(tags) > MAX_TAGS
        ? Decision.refuse(
            "InvalidParameterValueException",
            "Too many tags added for queue " + name(state.arn()) + ".")
        : done(new QueueFact.Tagged(tags));
  }

  private static Decision<QueueCommand, QueueFact> purge(Queue state, long now) {
    if (state.purgedMillis() > 0 && now - state.purgedMillis() < WAIT_MILLIS) {
      return Decision.refuse(
          "PurgeQueueInProgress",
          "Only one PurgeQueue operation on "
              + name(state.arn())
              + " is allowed every 60 seconds.");
    }
    return emptied(state, new QueueFact.Purged());
  }

  /** Drops all messages, some in each fact, and then comes what it was done for. */
  private static Decision<QueueCommand, QueueFact> emptied(Queue state, QueueFact last) {
    List<String> ids = state.messageIds();
    List<QueueFact> facts = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += DROPPED_AT_ONCE) {
      facts.add(state.dropped(ids.subList(from, Math.min(from + DROPPED_AT_ONCE, ids.size()))));
    }
    facts.add(last);
    return Decision.<QueueCommand, QueueFact>of(facts).replying();
  }

  private static String name(String arn) {
    return arn.substring(arn.lastIndexOf(':') + 1);
  }

  private static Decision<QueueCommand, QueueFact> done(QueueFact fact) {
    return Decision.<QueueCommand, QueueFact>of(fact).replying();
  }

  @Override
  public Queue apply(Queue state, Recorded<QueueFact> recorded) {
    return state.apply(recorded);
  }

  @Override
  public List<Effect> effects(Queue state, Recorded<QueueFact> recorded) {
    return switch (recorded.fact()) {
      case QueueFact.GivenUp fact ->
          List.of(
              new Effect.Tell(new Key(KIND, fact.target()), new QueueCommand.Take(fact.letter())));
      case QueueFact.MovedOn fact ->
          List.of(
              new Effect.Tell(new Key(KIND, fact.target()), new QueueCommand.Take(fact.letter())));
      case QueueFact.MoveStarted _ -> step(state, recorded.millis());
      case QueueFact.MoveStepped _ ->
          step(
              state,
              recorded.millis()
                  + (state.move() == null || state.move().perSecond() == null
                      ? 0
                      : Moving.PAUSE_MILLIS));
      case QueueFact.NotTaken fact ->
          List.of(
              new Effect.Tell(
                  new Key(KIND, fact.letter().source()), new QueueCommand.TakeBack(fact.letter())));
      case QueueFact.Created _,
          QueueFact.AttributesSet _,
          QueueFact.Tagged _,
          QueueFact.Untagged _,
          QueueFact.Deleted _,
          QueueFact.Purged _,
          QueueFact.Sent _,
          QueueFact.Received _,
          QueueFact.Hidden _,
          QueueFact.Removed _,
          QueueFact.Dropped _,
          QueueFact.Taken _,
          QueueFact.TakenBack _,
          QueueFact.MoveEnded _,
          QueueFact.Forgotten _ ->
          List.of();
    };
  }

  private static List<Effect> step(Queue state, long atMillis) {
    Move move = state.move();
    return move == null
        ? List.of()
        : List.of(
            new Effect.Wake(
                "move/" + move.taskId() + '/' + move.moved(),
                atMillis,
                new QueueCommand.StepMove(move.taskId(), move.moved())));
  }

  @Override
  public void index(Queue state, Recorded<QueueFact> recorded, Rows rows) {
    switch (recorded.fact()) {
      case QueueFact.Sent fact ->
          rows.put(CONTENTS, List.of(fact.messageId()), CONTENT.encode(fact.content()));
      case QueueFact.Removed fact -> fact.rows().forEach(id -> forget(id, rows));
      case QueueFact.Dropped fact -> fact.rows().forEach(id -> forget(id, rows));
      case QueueFact.Forgotten fact -> {
        String content = fact.content();
        forget(content == null ? fact.messageId() : content, rows);
      }
      case QueueFact.Created _,
          QueueFact.AttributesSet _,
          QueueFact.Tagged _,
          QueueFact.Untagged _,
          QueueFact.Deleted _,
          QueueFact.Purged _,
          QueueFact.Received _,
          QueueFact.Hidden _,
          QueueFact.GivenUp _,
          QueueFact.Taken _,
          QueueFact.NotTaken _,
          QueueFact.TakenBack _,
          QueueFact.MovedOn _ -> {}
      case QueueFact.MoveStarted _, QueueFact.MoveStepped _, QueueFact.MoveEnded _ -> {
        Move move = state.move();
        if (move != null) {
          rows.put(
              MOVES,
              List.of(state.arn(), Ids.newestFirst(move.startedMillis()), move.taskId()),
              MOVE.encode(move));
        }
      }
    }
  }

  /** Reads a row of {@link #MOVES}. */
  public static Move move(JsonNode row) {
    return MOVE.decode(row);
  }

  private static void forget(String content, Rows rows) {
    rows.delete(CONTENTS, List.of(content));
  }

  @Override
  public QueueCommand outcome(String call, Outcome outcome) {
    throw new IllegalStateException("a queue calls nobody: " + call);
  }
}
