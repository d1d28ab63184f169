package dev.tutti.host;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Command;
import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Decision;
import dev.tutti.core.kernel.Effect;
import dev.tutti.core.kernel.Fact;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Moment;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.kernel.Request;
import java.util.List;
import java.util.Map;

/** The smallest domain that uses everything a host offers: a number that others can add to. */
final class Tally implements Decider<Integer, Tally.Change, Tally.Changed> {
  static Key key(String id) {
    return new Key("tally", id);
  }

  sealed interface Change extends Command {
    record Add(int amount) implements Change {}

    record Pass(int amount, String to) implements Change {}

    record Fetch(String url) implements Change {}

    record Later(int amount, long atMillis) implements Change {}

    record Never() implements Change {}

    record Break() implements Change {}
  }

  sealed interface Changed extends Fact {
    record Added(int amount) implements Changed {}

    record Passed(int amount, String to) implements Changed {}

    record Fetching(String url) implements Changed {}

    record Scheduled(int amount, long atMillis) implements Changed {}

    record Cancelled() implements Changed {}
  }

  @Override
  public String kind() {
    return "tally";
  }

  @Override
  public Class<Change> commands() {
    return Change.class;
  }

  @Override
  public Class<Changed> facts() {
    return Changed.class;
  }

  @Override
  public Integer blank(Key key) {
    return 0;
  }

  @Override
  public Decision<Change, Changed> decide(Integer state, Change command, Moment moment) {
    return switch (command) {
      case Change.Add add when add.amount() < 0 -> Decision.refuse("Negative", "add more");
      case Change.Add add ->
          Decision.<Change, Changed>of(new Changed.Added(add.amount()))
              .replying(IntNode.valueOf(state + add.amount()));
      case Change.Pass pass ->
          Decision.<Change, Changed>of(new Changed.Passed(pass.amount(), pass.to())).replying();
      case Change.Fetch fetch ->
          Decision.<Change, Changed>of(new Changed.Fetching(fetch.url())).replying();
      case Change.Later later ->
          Decision.<Change, Changed>of(new Changed.Scheduled(later.amount(), later.atMillis()))
              .replying();
      case Change.Never never -> Decision.<Change, Changed>of(new Changed.Cancelled()).replying();
      case Change.Break ignored -> throw new IllegalStateException("a planted defect");
    };
  }

  @Override
  public Integer apply(Integer state, Recorded<Changed> recorded) {
    return switch (recorded.fact()) {
      case Changed.Added added -> state + added.amount();
      case Changed.Passed passed -> state - passed.amount();
      case Changed.Fetching ignored -> state;
      case Changed.Scheduled ignored -> state;
      case Changed.Cancelled ignored -> state;
    };
  }

  @Override
  public List<Effect> effects(Integer state, Recorded<Changed> recorded) {
    return switch (recorded.fact()) {
      case Changed.Added ignored -> List.of();
      case Changed.Passed passed ->
          List.of(new Effect.Tell(key(passed.to()), new Change.Add(passed.amount())));
      case Changed.Fetching fetching ->
          List.of(
              new Effect.Call(
                  "fetch",
                  fetching.url(),
                  new Request.Post(fetching.url(), Map.of(), "amount please")));
      case Changed.Scheduled scheduled ->
          List.of(
              new Effect.Wake("later", scheduled.atMillis(), new Change.Add(scheduled.amount())));
      case Changed.Cancelled ignored ->
          List.of(new Effect.Cancel("later"), new Effect.Cancel("fetch"));
    };
  }

  @Override
  public Change outcome(String call, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Succeeded succeeded -> new Change.Add(succeeded.output().intValue());
      case Outcome.Failed ignored -> new Change.Add(1000);
    };
  }

  @Override
  public void index(Integer state, Recorded<Changed> recorded, Rows rows) {
    rows.put(
        "tallies",
        List.of("all", recorded.key().id()),
        Json.object().put("state", state.intValue()));
  }
}
