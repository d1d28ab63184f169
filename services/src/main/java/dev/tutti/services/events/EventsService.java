package dev.tutti.services.events;

import dev.tutti.core.events.Buses;
import dev.tutti.services.Operation;
import dev.tutti.services.Service;
import java.util.Map;
import java.util.TreeMap;

/**
 * EventBridge, as {@code events}. Archives, replays, connections, API destinations, endpoints and
 * partner sources are absent.
 *
 * <p>{@code ForwardEvent} isn't AWS's: it is how a rule's delivery reaches another bus.
 */
public final class EventsService implements Service {
  private final Map<String, Operation> operations;

  /**
   * @param buses by which bus states are read
   */
  public EventsService(Buses buses) {
    Map<String, Operation> all = new TreeMap<>();
    all.putAll(new BusOperations(buses).operations());
    all.putAll(new RuleOperations(buses).operations());
    all.putAll(new TagOperations(buses).operations());
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
