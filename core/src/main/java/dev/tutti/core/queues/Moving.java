package dev.tutti.core.queues;

import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Decision;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides about moving a dead-letter queue's messages on: some at each step, until none can be
 * received any more. Each goes as one that is given up does, and comes back where its queue is
 * gone, which ends the task.
 */
final class Moving {
  /** Most messages of a step. */
  private static final int STEP = 100;

  static final long PAUSE_MILLIS = 1000;

  private Moving() {}

  static Decision<QueueCommand, QueueFact> start(Queue queue, QueueCommand.StartMove start) {
    if (queue.move() != null && queue.move().status() == Move.Status.RUNNING) {
      return Decision.refuse(
          "InvalidParameterValueException",
          "There is already a task running. Only one active task is allowed for a source queue arn"
              + " at a given time.");
    }
    return Decision.<QueueCommand, QueueFact>of(
            new QueueFact.MoveStarted(
                start.taskId(), start.destination(), start.perSecond(), queue.messageIds().size()))
        .replying();
  }

  static Decision<QueueCommand, QueueFact> cancel(Queue queue, QueueCommand.CancelMove cancel) {
    Move move = queue.move();
    if (move == null || !move.taskId().equals(cancel.taskId())) {
      return Decision.refuse("ResourceNotFoundException", "Task does not exist.");
    }
    if (move.status() != Move.Status.RUNNING) {
      return Decision.refuse(
          "InvalidParameterValueException", "Only active tasks can be cancelled.");
    }
    return Decision.<QueueCommand, QueueFact>of(
            new QueueFact.MoveEnded(Move.Status.CANCELLED, null))
        .replying(Json.object().put("moved", move.moved()));
  }

  static Decision<QueueCommand, QueueFact> step(Queue queue, QueueCommand.StepMove step, long now) {
    Move move = queue.move();
    if (move == null
        || move.status() != Move.Status.RUNNING
        || !move.taskId().equals(step.taskId())
        || move.moved() != step.moved()) {
      return Decision.none();
    }
    Integer perSecond = move.perSecond();
    List<Message> due =
        queue.order().receivable(now, perSecond == null ? STEP : Math.min(perSecond, STEP));
    List<QueueFact> facts = new ArrayList<>();
    for (Message message : due) {
      String target = target(move, message);
      if (target == null) {
        facts.add(new QueueFact.MoveEnded(Move.Status.FAILED, "CouldNotDetermineMessageSource"));
        return Decision.of(facts);
      }
      facts.add(new QueueFact.MovedOn(letter(queue, message, now), target));
    }
    facts.add(
        due.isEmpty()
            ? new QueueFact.MoveEnded(Move.Status.COMPLETED, null)
            : new QueueFact.MoveStepped(due.size()));
    return Decision.of(facts);
  }

  private static @Nullable String target(Move move, Message message) {
    return move.destination() == null ? message.source() : move.destination();
  }

  /** A message that begins anew where it goes. */
  private static Letter letter(Queue queue, Message message, long now) {
    return new Letter(
        queue.arn(),
        message.id(),
        now,
        0,
        0,
        message.group(),
        message.deduplication(),
        new Letter.Return(message.source()),
        message.content());
  }
}
