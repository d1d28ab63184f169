package dev.tutti.simulate;

import dev.tutti.core.connections.ApiDestinations;
import dev.tutti.core.connections.Connections;
import dev.tutti.core.contexts.Contexts;
import dev.tutti.core.delivery.Deliveries;
import dev.tutti.core.delivery.MessageGroups;
import dev.tutti.core.events.Archives;
import dev.tutti.core.events.BusCatalogue;
import dev.tutti.core.events.Buses;
import dev.tutti.core.events.Events;
import dev.tutti.core.events.Replays;
import dev.tutti.core.functions.Functions;
import dev.tutti.core.functions.Invocations;
import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.messaging.Fifos;
import dev.tutti.core.messaging.Notices;
import dev.tutti.core.messaging.PushApps;
import dev.tutti.core.messaging.Seal;
import dev.tutti.core.messaging.TextAccounts;
import dev.tutti.core.messaging.TopicCatalogue;
import dev.tutti.core.messaging.Topics;
import dev.tutti.core.queues.Queues;
import dev.tutti.core.scheduler.ScheduleGroups;
import dev.tutti.core.scheduler.Schedules;
import dev.tutti.core.workflow.Audience;
import dev.tutti.core.workflow.Executions;
import dev.tutti.core.workflow.MachineCatalogue;
import dev.tutti.core.workflow.Machines;
import dev.tutti.core.workflow.MapRuns;
import dev.tutti.core.workflow.activities.Activities;
import dev.tutti.core.workflow.express.Expresses;
import dev.tutti.host.Batch;
import dev.tutti.host.Store;
import dev.tutti.host.Store.Table;
import dev.tutti.simulate.judge.Judge;
import dev.tutti.simulate.judge.Ledger;
import dev.tutti.simulate.judge.Seen;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One run of a scenario.
 *
 * <p>In order: everything is set up; the clients do their deeds while processes die and are started
 * again on the same disk, and after each death the log is read on and folded, and the states are
 * compared with those that the dead process held; then the faults stop, a last process is started,
 * and when nothing happens any more the judge looks at all that was written.
 */
final class Simulation {
  private static final int SHOWN_FRAMES = 8;

  /** Far more than any scenario takes; a run that takes more never settles. */
  private static final int MAX_STEPS = 60_000;

  private static final int WRITTEN_AT_ONCE_PERCENT = 50;

  private final Scenario scenario;
  private final Build build;
  private final List<String> faults = new ArrayList<>();
  private final World world;
  private final Disk disk;
  private Store store;
  private final Surroundings around;
  private final Clients clients;
  private final Ledger ledger = new Ledger(deciders(), faults);
  private final Compiled compiled = new Compiled();
  private final Deque<Scenario.Crash> crashes;
  private final Set<Key> lost = new HashSet<>();
  private Lives lives = new Lives(faults);
  private LateStore late;
  private @Nullable Incarnation process;
  private int deaths;
  private int processes;

  private Simulation(Scenario scenario, Build build, Disk disk) {
    this.scenario = scenario;
    this.build = build;
    this.disk = disk;
    this.store = disk.open();
    this.late = new LateStore(store, () -> true);
    this.world = new World(new SplittableRandom(scenario.seed() ^ 0x5eed), scenario.jumps());
    this.crashes = new ArrayDeque<>(scenario.crashes());
    this.clients = new Clients(world, faults, this::workOn);
    this.around =
        new Surroundings(
            new SimulatedFunctions(world, scenario.moods(), clients::callBack),
            new SimulatedObjects(world, scenario.moods()),
            new SimulatedWeb(world, scenario.moods(), faults),
            new Seen());
  }

  static Verdict run(Scenario scenario, Build build) {
    return run(scenario, build, Disk.inMemory());
  }

  static Verdict run(Scenario scenario, Build build, Disk disk) {
    try (disk) {
      return new Simulation(scenario, build, disk).run();
    }
  }

  private static List<Decider<?, ?, ?>> deciders() {
    return List.of(
        new Contexts(),
        new Connections(),
        new ApiDestinations(),
        new Deliveries(),
        new MessageGroups(),
        new Buses(),
        new Events(new BusCatalogue()),
        new Archives(),
        new Replays(),
        new Functions(),
        new Invocations(),
        new Topics("", Seal.absent()),
        new PushApps(),
        new TextAccounts(),
        new Notices(new TopicCatalogue(), ""),
        new Fifos(new TopicCatalogue(), ""),
        new Machines(),
        new Activities(),
        new Queues(),
        new Schedules(),
        new ScheduleGroups(),
        new Executions(new MachineCatalogue(), activity -> false, Audience.NONE),
        new MapRuns(new MachineCatalogue()),
        new Expresses());
  }

  private void workOn(String token) {
    around.functions().useToken(token);
  }

  private Verdict run() {
    try {
      start(null);
      clients.setUp(scenario);
      restart();
      scenario.deeds().forEach(clients::plan);
      live();
      around.calm();
      clients.calm();
      clients.tidyUp();
      crashes.clear();
      restart();
      live();
      judge();
    } catch (RuntimeException defect) {
      faults.add("the run broke off: " + causes(defect));
    }
    Map<String, Long> happened = new LinkedHashMap<>(ledger.counts());
    happened.put("machines", (long) scenario.machines().size());
    happened.putAll(around.seen().counts());
    happened.put("crashes", (long) deaths);
    happened.put("steps", (long) world.steps());
    return new Verdict(faults, happened, faults.isEmpty() ? List.of() : log());
  }

  private List<String> log() {
    List<String> log = new ArrayList<>();
    ledger
        .facts()
        .forEach((key, history) -> {
          log.add(key.toString());
          history.forEach(recorded ->
              log.add("  " + recorded.seq() + " at " + recorded.millis() + " " + recorded.fact()));
        });
    return log;
  }

  private static String causes(Throwable defect) {
    StringBuilder text = new StringBuilder(defect.toString());
    Stream.of(defect.getStackTrace())
        .limit(SHOWN_FRAMES)
        .forEach(at -> text.append(" at ").append(at));
    return defect.getCause() == null ? text.toString() : text + ", by " + causes(defect.getCause());
  }

  /** Lets everything happen until nothing does any more; processes that die are started again. */
  private void live() {
    while (faults.isEmpty()) {
      if (world.steps() > MAX_STEPS) {
        faults.add("I25: the run never settles");
        return;
      }
      try {
        if (!world.step()) {
          return;
        }
      } catch (Crashed e) {
        deaths++;
        clients.talkTo(null);
        late.forEachWaiting(this::lose);
        compare();
        start(crashes.poll());
      }
    }
  }

  private void start(Scenario.@Nullable Crash planned) {
    Scenario.Crash crash = planned;
    while (true) {
      processes++;
      lives = new Lives(faults);
      lost.clear();
      store = disk.open();
      CrashingStore mortal = new CrashingStore(build.store(store), world::crash, this::lose);
      mortal.crashAt(crash);
      late = new LateStore(mortal, () -> world.chance(WRITTEN_AT_ONCE_PERCENT));
      try {
        process = new Incarnation(world, late, scenario.shards(), build, around, lives, compiled);
        clients.talkTo(process);
        return;
      } catch (Crashed again) {
        crash = crashes.poll();
      }
    }
  }

  /** Ends a process in good order and starts the next. */
  private void restart() {
    if (process != null) {
      process.close();
      late.forEachWaiting(this::lose);
    }
    compare();
    start(crashes.poll());
  }

  private void lose(Batch batch) {
    batch.forEach((table, key, value) -> {
      if (table == Table.FACTS) {
        String[] of = new String(key, 0, key.length - 8, StandardCharsets.UTF_8).split("\0", -1);
        lost.add(new Key(of[0], of[1]));
      }
    });
  }

  /** Compares what the log folds to with what the process held when it ended. */
  private void compare() {
    ledger.read(store);
    lives
        .states()
        .forEach((key, live) -> {
          if (lost.contains(key) || Likeness.of(live, ledger.state(key))) {
            return;
          }
          String held = StateText.of(live);
          String folded = StateText.of(ledger.state(key));
          if (!held.equals(folded)) {
            faults.add("I5: " + key + " was " + held + " and is folded to " + folded);
          }
        });
  }

  private void judge() {
    compare();
    ledger.readAgain(store);
    ledger.compareRows(store);
    if (ledger.entries() != count(Table.FACTS)) {
      faults.add("I3: the log names " + ledger.entries() + " facts of " + count(Table.FACTS));
    }
    Judge judge = new Judge(ledger.facts(), Map.of(), compiled, scenario.judged(), faults);
    judge.stocked(around.objects());
    judge.asked(around.web());
    judge.saw(around.seen());
    scenario.machinesByArn().forEach(judge::mayBe);
    judge.judge(clients.acknowledged(), around.functions().invocations(), processes, deaths);
    for (Table table : List.of(Table.OWED, Table.DONE)) {
      store.scan(
          table,
          new byte[0],
          new byte[] {(byte) 0xff},
          (key, value) -> {
            faults.add(
                "I25: left behind in "
                    + table
                    + ": "
                    + new String(key, StandardCharsets.UTF_8).replace('\0', ' '));
            return true;
          });
    }
  }

  private long count(Table table) {
    long[] count = new long[1];
    Store.Visitor counting =
        (key, value) -> {
          count[0]++;
          return true;
        };
    store.scan(table, new byte[0], new byte[] {(byte) 0xff}, counting);
    return count[0];
  }
}
