package dev.tutti.services.trace;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.events.EventFact;
import dev.tutti.core.events.Events;
import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.host.Reader;
import java.util.List;
import java.util.Optional;

/** Tells an event: what it says happened, where, and to how many targets it goes. */
record EventStory(Decider<?, ?, EventFact> decider) implements Story<EventFact> {

  @Override
  public Told tell(Key key, List<Recorded<EventFact>> facts) {
    Recorded<EventFact> first = facts.getFirst();
    return switch (first.fact()) {
      case EventFact.Accepted accepted -> {
        JsonNode event = accepted.event();
        String bus = key.id().substring(key.id().indexOf('/') + 1, key.id().indexOf('|'));
        String title =
            "%s from %s on %s"
                .formatted(event.path("detail-type").asText(), event.path("source").asText(), bus);
        TraceNode top =
            new TraceNode("event", event.path("id").asText(), title, first.millis())
                .expecting(accepted.matches().size());
        top.status(status(accepted));
        yield new Told(top);
      }
      case EventFact.Replayed _ ->
          throw new IllegalStateException("an event is accepted before it is replayed");
    };
  }

  @Override
  public Optional<Key> named(String id, Reader reader) {
    return reader.rows(Events.BY_ID, List.of(id), null, 1).stream()
        .map(row -> new Key(decider.kind(), row.key().get(1) + '|' + id))
        .findFirst();
  }

  private static String status(EventFact.Accepted accepted) {
    if (accepted.busMissing()) {
      return "there is no such bus";
    }
    return accepted.matches().isEmpty() ? "no rule matched" : "";
  }
}
