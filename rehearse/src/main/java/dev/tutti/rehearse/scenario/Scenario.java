package dev.tutti.rehearse.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.rehearse.mock.Responses;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One rehearsal: what answers, what is given, and what is expected to come of it. Names of things
 * are {@code CONTEXT/NAME}.
 *
 * @param place where it stands, for complaints
 * @param mocks a mock file of Step Functions Local, relative to the scenario's file; null for none
 * @param testCases which of the file's test cases, by state machine
 * @param functions what functions answer
 * @param lasts how long it is played, from its beginning; null until nothing happens any more
 */
public record Scenario(
    String name,
    String place,
    @Nullable String mocks,
    Map<String, String> testCases,
    Map<String, Responses> functions,
    @Nullable Duration lasts,
    List<Given> given,
    Expected expected) {

  /** Something that happens from outside, at a time after the beginning. */
  public sealed interface Given {
    long afterMillis();

    /** An event is put. */
    record Put(long afterMillis, String bus, String source, String detailType, JsonNode detail)
        implements Given {}

    /** An execution is started; name null for one that is made up. */
    record Start(long afterMillis, String machine, @Nullable String name, JsonNode input)
        implements Given {}

    /** Any operation is called. */
    record Call(long afterMillis, String context, String service, String operation, JsonNode input)
        implements Given {}
  }

  /**
   * What is expected; null where nothing is said of it. Executions and posts are all that there
   * are, events all those on the buses that are named.
   */
  public record Expected(
      @Nullable List<Run> executions,
      @Nullable List<Told> events,
      @Nullable List<Sent> deliveries,
      @Nullable List<Posted> posts) {}

  /** An execution; what is null may be anything. Values are parts of what there is. */
  public record Run(
      String place,
      String machine,
      @Nullable String status,
      @Nullable JsonNode input,
      @Nullable JsonNode output,
      @Nullable String error,
      @Nullable String cause,
      @Nullable List<String> path) {}

  /** An event on a bus. */
  public record Told(String place, String bus, JsonNode event) {}

  /**
   * A delivery.
   *
   * @param by the rule, {@code CONTEXT/NAME}; null for any, or a subscription
   * @param target the end of the target's ARN or address; null for any
   * @param status {@code delivered}, {@code parked} or {@code waiting}
   */
  public record Sent(String place, @Nullable String by, @Nullable String target, String status) {}

  /** A POST to an address outside. */
  public record Posted(String place, String url, @Nullable JsonNode body) {}
}
