package dev.tutti.core.events;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.kernel.Lineage;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The buses as an event finds them when it is accepted. */
public interface Catalogue {

  /** The bus of that ARN, as it is now. */
  Subscriptions bus(BusArn arn);

  /** Who may send to a bus, and who has subscribed. */
  interface Subscriptions {
    /** Whether the bus is there; the default bus always is. */
    boolean exists();

    /** Whether the log is kept by its size. */
    boolean isSized();

    /** The bus's policy; missing where it has none. */
    JsonNode policy();

    /**
     * The enabled rules that match an event, each with its targets as they are now, sorted by name.
     * A rule by another account counts as long as the policy lets that account have it.
     *
     * @param event as its targets see it
     */
    List<Subscription> match(JsonNode event);

    /** A rule that is enabled and has a schedule, by its name; empty where there is none. */
    Optional<Subscription> scheduled(String rule);

    /** The name of a rule by the hash of its ARN ({@link Lineage#hash}); null where none has it. */
    @Nullable String nameOf(String hash);

    /** The archives that show an event which the bus accepts now. */
    List<EventFact.Kept> archives(JsonNode event);
  }
}
