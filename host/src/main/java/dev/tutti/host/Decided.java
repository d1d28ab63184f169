package dev.tutti.host;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What some envelopes came to: a batch, and what happens once it is on disk. */
final class Decided {
  private final Batch batch = new Batch();
  private final List<Envelope> envelopes = new ArrayList<>();
  private final List<Runnable> announcements = new ArrayList<>();
  private final List<Runnable> answers = new ArrayList<>();
  private final List<Work.Dispatch> dispatches = new ArrayList<>();

  /**
   * Takes up an envelope that was decided.
   *
   * @param answer how to answer; null where nobody waits
   */
  void add(Envelope envelope, Work work, @Nullable Runnable answer) {
    envelopes.add(envelope);
    work.mergeInto(batch);
    announcements.addAll(work.announcements());
    dispatches.addAll(work.dispatches());
    if (answer != null) {
      answers.add(answer);
    }
  }

  /** Takes up an envelope that could not be decided. */
  void refuse(Envelope envelope, Throwable defect) {
    envelopes.add(envelope);
    answers.add(() -> envelope.fail(defect));
  }

  Batch batch() {
    return batch;
  }

  /**
   * Announces the facts, dispatches what is owed, and answers: the batch is on disk. Whoever asks
   * for something after an answer comes behind what the asked one owes.
   */
  void carryOut(Consumer<Work.Dispatch> dispatcher) {
    announcements.forEach(Runnable::run);
    dispatches.forEach(dispatcher);
    answers.forEach(Runnable::run);
  }

  /** Tells all who wait that nobody knows whether the batch is on disk. */
  void fail(Throwable failure) {
    envelopes.forEach(envelope -> envelope.fail(failure));
  }
}
