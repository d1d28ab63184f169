package dev.tutti.core.workflow;

import dev.tutti.core.asl.StateMachine;
import dev.tutti.core.kernel.Recorded;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The definitions of all revisions of all state machines, folded from their facts. A revision stays
 * for the executions that run it, even where the state machine has moved on or is deleted.
 *
 * <p>Texts are kept, compiled forms come and go: at most {@link #MAX_COMPILED}, the least recently
 * used making room.
 */
public final class MachineCatalogue implements Definitions {
  private static final int MAX_COMPILED = 1_000;

  private final Function<String, StateMachine> compiler;

  private record Revision(String machineArn, String id) {}

  private final Map<Revision, Text> texts = new ConcurrentHashMap<>();
  private final Map<Revision, StateMachine> compiled =
      Collections.synchronizedMap(new Recent<>(MAX_COMPILED));

  /**
   * A revision's definition.
   *
   * @param millis when it came to be, epoch milliseconds
   * @param first whether it is a state machine's first
   */
  public record Text(String definition, String roleArn, long millis, boolean first) {}

  public MachineCatalogue() {
    this(dev.tutti.core.asl.compile.Definitions::compile);
  }

  /**
   * A catalogue without machines.
   *
   * @param compiler makes a machine of its definition's text
   */
  public MachineCatalogue(Function<String, StateMachine> compiler) {
    this.compiler = compiler;
  }

  /** Takes in a fact; facts of one state machine come in their order. */
  public void on(Recorded<MachineFact> recorded) {
    String arn = recorded.key().id();
    long millis = recorded.millis();
    switch (recorded.fact()) {
      case MachineFact.Created f ->
          texts.put(
              new Revision(arn, f.revision()), new Text(f.definition(), f.roleArn(), millis, true));
      case MachineFact.Revised f ->
          texts.put(
              new Revision(arn, f.revision()),
              new Text(f.definition(), f.roleArn(), millis, false));
      case MachineFact other -> {}
    }
  }

  @Override
  public StateMachine of(String machineArn, String revision) {
    var key = new Revision(machineArn, revision);
    StateMachine known = compiled.get(key);
    if (known != null) {
      return known;
    }
    StateMachine made = compiler.apply(text(machineArn, revision).definition());
    compiled.put(key, made);
    return made;
  }

  /**
   * A revision as it was written.
   *
   * @throws IllegalStateException where there never was such a revision
   */
  public Text text(String machineArn, String revision) {
    Text text = texts.get(new Revision(machineArn, revision));
    if (text == null) {
      throw new IllegalStateException(machineArn + " never had a revision " + revision);
    }
    return text;
  }

  /** A map that forgets what wasn't used for the longest time. */
  private static final class Recent<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;

    private final int bound;

    Recent(int bound) {
      super(16, 0.75f, true);
      this.bound = bound;
    }

    @Override
    protected boolean removeEldestEntry(Map.@Nullable Entry<K, V> eldest) {
      return size() > bound;
    }
  }
}
