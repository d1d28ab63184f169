package dev.tutti.core.workflow;

import dev.tutti.core.asl.Flow;
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

  private final Map<String, Machine> machines = new ConcurrentHashMap<>();
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
    machines.merge(arn, Machine.blank(arn).after(recorded), (before, _) -> before.after(recorded));
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

  /** A state machine as it stands; blank where there never was one. */
  public Machine machine(String arn) {
    Machine known = machines.get(arn);
    return known == null ? Machine.blank(arn) : known;
  }

  @Override
  public StateMachine of(String machineArn, String revision) {
    var key = new Revision(machineArn, revision);
    StateMachine known = compiled.get(key);
    if (known != null) {
      return known;
    }
    StateMachine made =
        whole(revision).equals(revision)
            ? compiler.apply(text(machineArn, revision).definition())
            : processor(machineArn, revision);
    compiled.put(key, made);
    return made;
  }

  /**
   * The processor of a Map state as a machine of its own, which is what a map run's children run.
   */
  private StateMachine processor(String machineArn, String revision) {
    String base = whole(revision);
    StateMachine machine = of(machineArn, base);
    String state = revision.substring(base.length() + 1);
    Flow flow = MapStates.named(machine, state).processor();
    return new StateMachine(null, flow, null, machine.version(), machine.queryLanguage());
  }

  /** The name of a part of a revision: the processor of its Map state of that name. */
  static String part(String revision, String state) {
    return revision + "#" + state;
  }

  /** The revision that a part belongs to; the revision itself where it is whole. */
  public static String whole(String revision) {
    int at = revision.indexOf('#');
    return at < 0 ? revision : revision.substring(0, at);
  }

  /**
   * A revision as it was written.
   *
   * @throws IllegalStateException where there never was such a revision
   */
  public Text text(String machineArn, String revision) {
    Text text = texts.get(new Revision(machineArn, whole(revision)));
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
