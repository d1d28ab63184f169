package dev.tutti.torture.check;

import dev.tutti.core.connections.ApiDestinations;
import dev.tutti.core.connections.Connections;
import dev.tutti.core.contexts.Contexts;
import dev.tutti.core.delivery.Deliveries;
import dev.tutti.core.delivery.MessageGroups;
import dev.tutti.core.events.Archives;
import dev.tutti.core.events.BusArn;
import dev.tutti.core.events.BusCatalogue;
import dev.tutti.core.events.BusFact;
import dev.tutti.core.events.Buses;
import dev.tutti.core.events.Events;
import dev.tutti.core.events.LogKeepers;
import dev.tutti.core.events.Replays;
import dev.tutti.core.events.RuleTimers;
import dev.tutti.core.functions.Functions;
import dev.tutti.core.functions.Invocations;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.logs.Groups;
import dev.tutti.core.logs.LogPolicies;
import dev.tutti.core.logs.LogStreams;
import dev.tutti.core.mappings.Mappings;
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
import dev.tutti.core.secrets.Secrets;
import dev.tutti.core.workflow.Audience;
import dev.tutti.core.workflow.Executions;
import dev.tutti.core.workflow.MachineCatalogue;
import dev.tutti.core.workflow.MachineFact;
import dev.tutti.core.workflow.Machines;
import dev.tutti.core.workflow.MapRuns;
import dev.tutti.core.workflow.activities.Activities;
import dev.tutti.core.workflow.express.Expresses;
import dev.tutti.host.Store;
import dev.tutti.host.Store.Table;
import dev.tutti.simulate.judge.Ledger;
import dev.tutti.simulate.judge.Matching;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All facts of a data directory, read from its bytes through the log (I3), and what is not settled.
 * Reads on from where it stopped, so that it can follow a runtime through its lives.
 */
public final class Dump {
  private static final byte[] FIRST = new byte[0];
  private static final byte[] END = {(byte) 0xff};

  private final List<String> faults = new ArrayList<>();
  private final Ledger ledger =
      new Ledger(
          List.of(
              new Contexts(),
              new Deliveries(),
              new MessageGroups(),
              new Buses(),
              new Events(new BusCatalogue()),
              new Archives(),
              new Replays(),
              new LogKeepers(),
              new Connections(),
              new ApiDestinations(),
              new RuleTimers(),
              new Functions(),
              new Invocations(),
              new Mappings(),
              new Topics("", Seal.absent()),
              new PushApps(),
              new TextAccounts(),
              new Notices(new TopicCatalogue(), ""),
              new Fifos(new TopicCatalogue(), ""),
              new Queues(),
              new Machines(),
              new Activities(),
              new Executions(new MachineCatalogue(), activity -> false, Audience.NONE),
              new MapRuns(new MachineCatalogue()),
              new Expresses(),
              new Groups(),
              new LogStreams(),
              new LogPolicies(),
              new Schedules(),
              new ScheduleGroups(),
              new Secrets()),
          faults);
  private final List<String> unsettled = new ArrayList<>();
  private long known;
  private long turnsStored;

  /**
   * Reads on to the end.
   *
   * @return what is wrong with the log
   */
  public List<String> read(Store store) {
    faults.clear();
    unsettled.clear();
    long before = ledger.entries();
    ledger.read(store);
    if (before > 0 && ledger.entries() < known) {
      faults.add("I3: the log went back from entry " + known + " to " + ledger.entries());
    }
    known = ledger.entries();
    turnsStored = 0;
    store.scan(Table.FACTS, FIRST, END, (key, value) -> ++turnsStored > 0);
    if (turnsStored != known) {
      faults.add("I3: the log names " + known + " turns and " + turnsStored + " are there");
    }
    for (Table table : List.of(Table.OWED, Table.DONE)) {
      store.scan(
          table,
          FIRST,
          END,
          (key, value) ->
              unsettled.add(
                  table + " " + new String(key, StandardCharsets.UTF_8).replace('\0', ' ')));
    }
    return List.copyOf(faults);
  }

  /** What was read, as it was at the last reading. */
  public Data data() {
    return new Data(ledger.facts(), machines(), rules(), unsettled);
  }

  /** Entries of the log. */
  public long entries() {
    return known;
  }

  /** Effects that nobody has settled, and replies that are kept for them. */
  public List<String> unsettled() {
    return unsettled;
  }

  /** Definitions by the machines' ARNs; of machines that were never revised. */
  private Map<String, String> machines() {
    Map<String, String> machines = new HashMap<>();
    ledger
        .facts()
        .forEach((key, history) -> {
          if (history.getFirst().fact() instanceof MachineFact.Created created) {
            machines.put(key.id(), created.definition());
          }
        });
    return machines;
  }

  /** The rules, where they were made before the first event and never changed since. */
  private List<Matching.Rule> rules() {
    Map<String, Matching.Rule> rules = new LinkedHashMap<>();
    ledger
        .facts()
        .forEach((key, history) -> {
          for (Recorded<?> recorded : history) {
            switch (recorded.fact()) {
              case BusFact.RulePut put -> {
                String arn = BusArn.parse(key.id()).orElseThrow().rule(put.name());
                rules.put(
                    arn, new Matching.Rule(key.id(), arn, Json.parse(put.pattern()), List.of()));
              }
              case BusFact.TargetsPut put -> {
                String arn = BusArn.parse(key.id()).orElseThrow().rule(put.rule());
                rules.computeIfPresent(
                    arn,
                    (a, rule) ->
                        new Matching.Rule(
                            rule.bus(),
                            arn,
                            rule.pattern(),
                            put.targets().stream()
                                .<com.fasterxml.jackson.databind.JsonNode>map(
                                    target -> Json.object().put("Id", target.id()))
                                .toList()));
              }
              default -> {}
            }
          }
        });
    return List.copyOf(rules.values());
  }
}
