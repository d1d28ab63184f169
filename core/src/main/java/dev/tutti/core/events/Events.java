package dev.tutti.core.events;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.delivery.RetryPolicy;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Decision;
import dev.tutti.core.kernel.Effect;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Moment;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.template.FilledTemplate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides events, aggregate kind {@code event}, one for each bus that an event reaches.
 *
 * <p>Accepting matches the rules once, fills their templates, and hands every match to a delivery
 * of its own. A bus takes an event once: one that comes by two ways is accepted by the first, and
 * one that comes round in a circle is refused, so its delivery is parked.
 */
public final class Events implements Decider<Event, EventCommand, EventFact> {
  public static final String KIND = "event";

  /** A bus's events in the order they came: bus ARN, time of acceptance, event id. */
  public static final String LOG = "bus-log";

  /**
   * The events that an archive shows, in the order they came: archive ARN, era, time of acceptance,
   * event id. The value has the event's size in bytes, and its time where its sender set it.
   */
  public static final String ARCHIVED = "archive-log";

  /** Where an event is, by its id: event id, bus ARN. */
  public static final String BY_ID = "event-ids";

  /** Most buses that an event may go through. */
  static final int MAX_HOPS = 10;

  private final Catalogue catalogue;

  public Events(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  public static Key key(BusArn bus, String eventId) {
    return new Key(KIND, bus.text() + '|' + eventId);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Class<EventCommand> commands() {
    return EventCommand.class;
  }

  @Override
  public Class<EventFact> facts() {
    return EventFact.class;
  }

  @Override
  public Event blank(Key key) {
    return new Event(BusArn.parse(bus(key)).orElseThrow());
  }

  @Override
  public Decision<EventCommand, EventFact> decide(
      Event state, EventCommand command, Moment moment) {
    return switch (command) {
      case EventCommand.Accept accept -> accept(state, accept, moment);
      case EventCommand.Replay replay -> replay(state, replay);
      case EventCommand.Fire fire -> fire(state, fire, moment);
    };
  }

  private Decision<EventCommand, EventFact> fire(
      Event state, EventCommand.Fire fire, Moment moment) {
    Optional<Subscription> rule = catalogue.bus(state.bus()).scheduled(fire.rule());
    return state.accepted() != null || rule.isEmpty()
        ? Decision.none()
        : Decision.of(
            new EventFact.Accepted(
                fire.event(),
                List.of(),
                matches(rule.get(), fire.event(), moment.millis(), Loops.NONE),
                false,
                null));
  }

  private Decision<EventCommand, EventFact> accept(
      Event state, EventCommand.Accept accept, Moment moment) {
    String id = accept.event().path("id").asText();
    BusArn arn = BusArn.parse(accept.bus()).orElseThrow();
    if (accept.hops().size() >= MAX_HOPS || accept.hops().contains(arn.text())) {
      return Decision.refuse(
          Loops.ERROR, "The event went through " + String.join(", ", accept.hops()) + " before.");
    }
    if (state.accepted() != null) {
      String replay = accept.event().path(Envelope.REPLAY_NAME).asText();
      return replay.isEmpty()
          ? Decision.<EventCommand, EventFact>none().replying(reply(id))
          : replay(state, new EventCommand.Replay(replay, List.of(), false)).replying(reply(id));
    }
    Catalogue.Subscriptions bus = catalogue.bus(arn);
    boolean forwarded = !accept.hops().isEmpty();
    Optional<String> denied =
        Permissions.refusalToSend(arn, bus.policy(), accept.caller(), accept.event(), forwarded);
    if (denied.isPresent()) {
      return Decision.refuse("AccessDeniedException", denied.get());
    }
    if (forwarded && !bus.exists()) {
      return Decision.refuse(
          "ResourceNotFoundException", "Event bus " + arn.name() + " does not exist.");
    }
    JsonNode event = Envelope.timed(accept.event(), moment.millis());
    List<EventFact.Match> matches =
        bus.exists()
            ? matches(bus, event, moment.millis(), rule -> true, Loops.of(accept.lineage(), bus))
            : List.of();
    return Decision.<EventCommand, EventFact>of(
            new EventFact.Accepted(
                event,
                accept.hops(),
                matches,
                !bus.exists(),
                archives(bus, event),
                bus.isSized() ? (Long) EventRows.bytes(event) : null))
        .replying(reply(id));
  }

  /** The archives that show the event; null where none does. What is replayed is kept already. */
  private static @Nullable List<EventFact.Kept> archives(
      Catalogue.Subscriptions bus, JsonNode event) {
    if (!bus.exists() || event.has(Envelope.REPLAY_NAME)) {
      return null;
    }
    List<EventFact.Kept> archives = bus.archives(event);
    return archives.isEmpty() ? null : archives;
  }

  private Decision<EventCommand, EventFact> replay(Event state, EventCommand.Replay replay) {
    EventFact.Accepted accepted = state.accepted();
    if (accepted == null) {
      return Decision.refuse(Buses.NOT_FOUND, "The event is not on the bus's log.");
    }
    if (state.replays().contains(replay.replay())) {
      return Decision.<EventCommand, EventFact>none().replying();
    }
    BusArn arn = state.bus();
    Catalogue.Subscriptions bus = catalogue.bus(arn);
    Set<String> had = new HashSet<>();
    if (replay.missedOnly()) {
      accepted.matches().forEach(match -> had.add(match.ruleArn()));
    }
    JsonNode event = Envelope.replayed(accepted.event(), replay.replay());
    List<EventFact.Match> matches =
        bus.exists()
            ? matches(
                bus,
                event,
                state.acceptedMillis(),
                rule ->
                    !had.contains(rule)
                        && (replay.rules().isEmpty() || replay.rules().contains(rule)),
                Loops.NONE)
            : List.of();
    return Decision.<EventCommand, EventFact>of(new EventFact.Replayed(replay.replay(), matches))
        .replying();
  }

  private static JsonNode reply(String id) {
    return Json.object().put("EventId", id);
  }

  private static List<EventFact.Match> matches(
      Catalogue.Subscriptions bus,
      JsonNode event,
      long ingestionMillis,
      Predicate<String> wanted,
      Loops loops) {
    List<EventFact.Match> matches = new ArrayList<>();
    for (Subscription subscription : bus.match(event)) {
      if (wanted.test(subscription.arn())) {
        matches.addAll(matches(subscription, event, ingestionMillis, loops));
      }
    }
    return matches;
  }

  private static List<EventFact.Match> matches(
      Subscription subscription, JsonNode event, long ingestionMillis, Loops loops) {
    Rule rule = subscription.rule();
    String loop = loops.fault(subscription);
    Template.Given given =
        new Template.Given(event, subscription.arn(), rule.name(), ingestionMillis);
    return subscription.wishes().stream().map(wish -> match(rule, wish, given, loop)).toList();
  }

  private static EventFact.Match match(
      Rule rule, Subscription.Wish wish, Template.Given given, @Nullable String loop) {
    Target target = wish.target();
    String input = null;
    String unfit = null;
    try {
      input = wish.template().render(given);
    } catch (FilledTemplate.Unfit e) {
      input = e.filled();
      unfit = e.getMessage();
    }
    Integer retries = target.maximumRetryAttempts();
    Integer seconds = target.maximumEventAgeInSeconds();
    HttpParameters http = target.http();
    return new EventFact.Match(
        given.ruleArn(),
        target.id(),
        target.arn(),
        rule.createdBy(),
        input,
        unfit,
        retries == null ? RetryPolicy.EVENTS_RETRIES : retries,
        seconds == null ? RetryPolicy.EVENTS_AGE_MILLIS : seconds * 1000L,
        target.messageGroup(),
        target.deadLetterArn(),
        http == null ? null : http.resolved(path -> Template.find(path, given)),
        loop);
  }

  @Override
  public Event apply(Event state, Recorded<EventFact> recorded) {
    switch (recorded.fact()) {
      case EventFact.Accepted fact -> state.accept(fact, recorded.millis());
      case EventFact.Replayed fact -> state.replay(fact);
    }
    return state;
  }

  @Override
  public List<Effect> effects(Event state, Recorded<EventFact> recorded) {
    return switch (recorded.fact()) {
      case EventFact.Accepted fact -> {
        Handing accepted =
            new Handing(recorded.key(), recorded.millis(), fact.event(), fact.hops(), "");
        yield fact.matches().stream().map(accepted::of).toList();
      }
      case EventFact.Replayed fact -> {
        EventFact.Accepted accepted = state.accepted();
        if (accepted == null) {
          throw new IllegalStateException("only what was accepted is replayed");
        }
        JsonNode event = Envelope.replayed(accepted.event(), fact.replay());
        Handing replayed =
            new Handing(
                recorded.key(),
                state.acceptedMillis(),
                event,
                accepted.hops(),
                "|replay/" + fact.replay());
        yield fact.matches().stream().map(replayed::of).toList();
      }
    };
  }

  static String bus(Key key) {
    return key.id().substring(0, key.id().lastIndexOf('|'));
  }

  @Override
  public EventCommand outcome(String call, Outcome outcome) {
    throw new IllegalStateException("an event makes no calls: " + call);
  }

  @Override
  public void index(Event state, Recorded<EventFact> recorded, Rows rows) {
    switch (recorded.fact()) {
      case EventFact.Accepted fact -> EventRows.write(state.bus(), fact, recorded.millis(), rows);
      case EventFact.Replayed fact -> {}
    }
  }
}
