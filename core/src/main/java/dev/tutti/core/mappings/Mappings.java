package dev.tutti.core.mappings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Decision;
import dev.tutti.core.kernel.Effect;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Moment;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.kernel.Request;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides about a mapping. While it is enabled it owes the call {@link #POLL}, which lasts: it
 * receives, invokes and deletes for as long as the mapping is as it was. What the queue gave out
 * stands in the queue's facts; here stands only that somebody polls. A poller that ends by itself
 * is started again, later each time.
 *
 * <p>A pipe is a mapping too, whose id is the pipe's ARN.
 */
public final class Mappings implements Decider<Mapping, MappingCommand, MappingFact> {
  /** The {@link Key#kind()}; the id is the mapping's UUID. */
  public static final String KIND = "event-source-mapping";

  /** The operation of Pipes, of this runtime only, that polls; as {@link #POLL}. */
  public static final String POLL_PIPE = "PollPipe";

  /** Lambda's operation, of this runtime only, that polls: {@code UUID}, {@code Poller}. */
  public static final String POLL = "PollEventSource";

  private static final String CALL = "poll/";
  private static final long FIRST_PAUSE_MILLIS = 5_000;
  private static final int MOST_DOUBLINGS = 6;

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Class<MappingCommand> commands() {
    return MappingCommand.class;
  }

  @Override
  public Class<MappingFact> facts() {
    return MappingFact.class;
  }

  @Override
  public Mapping blank(Key key) {
    return Mapping.blank(key.id());
  }

  @Override
  public Decision<MappingCommand, MappingFact> decide(
      Mapping state, MappingCommand command, Moment moment) {
    return switch (command) {
      case MappingCommand.Create create ->
          state.settings() == null
              ? done(new MappingFact.Created(create.settings(), create.tags()))
              : create.settings().pipe() == null
                  ? Decision.<MappingCommand, MappingFact>none().replying()
                  : Decision.refuse(
                      "ConflictException",
                      "Pipe " + create.settings().pipe().name() + " already exists.");
      case MappingCommand.Update update ->
          ofExisting(state, new MappingFact.Updated(update.settings()));
      case MappingCommand.Delete delete -> ofExisting(state, new MappingFact.Deleted());
      case MappingCommand.Tag tag -> ofExisting(state, new MappingFact.Tagged(tag.tags()));
      case MappingCommand.Untag untag -> ofExisting(state, new MappingFact.Untagged(untag.keys()));
      case MappingCommand.Ended ended ->
          state.poller() == ended.poller()
              ? Decision.of(stopped(state, ended.outcome(), moment))
              : Decision.none();
      case MappingCommand.Resume resume ->
          state.settings() != null && state.poller() == 0 && state.before() == resume.poller()
              ? Decision.of(new MappingFact.Resumed())
              : Decision.none();
    };
  }

  private static Decision<MappingCommand, MappingFact> ofExisting(Mapping state, MappingFact fact) {
    return state.settings() == null
        ? Decision.refuse("ResourceNotFoundException", "The resource you requested does not exist.")
        : done(fact);
  }

  private static Decision<MappingCommand, MappingFact> done(MappingFact fact) {
    return Decision.<MappingCommand, MappingFact>of(fact).replying();
  }

  private static MappingFact stopped(Mapping state, Outcome outcome, Moment moment) {
    long pause = FIRST_PAUSE_MILLIS << Math.min(state.failures(), MOST_DOUBLINGS);
    long nextAt = moment.millis() + pause;
    return switch (outcome) {
      case Outcome.Succeeded succeeded -> new MappingFact.Stopped("", "the poller ended", nextAt);
      case Outcome.Failed failed ->
          new MappingFact.Stopped(failed.error(), failed.message(), nextAt);
    };
  }

  @Override
  public Mapping apply(Mapping state, Recorded<MappingFact> recorded) {
    return state.after(recorded);
  }

  @Override
  public List<Effect> effects(Mapping state, Recorded<MappingFact> recorded) {
    return switch (recorded.fact()) {
      case MappingFact.Created fact -> changed(state);
      case MappingFact.Updated fact -> changed(state);
      case MappingFact.Deleted fact -> changed(state);
      case MappingFact.Resumed fact -> List.of(poll(state));
      case MappingFact.Stopped fact ->
          List.of(
              new Effect.Wake(
                  "resume/" + state.before(),
                  fact.nextAtMillis(),
                  new MappingCommand.Resume(state.before())));
      case MappingFact.Tagged fact -> List.of();
      case MappingFact.Untagged fact -> List.of();
    };
  }

  private static List<Effect> changed(Mapping state) {
    List<Effect> effects = new ArrayList<>();
    if (state.before() != 0) {
      effects.add(new Effect.Cancel(CALL + state.before()));
    }
    if (state.poller() != 0) {
      effects.add(poll(state));
    }
    return effects;
  }

  private static Effect poll(Mapping state) {
    MappingSettings settings = state.existing();
    ObjectNode input = Json.object().put("UUID", state.id()).put("Poller", state.poller());
    boolean pipe = settings.pipe() != null;
    return new Effect.Call(
        CALL + state.poller(),
        state.arn(),
        new Request.Operation(
            settings.context(),
            settings.region(),
            pipe ? "pipes" : "lambda",
            pipe ? POLL_PIPE : POLL,
            input));
  }

  @Override
  public MappingCommand outcome(String call, Outcome outcome) {
    if (!call.startsWith(CALL)) {
      throw new IllegalArgumentException("not a mapping's call: " + call);
    }
    return new MappingCommand.Ended(Long.parseLong(call.substring(CALL.length())), outcome);
  }
}
