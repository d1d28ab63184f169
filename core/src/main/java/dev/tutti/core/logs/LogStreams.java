package dev.tutti.core.logs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Decision;
import dev.tutti.core.kernel.Effect;
import dev.tutti.core.kernel.Ids;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Moment;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Recorded;
import java.util.List;

/**
 * Decides log streams that are written through the service, aggregate kind {@code logStream}: its
 * id is the group's ARN, when the group was created, and the stream's name, so that a group created
 * anew has streams of its own.
 */
public final class LogStreams implements Decider<LogStream, StreamCommand, StreamFact> {
  public static final String KIND = "logStream";

  /**
   * By ARN of the group, name of the stream. Executions write rows of the same form for their own
   * streams.
   */
  public static final String STREAMS = "logStreams";

  /** By ARN of the group, name of the stream, time, number. */
  public static final String ENTRIES = "logEvents";

  private static final char BETWEEN = '|';

  public static Key key(Group group, String stream) {
    return new Key(KIND, group.arn() + BETWEEN + group.createdMillis() + BETWEEN + stream);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Class<StreamCommand> commands() {
    return StreamCommand.class;
  }

  @Override
  public Class<StreamFact> facts() {
    return StreamFact.class;
  }

  @Override
  public LogStream blank(Key key) {
    String id = key.id();
    int first = id.indexOf(BETWEEN);
    return new LogStream(
        id.substring(0, first), id.substring(id.indexOf(BETWEEN, first + 1) + 1), 0, 0);
  }

  @Override
  public Decision<StreamCommand, StreamFact> decide(
      LogStream stream, StreamCommand command, Moment moment) {
    return switch (command) {
      case StreamCommand.Create create ->
          stream.exists()
              ? Decision.refuse(
                  "ResourceAlreadyExistsException", "The specified log stream already exists")
              : done(List.of(new StreamFact.StreamCreated()));
      case StreamCommand.Append append ->
          stream.exists()
              ? done(List.of(new StreamFact.Appended(append.entries())))
              : Decision.refuse(
                  "ResourceNotFoundException", "The specified log stream does not exist.");
      case StreamCommand.Write write ->
          done(
              stream.exists()
                  ? List.of(new StreamFact.Appended(write.entries()))
                  : List.of(
                      new StreamFact.StreamCreated(), new StreamFact.Appended(write.entries())));
    };
  }

  private static Decision<StreamCommand, StreamFact> done(List<StreamFact> facts) {
    return Decision.<StreamCommand, StreamFact>of(facts).replying();
  }

  @Override
  public LogStream apply(LogStream stream, Recorded<StreamFact> recorded) {
    return stream.after(recorded);
  }

  @Override
  public List<Effect> effects(LogStream stream, Recorded<StreamFact> recorded) {
    return List.of();
  }

  @Override
  public StreamCommand outcome(String call, Outcome outcome) {
    throw new IllegalStateException("a log stream calls nobody: " + call);
  }

  @Override
  public void index(LogStream stream, Recorded<StreamFact> recorded, Rows rows) {
    rows.put(
        STREAMS,
        List.of(stream.group(), stream.name()),
        Json.object()
            .put("createdMillis", stream.createdMillis())
            .put("lastMillis", recorded.millis()));
    switch (recorded.fact()) {
      case StreamFact.StreamCreated fact -> {}
      case StreamFact.Appended fact -> {
        int number = 0;
        for (StreamCommand.Entry entry : fact.entries()) {
          ObjectNode row =
              Json.object().put("millis", entry.millis()).put("message", entry.message());
          rows.put(
              ENTRIES,
              List.of(
                  stream.group(),
                  stream.name(),
                  Ids.sortable(Math.max(0, entry.millis())),
                  "%010d-%05d".formatted(recorded.seq(), number++)),
              row);
        }
      }
    }
  }
}
