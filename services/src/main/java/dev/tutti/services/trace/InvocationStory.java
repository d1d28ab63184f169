package dev.tutti.services.trace;

import dev.tutti.core.functions.InvocationFact;
import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Recorded;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells an asynchronous invocation, with each of its attempts where there is more than one. */
record InvocationStory(Decider<?, ?, InvocationFact> decider) implements Story<InvocationFact> {

  @Override
  public Told tell(Key key, List<Recorded<InvocationFact>> facts) {
    Telling telling = new Telling(key, facts.getFirst());
    facts.forEach(telling::tell);
    return telling.told;
  }

  private static final class Telling {
    private final TraceNode top;
    private final Told told;
    private @Nullable TraceNode attempt;

    Telling(Key key, Recorded<InvocationFact> first) {
      top = new TraceNode("invocation", key.id(), title(first.fact()), first.millis()).lasting();
      top.status("running");
      told = new Told(top);
    }

    private static String title(InvocationFact first) {
      return first instanceof InvocationFact.Queued queued
          ? queued.function().substring(queued.function().lastIndexOf(':') + 1)
          : "";
    }

    void tell(Recorded<InvocationFact> recorded) {
      long at = recorded.millis();
      switch (recorded.fact()) {
        case InvocationFact.Queued ignored -> {}
        case InvocationFact.Attempted attempted -> {
          TraceNode next =
              new TraceNode(
                  "attempt",
                  Integer.toString(attempted.number()),
                  "attempt " + attempted.number(),
                  at);
          top.add(next);
          told.leadsTo(recorded.seq(), next);
          attempt = next;
        }
        case InvocationFact.Failed failed -> {
          endAttempt("failed " + failed.error(), at);
          top.status("attempt " + failed.number() + " failed " + failed.error());
        }
        case InvocationFact.Succeeded ignored -> {
          endAttempt("ok", at);
          top.end("ok", at);
        }
        case InvocationFact.Discarded discarded -> {
          endAttempt("failed " + discarded.error(), at);
          top.end("failed " + discarded.error(), at);
        }
      }
    }

    private void endAttempt(String how, long at) {
      if (attempt != null) {
        attempt.end(how, at);
      }
    }
  }
}
