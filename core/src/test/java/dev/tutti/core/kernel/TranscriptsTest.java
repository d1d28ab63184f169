package dev.tutti.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TranscriptsTest {
  sealed interface Do extends Command {
    record Count(int to) implements Do {}

    record Ring() implements Do {}
  }

  sealed interface Did extends Fact {
    record Counted(int left) implements Did {}

    record Rang() implements Did {}
  }

  /** What the decider keeps. */
  static final class Tally {
    private int facts;
  }

  /** Counts down, one command a step, and rings a second later. */
  private static class Countdown implements Decider<Tally, Do, Did> {
    @Override
    public String kind() {
      return "countdown";
    }

    @Override
    public Class<Do> commands() {
      return Do.class;
    }

    @Override
    public Class<Did> facts() {
      return Did.class;
    }

    @Override
    public Tally blank(Key key) {
      return new Tally();
    }

    @Override
    public Decision<Do, Did> decide(Tally state, Do command, Moment moment) {
      return switch (command) {
        case Do.Count c when c.to() < 0 -> Decision.refuse("TooFew", "down to what?");
        case Do.Count c when c.to() == 0 -> Decision.<Do, Did>of(new Did.Counted(0)).replying();
        case Do.Count c ->
            Decision.<Do, Did>of(new Did.Counted(c.to())).then(new Do.Count(c.to() - 1));
        case Do.Ring r when state.facts == 0 -> Decision.refuse("TooEarly", "nothing counted");
        case Do.Ring r -> Decision.of(new Did.Rang());
      };
    }

    @Override
    public Tally apply(Tally state, Recorded<Did> recorded) {
      state.facts++;
      return state;
    }

    @Override
    public List<Effect> effects(Tally state, Recorded<Did> recorded) {
      return recorded.fact() instanceof Did.Counted c && c.left() == 0
          ? List.of(new Effect.Wake("ring", recorded.millis() + 1000, new Do.Ring()))
          : List.of();
    }

    @Override
    public Do outcome(String call, Outcome outcome) {
      return new Do.Ring();
    }
  }

  @Test
  void playsCommandsWakesAndReplies() {
    String transcript =
        """
        # A countdown.
        > on countdown/a
        > {"Count":
        >>   {"to":1}}
        > wait PT2S
        > {"Count":{"to":-1}}
        > outcome nothing {"Succeeded":{"output":{}}}
        """;

    assertThat(Transcripts.play(transcript, new Stage().plays(new Countdown())))
        .isEqualTo(
            """
            # A countdown.
            > on countdown/a
            > {"Count":
            >>   {"to":1}}
            fact 1 {"Counted":{"left":1}}
            fact 2 {"Counted":{"left":0}}
            wake ring at 2026-01-01T00:00:01Z {"Ring":{}}
            reply {}
            > wait PT2S
            time 2026-01-01T00:00:01Z
            fact 3 {"Rang":{}}
            > {"Count":{"to":-1}}
            refused TooFew: down to what?
            > outcome nothing {"Succeeded":{"output":{}}}
            dropped
            """);
  }

  @Test
  void findsADecisionThatChangesTheState() {
    var sloppy =
        new Countdown() {
          @Override
          public Decision<Do, Did> decide(Tally state, Do command, Moment moment) {
            state.facts++;
            return Decision.none();
          }
        };

    assertThatThrownBy(
            () -> new Stage().plays(sloppy).send(new Key("countdown", "a"), new Do.Ring()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("live state");
  }
}
