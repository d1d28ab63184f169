package dev.tutti.simulate.judge;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What clients were told. */
public final class Acknowledged {
  /** A start that was acknowledged. */
  public record Start(String machineArn, String name, String input, String executionArn) {}

  /**
   * An express execution that was acknowledged.
   *
   * @param twin the standard execution of the same definition with the same input
   * @param answer to the client who waited for its end; null where nobody did
   */
  public record Swift(String twin, String executionArn, @Nullable JsonNode answer) {}

  /**
   * An event that was acknowledged.
   *
   * @param asked when it was asked for, among all requests and answers, see {@link #tick}
   * @param answered when it was acknowledged
   */
  public record Put(String bus, String eventId, long asked, long answered) {}

  /** A message that was sent, or received. */
  public record Message(String queue, String id, String body) {}

  /**
   * A map run that got other bounds.
   *
   * @param bounds members of UpdateMapRun
   */
  public record Tuned(String mapRunArn, JsonNode bounds) {}

  private final List<Tuned> tuned = new ArrayList<>();
  private final List<Message> sent = new ArrayList<>();
  private final List<Message> received = new ArrayList<>();
  private final List<Swift> swift = new ArrayList<>();
  private final List<Start> starts = new ArrayList<>();
  private final List<Put> puts = new ArrayList<>();
  private final Map<String, Long> replays = new TreeMap<>();
  private long ticks;
  private final Map<String, Integer> redrives = new TreeMap<>();
  private final Map<String, Integer> refusals = new TreeMap<>();

  public void started(String machineArn, String name, String input, String executionArn) {
    starts.add(new Start(machineArn, name, input, executionArn));
  }

  /** The next number: of two things that clients did, the later one has the greater. */
  public long tick() {
    return ++ticks;
  }

  /** A replay was asked for, perhaps not for the first time. */
  public void replayAsked(String name) {
    replays.putIfAbsent(name, tick());
  }

  /** When each replay was first asked for, among all requests and answers. */
  public Map<String, Long> replays() {
    return replays;
  }

  public void put(Put put) {
    puts.add(put);
  }

  public void sent(String queue, String messageId, String body) {
    sent.add(new Message(queue, messageId, body));
  }

  public void received(String queue, String messageId, String body) {
    received.add(new Message(queue, messageId, body));
  }

  public List<Message> sent() {
    return sent;
  }

  public List<Message> received() {
    return received;
  }

  public void swift(Swift acknowledged) {
    swift.add(acknowledged);
  }

  public List<Swift> swift() {
    return swift;
  }

  public void redriven(String executionArn) {
    redrives.merge(executionArn, 1, Integer::sum);
  }

  /** How often each execution was redriven. */
  public Map<String, Integer> redrives() {
    return redrives;
  }

  public void tuned(String mapRunArn, JsonNode bounds) {
    tuned.add(new Tuned(mapRunArn, bounds));
  }

  public List<Tuned> tuned() {
    return tuned;
  }

  public void refused(String code) {
    refusals.merge(code, 1, Integer::sum);
  }

  public List<Start> starts() {
    return starts;
  }

  public List<Put> puts() {
    return puts;
  }

  /** How often each error was answered. */
  public Map<String, Integer> refusals() {
    return refusals;
  }
}
