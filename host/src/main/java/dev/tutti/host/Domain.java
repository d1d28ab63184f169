package dev.tutti.host;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Codec;
import dev.tutti.core.kernel.Command;
import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Fact;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Recorded;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A decider with the codecs of its commands and facts, and those who follow its facts. */
final class Domain<S, C extends Command, F extends Fact> {
  private final Decider<S, C, F> decider;
  private final Codec<C> commands;
  private final Codec<F> facts;
  private final List<Follower<F>> followers = new CopyOnWriteArrayList<>();
  private final List<Follower<F>> watchers = new CopyOnWriteArrayList<>();

  Domain(Decider<S, C, F> decider) {
    this.decider = decider;
    this.commands = new Codec<>(decider.commands());
    this.facts = new Codec<>(decider.facts());
  }

  Decider<S, C, F> decider() {
    return decider;
  }

  Codec<F> facts() {
    return facts;
  }

  C command(Command command) {
    return decider.commands().cast(command);
  }

  C decode(JsonNode command) {
    return commands.decode(command);
  }

  void write(Command command, JsonGenerator json) throws IOException {
    commands.write(command(command), json);
  }

  C outcome(String call, Outcome outcome) {
    return decider.outcome(call, outcome);
  }

  void follow(Follower<F> follower) {
    followers.add(follower);
  }

  /** Adds one who isn't shown the facts that are stored already. */
  void watch(Follower<F> watcher) {
    watchers.add(watcher);
  }

  boolean isFollowed() {
    return !followers.isEmpty();
  }

  boolean isAnnounced() {
    return isFollowed() || !watchers.isEmpty();
  }

  /** Shows a stored fact. */
  void recall(Recorded<F> recorded) {
    for (Follower<F> follower : followers) {
      follower.on(recorded);
    }
  }

  /** Shows a new fact. */
  void announce(Recorded<F> recorded) {
    recall(recorded);
    for (Follower<F> watcher : watchers) {
      watcher.on(recorded);
    }
  }
}
