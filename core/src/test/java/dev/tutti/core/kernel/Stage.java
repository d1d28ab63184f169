package dev.tutti.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Codec;
import dev.tutti.core.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A host for transcripts: aggregates in memory, a clock that moves when told, and chance that
 * always falls the same way.
 *
 * <p>What can be done, one instruction each:
 *
 * <ul>
 *   <li>{@code on KIND/ID}: the following is for that aggregate
 *   <li>{@code at 2026-01-01T00:00:00Z}: sets the clock, fires nothing
 *   <li>{@code wait PT30S}: moves the clock on, firing each wake at its time
 *   <li>{@code {"Command":{…}}}: decides it
 *   <li>{@code outcome NAME {"Succeeded":{…}}}: how a call ended; dropped where it isn't unsettled
 *   <li>{@code tell}: hands over the tells made so far whose aggregates are on this stage
 *   <li>{@code quiet} and {@code loud}: whether what comes of the following is shown
 * </ul>
 *
 * <p>Around each decision it checks that deciding changed nothing, that each fact survives being
 * written and read, and that folding the facts from blank gives the live state.
 */
public final class Stage {
  private final Map<String, Role<?, ?, ?>> roles = new LinkedHashMap<>();
  private final Map<Key, Actor<?, ?, ?>> actors = new LinkedHashMap<>();
  private final List<Effect.Tell> mail = new ArrayList<>();
  private final List<String> out = new ArrayList<>();
  private final SplittableRandom chance = new SplittableRandom(42);
  private final Codec<Outcome> outcomes = new Codec<>(Outcome.class);
  private final Codec<Request> requests = new Codec<>(Request.class);
  private long clock = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
  private @Nullable Key current;
  private boolean quiet;

  /** Lets a decider play. */
  public <S, C extends Command, F extends Fact> Stage plays(Decider<S, C, F> decider) {
    return plays(decider, fact -> {});
  }

  /**
   * As {@link #plays(Decider)}.
   *
   * @param follower is told each fact after it is applied, as the host tells a catalogue
   */
  public <S, C extends Command, F extends Fact> Stage plays(
      Decider<S, C, F> decider, Consumer<Recorded<F>> follower) {
    roles.put(decider.kind(), new Role<>(decider, follower));
    return this;
  }

  /** Performs one instruction. */
  List<String> perform(String instruction) {
    out.clear();
    String[] words = instruction.split(" ", 3);
    switch (words[0]) {
      case "on" -> current = key(words[1]);
      case "at" -> clock = Instant.parse(words[1]).toEpochMilli();
      case "wait" -> pass(Duration.parse(words[1]));
      case "outcome" -> actor(onStage()).settle(words[1], outcomes.decode(Json.parse(words[2])));
      case "tell" -> deliver();
      case "quiet" -> quiet = true;
      case "loud" -> quiet = false;
      default -> actor(onStage()).decide(Json.parse(instruction));
    }
    return List.copyOf(out);
  }

  /** Checks every aggregate a last time. */
  List<String> close() {
    actors.values().forEach(Actor::checkFold);
    return List.of();
  }

  /** Sends a command to an aggregate and returns the reply, for tests that aren't transcripts. */
  public @Nullable Reply send(Key to, Command command) {
    return actor(to).send(command);
  }

  /** The live state of an aggregate. */
  public Object state(Key key) {
    return actor(key).state;
  }

  /** The facts of an aggregate so far. */
  @SuppressWarnings("unchecked")
  public <F extends Fact> List<Recorded<F>> facts(Key key) {
    return (List<Recorded<F>>) (List<?>) List.copyOf(actor(key).facts);
  }

  /** Settles an unsettled call; false where there is none of that name. */
  public boolean settle(Key key, String name, Outcome outcome) {
    return actor(key).settle(name, outcome);
  }

  /** The names of an aggregate's unsettled calls, oldest first. */
  public List<String> calls(Key key) {
    return List.copyOf(actor(key).calls.keySet());
  }

  /** The request of an unsettled call. */
  public Request request(Key key, String name) {
    return java.util.Objects.requireNonNull(actor(key).calls.get(name)).request();
  }

  /** The names of an aggregate's unsettled wakes. */
  public List<String> wakes(Key key) {
    return List.copyOf(actor(key).wakes.keySet());
  }

  /** Moves the clock on, firing each wake at its time, the earlier first. */
  public void pass(Duration time) {
    long end = Math.addExact(clock, time.toMillis());
    while (fireNext(end)) {}
    clock = end;
  }

  /** The clock, epoch milliseconds. */
  public long millis() {
    return clock;
  }

  /** Hands over all tells whose aggregates are on this stage, and those that follow from them. */
  public void deliver() {
    for (int i = 0; i < mail.size(); ) {
      if (roles.containsKey(mail.get(i).to().kind())) {
        Effect.Tell tell = mail.remove(i);
        actor(tell.to()).send(tell.command());
        i = 0;
      } else {
        i++;
      }
    }
  }

  private boolean fireNext(long end) {
    record Due(Actor<?, ?, ?> actor, Effect.Wake wake) {}
    var first =
        actors.values().stream()
            .flatMap(a -> a.wakes.values().stream().map(w -> new Due(a, w)))
            .filter(d -> d.wake.atMillis() <= end)
            .min(Comparator.comparingLong(d -> d.wake.atMillis()));
    first.ifPresent(d -> {
      clock = Math.max(clock, d.wake.atMillis());
      say("time " + Instant.ofEpochMilli(clock));
      d.actor.fire(d.wake);
    });
    return first.isPresent();
  }

  private void say(String line) {
    if (!quiet) {
      out.add(line);
    }
  }

  private static Key key(String text) {
    int slash = text.indexOf('/');
    return new Key(text.substring(0, slash), text.substring(slash + 1));
  }

  private Key onStage() {
    if (current == null) {
      throw new IllegalStateException("say first who is meant: > on KIND/ID");
    }
    return current;
  }

  private Actor<?, ?, ?> actor(Key key) {
    Role<?, ?, ?> role = roles.get(key.kind());
    if (role == null) {
      throw new IllegalStateException("nobody plays " + key.kind());
    }
    return actors.computeIfAbsent(key, k -> new Actor<>(k, role));
  }

  private record Role<S, C extends Command, F extends Fact>(
      Decider<S, C, F> decider, Consumer<Recorded<F>> follower) {}

  /** One aggregate. */
  private final class Actor<S, C extends Command, F extends Fact> implements Decider.Rows {
    private final Key key;
    private final Decider<S, C, F> decider;
    private final Consumer<Recorded<F>> follower;
    private final Codec<C> commands;
    private final Codec<F> codec;
    private final List<Recorded<F>> facts = new ArrayList<>();
    private final Map<String, Effect.Wake> wakes = new LinkedHashMap<>();
    private final Map<String, Effect.Call> calls = new LinkedHashMap<>();
    private S state;

    Actor(Key key, Role<S, C, F> role) {
      this.key = key;
      this.decider = role.decider;
      this.follower = role.follower;
      this.commands = new Codec<>(decider.commands());
      this.codec = new Codec<>(decider.facts());
      this.state = decider.blank(key);
    }

    void decide(JsonNode command) {
      decide(commands.decode(command));
    }

    @Nullable Reply send(Command command) {
      return decide(commands.decode(commands.encode(decider.commands().cast(command))));
    }

    boolean settle(String name, Outcome outcome) {
      if (calls.remove(name) == null) {
        say("dropped");
        return false;
      }
      decide(decider.outcome(name, outcome));
      return true;
    }

    void fire(Effect.Wake wake) {
      wakes.remove(wake.name());
      send(wake.command());
    }

    private @Nullable Reply decide(C first) {
      var queue = new ArrayDeque<C>(List.of(first));
      var moment = new Moment(clock, chance.nextLong());
      Reply reply = null;
      while (!queue.isEmpty()) {
        Decision<C, F> decision = decider.decide(state, queue.poll(), moment);
        checkFold();
        decision.facts().forEach(this::record);
        decision.next().reversed().forEach(queue::addFirst);
        if (decision.reply() != null) {
          assertThat(reply).as("a second reply").isNull();
          reply = decision.reply();
        }
      }
      if (reply != null) {
        say(
            switch (reply) {
              case Reply.Done done -> "reply " + Json.write(done.value());
              case Reply.Refused no -> "refused " + no.code() + ": " + no.message();
            });
      }
      return reply;
    }

    private void record(F fact) {
      var cause = new Cause("1-00000000-000000000000000000000000", "", "");
      var recorded = new Recorded<>(key, facts.size() + 1L, clock, cause, fact);
      say("fact " + recorded.seq() + " " + Json.write(codec.encode(fact)));
      facts.add(
          new Recorded<>(key, recorded.seq(), clock, cause, codec.decode(codec.encode(fact))));
      state = decider.apply(state, recorded);
      decider.effects(state, recorded).forEach(this::take);
      decider.index(state, recorded, this);
      follower.accept(recorded);
    }

    private void take(Effect effect) {
      switch (effect) {
        case Effect.Tell tell -> {
          mail.add(tell);
          say("tell " + tell.to() + " " + shown(tell));
        }
        case Effect.Call call -> {
          assertThat(calls.put(call.name(), call)).as("unsettled " + call.name()).isNull();
          say(
              "call %s lane %s %s"
                  .formatted(
                      call.name(), call.lane(), Json.write(requests.encode(call.request()))));
        }
        case Effect.Wake wake -> {
          assertThat(wakes.put(wake.name(), wake)).as("unsettled " + wake.name()).isNull();
          say(
              "wake %s at %s %s"
                  .formatted(
                      wake.name(),
                      Instant.ofEpochMilli(wake.atMillis()),
                      Json.write(commands.encode(decider.commands().cast(wake.command())))));
        }
        case Effect.Cancel cancel -> {
          wakes.remove(cancel.name());
          calls.remove(cancel.name());
          say("cancel " + cancel.name());
        }
      }
    }

    private String shown(Effect.Tell tell) {
      Role<?, ?, ?> role = roles.get(tell.to().kind());
      return role == null ? tell.command().toString() : encoded(role.decider, tell.command());
    }

    private <D extends Command> String encoded(Decider<?, D, ?> to, Command command) {
      return Json.write(new Codec<>(to.commands()).encode(to.commands().cast(command)));
    }

    @Override
    public void put(String table, List<String> row, JsonNode value) {
      say("row " + table + " " + row + " " + Json.write(value));
    }

    @Override
    public void deleteThrough(String table, List<String> prefix, List<String> last) {
      out.add("rows gone " + table + " " + prefix + " through " + last);
    }

    @Override
    public void delete(String table, List<String> row) {
      say("row " + table + " " + row + " deleted");
    }

    void checkFold() {
      S fold = decider.blank(key);
      for (Recorded<F> recorded : facts) {
        fold = decider.apply(fold, recorded);
      }
      assertThat(state)
          .as("live state of %s against the fold of its %s facts", key, facts.size())
          .usingRecursiveComparison()
          .withEqualsForType((a, b) -> a.toString().equals(b.toString()), JsonNode.class)
          .isEqualTo(fold);
    }
  }
}
