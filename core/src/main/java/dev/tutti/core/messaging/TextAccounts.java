package dev.tutti.core.messaging;

import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Decision;
import dev.tutti.core.kernel.Effect;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Moment;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Recorded;
import java.util.List;

/** Decides how an account sends text messages in a region. */
public final class TextAccounts
    implements Decider<TextAccount, TextAccountCommand, TextAccountFact> {
  /** The {@link Key#kind()}; the id is region, colon, account. */
  public static final String KIND = "text-account";

  public static Key key(String region, String account) {
    return new Key(KIND, region + ':' + account);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Class<TextAccountCommand> commands() {
    return TextAccountCommand.class;
  }

  @Override
  public Class<TextAccountFact> facts() {
    return TextAccountFact.class;
  }

  @Override
  public TextAccount blank(Key key) {
    return new TextAccount();
  }

  @Override
  public Decision<TextAccountCommand, TextAccountFact> decide(
      TextAccount state, TextAccountCommand command, Moment moment) {
    return switch (command) {
      case TextAccountCommand.SetAttributes set ->
          done(new TextAccountFact.AttributesSet(set.attributes()));
      case TextAccountCommand.OptOut out ->
          state.isOptedOut(out.number())
              ? nothing()
              : done(new TextAccountFact.OptedOut(out.number()));
      case TextAccountCommand.OptIn in ->
          state.isOptedOut(in.number())
              ? done(new TextAccountFact.OptedIn(in.number()))
              : nothing();
    };
  }

  private static Decision<TextAccountCommand, TextAccountFact> done(TextAccountFact fact) {
    return Decision.<TextAccountCommand, TextAccountFact>of(fact).replying();
  }

  private static Decision<TextAccountCommand, TextAccountFact> nothing() {
    return Decision.<TextAccountCommand, TextAccountFact>none().replying();
  }

  @Override
  public TextAccount apply(TextAccount state, Recorded<TextAccountFact> recorded) {
    state.apply(recorded.fact());
    return state;
  }

  @Override
  public List<Effect> effects(TextAccount state, Recorded<TextAccountFact> recorded) {
    return List.of();
  }

  @Override
  public TextAccountCommand outcome(String call, Outcome outcome) {
    throw new IllegalStateException("an account's text messages call nobody: " + call);
  }
}
