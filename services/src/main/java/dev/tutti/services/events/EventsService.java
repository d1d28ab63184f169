package dev.tutti.services.events;

import dev.tutti.core.events.Archives;
import dev.tutti.core.events.Buses;
import dev.tutti.core.events.Replays;
import dev.tutti.services.Operation;
import dev.tutti.services.Service;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * EventBridge, as {@code events}. Connections, API destinations, endpoints and partner sources are
 * absent.
 *
 * <p>{@code ForwardEvent} and {@code ReplayEvents} aren't AWS's: by the first a rule's delivery
 * reaches another bus, by the second a replay goes on.
 */
public final class EventsService implements Service {
  private final Map<String, Operation> operations;

  /**
   * @param buses by which bus states are read
   * @param archives by which those of archives are read
   * @param replays by which those of replays are read
   * @param clock epoch milliseconds
   */
  public EventsService(Buses buses, Archives archives, Replays replays, LongSupplier clock) {
    BusQuestions questions = new BusQuestions(buses);
    ArchiveOperations views = new ArchiveOperations(questions, archives, new ArchiveTally(clock));
    Map<String, Operation> all = new TreeMap<>();
    all.putAll(new BusOperations(buses).operations());
    all.putAll(new RuleOperations(buses).operations());
    all.putAll(new TagOperations(buses).operations());
    all.putAll(views.operations());
    all.putAll(new ReplayOperations(questions, views, replays).operations());
    all.put(Replays.STEP_OPERATION, new ReplayEvents(views, clock));
    all.put("PutEvents", new PutEvents());
    all.put("ForwardEvent", new ForwardEvent());
    all.put("TestEventPattern", new TestEventPattern());
    this.operations = Map.copyOf(all);
  }

  @Override
  public String name() {
    return "events";
  }

  @Override
  public Map<String, Operation> operations() {
    return operations;
  }
}
