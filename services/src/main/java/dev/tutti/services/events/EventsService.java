package dev.tutti.services.events;

import dev.tutti.core.connections.ApiDestinations;
import dev.tutti.core.events.Archives;
import dev.tutti.core.events.Buses;
import dev.tutti.core.events.Replays;
import dev.tutti.services.Operation;
import dev.tutti.services.Service;
import dev.tutti.services.connections.ConnectedWeb;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/**
 * EventBridge, as {@code events}. Endpoints and partner sources are absent.
 *
 * <p>{@code ForwardEvent}, {@code InvokeApiDestination}, {@code AuthorizeConnection}, {@code
 * ReplayEvents} and {@code TrimLog} aren't AWS's: by the first two a rule's delivery reaches
 * another bus or an address outside, by the third a connection has its token, by the fourth a
 * replay goes on, by the last a log is kept no longer than its retention.
 */
public final class EventsService implements Service {
  private final Map<String, Operation> operations;

  /**
   * One that reaches nobody outside: connections and API destinations are absent.
   *
   * @param buses by which bus states are read
   * @param archives by which those of archives are read
   * @param replays by which those of replays are read
   * @param clock epoch milliseconds
   */
  public EventsService(Buses buses, Archives archives, Replays replays, LongSupplier clock) {
    this(inside(buses, archives, replays, bus -> Long.MAX_VALUE, clock));
  }

  /**
   * The whole of it.
   *
   * @param destinations by which API destinations are read
   * @param web sends requests by connections
   * @param listened up to when a bus's log (its ARN) has been read by all who read it now, epoch
   *     milliseconds
   */
  public EventsService(
      Buses buses,
      Archives archives,
      Replays replays,
      ApiDestinations destinations,
      ConnectedWeb web,
      ToLongFunction<String> listened,
      LongSupplier clock) {
    Map<String, Operation> all = inside(buses, archives, replays, listened, clock);
    all.putAll(new ConnectionOperations(web).operations());
    all.putAll(new ApiDestinationOperations(destinations, web).operations());
    all.put("InvokeApiDestination", new InvokeApiDestination(destinations, web, clock));
    this(all);
  }

  private EventsService(Map<String, Operation> operations) {
    this.operations = Map.copyOf(operations);
  }

  private static Map<String, Operation> inside(
      Buses buses,
      Archives archives,
      Replays replays,
      ToLongFunction<String> listened,
      LongSupplier clock) {
    BusQuestions questions = new BusQuestions(buses);
    ArchiveOperations views = new ArchiveOperations(questions, archives, new ArchiveTally(clock));
    Map<String, Operation> all = new TreeMap<>();
    all.putAll(new BusOperations(buses).operations());
    all.putAll(new RuleOperations(buses).operations());
    all.putAll(new TagOperations(buses).operations());
    all.putAll(views.operations());
    all.putAll(new ReplayOperations(questions, views, replays).operations());
    all.put(Replays.STEP_OPERATION, new ReplayEvents(questions, views, clock));
    all.put(TrimLog.NAME, new TrimLog(replays, listened, clock));
    all.put("PutEvents", new PutEvents());
    all.put("ForwardEvent", new ForwardEvent());
    all.put("TestEventPattern", new TestEventPattern());
    return all;
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
