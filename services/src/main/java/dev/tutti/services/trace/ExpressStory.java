package dev.tutti.services.trace;

import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.workflow.express.ExpressEnd;
import dev.tutti.core.workflow.express.ExpressFact;
import dev.tutti.host.Reader;
import java.util.List;
import java.util.Optional;

/** Tells an express execution: that it ran, how it ended, and what it led to; not its states. */
record ExpressStory(Decider<?, ?, ExpressFact> decider) implements Story<ExpressFact> {

  @Override
  public Told tell(Key key, List<Recorded<ExpressFact>> facts) {
    String[] arn = key.id().split(":", -1);
    TraceNode top =
        new TraceNode(
            "express", key.id(), arn[arn.length - 3] + " in " + arn[4], startMillis(facts));
    top.lasting().status("RUNNING");
    for (Recorded<ExpressFact> recorded : facts) {
      switch (recorded.fact()) {
        case ExpressFact.Started _ -> {}
        case ExpressFact.Ended ended -> end(top, ended.end());
        case ExpressFact.Ran ran -> end(top, ran.end());
      }
    }
    return new Told(top);
  }

  private static long startMillis(List<Recorded<ExpressFact>> facts) {
    return facts.getFirst().fact() instanceof ExpressFact.Ran ran
        ? ran.end().startMillis()
        : facts.getFirst().millis();
  }

  private static void end(TraceNode top, ExpressEnd end) {
    top.end(end.status() + (end.error() == null ? "" : " " + end.error()), end.stopMillis());
  }

  @Override
  public Optional<Key> named(String id, Reader reader) {
    return id.contains(":express:") ? Optional.of(new Key(decider.kind(), id)) : Optional.empty();
  }
}
