package dev.tutti.core.contexts;

import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Decision;
import dev.tutti.core.kernel.Effect;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Moment;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Recorded;
import java.util.List;

/** Decides contexts, aggregate kind {@code context}, one per account. */
public final class Contexts implements Decider<Context, ContextCommand, ContextFact> {
  /** Rows by account: {@code {account, name}}. */
  public static final String ROWS = "contexts";

  private static final String KIND = "context";

  /** The context that an account is. */
  public static Key key(String account) {
    return new Key(KIND, account);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Class<ContextCommand> commands() {
    return ContextCommand.class;
  }

  @Override
  public Class<ContextFact> facts() {
    return ContextFact.class;
  }

  @Override
  public Context blank(Key key) {
    return Context.BLANK;
  }

  @Override
  public Decision<ContextCommand, ContextFact> decide(
      Context state, ContextCommand command, Moment moment) {
    return switch (command) {
      case ContextCommand.Introduce introduce ->
          change(state, new ContextFact.Introduced(introduce.name(), introduce.accessKeys()));
      case ContextCommand.KeepStack keep ->
          change(state, new ContextFact.StackKept(keep.stack(), keep.record()));
      case ContextCommand.ForgetStack forget ->
          change(state, new ContextFact.StackForgotten(forget.stack()));
    };
  }

  /** What would change nothing is no fact. */
  private static Decision<ContextCommand, ContextFact> change(Context state, ContextFact fact) {
    return state.with(fact).equals(state)
        ? Decision.<ContextCommand, ContextFact>none().replying()
        : Decision.<ContextCommand, ContextFact>of(fact).replying();
  }

  @Override
  public Context apply(Context state, Recorded<ContextFact> recorded) {
    return state.with(recorded.fact());
  }

  @Override
  public List<Effect> effects(Context state, Recorded<ContextFact> recorded) {
    return List.of();
  }

  @Override
  public ContextCommand outcome(String call, Outcome outcome) {
    throw new IllegalStateException("a context makes no calls");
  }

  @Override
  public void index(Context state, Recorded<ContextFact> recorded, Rows rows) {
    String account = recorded.key().id();
    rows.put(
        ROWS, List.of(account), Json.object().put("account", account).put("name", state.name()));
  }
}
