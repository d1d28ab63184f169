package dev.tutti.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.simulate.Scenario.Deed;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Makes up scenarios: several families of machines that share the buses, the topic and the
 * functions. Consequences can't go in circles: a machine starts, and a rule leads to, only machines
 * of its family with a greater number than all that it hears of.
 */
final class Generator {
  static final String SHOP_BUS = bus(Scenario.SHOP, "shop");
  static final String INBOX = bus(Scenario.GUEST, "inbox");
  static final String DEFAULT_BUS = bus(Scenario.SHOP, "default");
  static final String TOPIC = "arn:aws:sns:us-east-1:" + Scenario.SHOP + ":news";
  static final String ACTIVITY = "work";
  static final String ARCHIVE = "arn:aws:events:us-east-1:" + Scenario.SHOP + ":archive/kept";
  static final String QUEUE = queue("work");
  static final String DEAD = queue("dead");
  static final String FIFO = queue("orders.fifo");

  /** How often a message may be received before it goes to the dead letters. */
  static final int MAX_RECEIVES = 2;

  private static final List<String> BUSES = List.of(SHOP_BUS, INBOX, DEFAULT_BUS);
  private static final int SPAN_MILLIS = 60_000;
  private static final int MOST_FAMILIES = 8;
  private static final int MOST_MACHINES = 3;

  private final SplittableRandom random;
  private final List<Scenario.Machine> machines = new ArrayList<>();
  private final List<Scenario.Twins> twins = new ArrayList<>();
  private final List<Scenario.Rule> rules = new ArrayList<>();
  private final List<Deed> deeds = new ArrayList<>();

  private Generator(SplittableRandom random) {
    this.random = random;
  }

  private static String bus(String context, String name) {
    return "arn:aws:events:us-east-1:" + context + ":event-bus/" + name;
  }

  private static String queue(String name) {
    return "arn:aws:sqs:us-east-1:" + Scenario.SHOP + ":" + name;
  }

  static String activity(String context) {
    return "arn:aws:states:us-east-1:" + context + ":activity:" + ACTIVITY;
  }

  static String function(String context, String name) {
    return "arn:aws:lambda:us-east-1:" + context + ":function:" + name;
  }

  static Scenario scenario(long seed) {
    return new Generator(new SplittableRandom(seed)).scenarioOf(seed);
  }

  /** Data that most paths of the machines find something in. */
  static JsonNode data(SplittableRandom random) {
    if (random.nextInt(40) == 0) {
      return Json.parse(random.nextBoolean() ? "[1,2]" : "\"text\"");
    }
    ObjectNode data = Json.object().put("n", random.nextInt(4)).put("w", random.nextInt(30));
    if (random.nextInt(4) > 0) {
      data.put("when", "2026-01-01T00:00:%02dZ".formatted(random.nextInt(60)));
    }
    ArrayNode items = data.putArray("items");
    for (int i = random.nextInt(4); i > 0; i--) {
      items.addObject().put("n", i);
    }
    return data;
  }

  private Scenario scenarioOf(long seed) {
    int families = random.nextInt(1, MOST_FAMILIES + 1);
    for (int i = 0; i < families; i++) {
      family();
    }
    return new Scenario(
        seed,
        random.nextInt(1, 5),
        machines,
        twins,
        rules,
        deeds,
        crashes(families),
        jumps(families),
        new Scenario.Moods(percent(40), percent(30), percent(10), percent(20)));
  }

  private void family() {
    int first = machines.size();
    int end = first + random.nextInt(1, MOST_MACHINES + 1);
    List<String> contexts = new ArrayList<>();
    machines.forEach(machine -> contexts.add(machine.context()));
    for (int i = first; i < end; i++) {
      contexts.add(random.nextInt(3) == 0 ? Scenario.GUEST : Scenario.SHOP);
    }
    for (int i = first; i < end; i++) {
      machines.add(
          new Scenario.Machine(
              contexts.get(i), "m" + i, new MachineGenerator(random, contexts, i).definition()));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      rules.add(rule("r" + rules.size(), first));
    }
    deeds(first);
    if (random.nextInt(3) == 0) {
      race();
    }
    changes(first, contexts);
    repeats(first);
  }

  /** Replays and schedules. */
  private void repeats(int first) {
    if (random.nextInt(4) == 0) {
      String source = random.nextBoolean() ? ARCHIVE : SHOP_BUS;
      deeds.add(new Deed.Replay(random.nextInt(2 * SPAN_MILLIS), "p" + first, source));
    }
    if (random.nextInt(4) == 0) {
      String name = "s" + first;
      deeds.add(new Deed.Schedule(random.nextInt(SPAN_MILLIS), name, schedule(first)));
      if (random.nextInt(4) == 0) {
        deeds.add(new Deed.Unschedule(random.nextInt(4 * SPAN_MILLIS), name));
      }
    }
  }

  private ObjectNode schedule(int first) {
    ObjectNode input = Json.object();
    long beginSeconds = World.START_MILLIS / 1000 + random.nextInt(100);
    switch (random.nextInt(3)) {
      case 0 ->
          input.put(
              "ScheduleExpression", "at(2026-01-01T00:01:%02d)".formatted(random.nextInt(60)));
      case 1 ->
          input
              .put("ScheduleExpression", "rate(%d minutes)".formatted(random.nextInt(2, 4)))
              .put("StartDate", beginSeconds)
              .put("EndDate", beginSeconds + random.nextInt(60, 600));
      default ->
          input
              .put("ScheduleExpression", "cron(0/%d * * * ? *)".formatted(random.nextInt(1, 4)))
              .put("EndDate", beginSeconds + random.nextInt(60, 600));
    }
    ObjectNode window = input.putObject("FlexibleTimeWindow");
    if (random.nextInt(4) == 0) {
      window.put("Mode", "FLEXIBLE").put("MaximumWindowInMinutes", 1);
    } else {
      window.put("Mode", "OFF");
    }
    String arn = targetArn(Scenario.SHOP, INBOX, first - 1);
    ObjectNode target =
        input.putObject("Target").put("Arn", arn).put("RoleArn", "arn:aws:iam::1:role/r");
    target.put("Input", Json.write(Json.object().put("n", random.nextInt(4))));
    target.putObject("RetryPolicy").put("MaximumRetryAttempts", random.nextInt(4));
    if (arn.equals(FIFO)) {
      target.putObject("SqsParameters").put("MessageGroupId", "g" + random.nextInt(2));
    }
    if (arn.contains(":event-bus/")) {
      target
          .putObject("EventBridgeParameters")
          .put("DetailType", "Made")
          .put("Source", "client" + first);
    }
    return input;
  }

  /** Twins, and executions of both. */
  private void race() {
    Scenario.Twins made = new Scenario.Twins("t" + twins.size(), MachineGenerator.certain(random));
    twins.add(made);
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      deeds.add(
          new Deed.Race(
              random.nextInt(SPAN_MILLIS),
              made,
              "e" + i,
              Json.write(data(random)),
              random.nextBoolean()));
    }
  }

  private void changes(int first, List<String> contexts) {
    if (random.nextInt(3) == 0) {
      int number = random.nextInt(first, machines.size());
      deeds.add(
          new Deed.Revise(
              random.nextInt(SPAN_MILLIS),
              machines.get(number).arn(),
              new MachineGenerator(random, contexts, number).definition()));
    }
    if (!rules.isEmpty() && random.nextInt(3) == 0) {
      Scenario.Rule rule = rules.getLast();
      ObjectNode pattern = rule.pattern().deepCopy();
      if (pattern.has("detail")) {
        pattern.remove("detail");
      } else {
        pattern.putObject("detail").putArray("n").add(random.nextInt(4));
      }
      deeds.add(new Deed.Repattern(random.nextInt(SPAN_MILLIS), rule, pattern));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      boolean fifo = random.nextBoolean();
      deeds.add(
          new Deed.Send(
              random.nextInt(SPAN_MILLIS),
              fifo ? FIFO : QUEUE,
              "b" + first + "-" + i,
              fifo ? "g" + random.nextInt(2) : null));
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      String queue = List.of(QUEUE, FIFO, DEAD).get(random.nextInt(3));
      deeds.add(new Deed.Receive(random.nextInt(SPAN_MILLIS), queue));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      deeds.add(new Deed.Poll(random.nextInt(SPAN_MILLIS), contexts.getLast()));
    }
  }

  private int percent(int most) {
    return random.nextBoolean() ? 0 : random.nextInt(most + 1);
  }

  private Scenario.Rule rule(String name, int first) {
    String bus = BUSES.get(random.nextInt(BUSES.size()));
    String owner = bus.equals(INBOX) ? Scenario.GUEST : Scenario.SHOP;
    String context = bus.equals(SHOP_BUS) && random.nextBoolean() ? Scenario.GUEST : owner;
    ObjectNode pattern = Json.object();
    ArrayNode sources = pattern.putArray("source");
    int loudest = first - 1;
    for (int i = first - 1; i < machines.size(); i++) {
      if (random.nextInt(2) == 0) {
        sources.add(i < first ? "client" + first : "m" + i);
        loudest = i;
      }
    }
    if (sources.isEmpty()) {
      sources.add("client" + first);
    }
    if (random.nextInt(3) == 0) {
      pattern.putArray("detail-type").add("Made").add("Done");
    }
    if (random.nextInt(4) == 0) {
      pattern.putObject("detail").putArray("n").add(1).add(2);
    }
    List<JsonNode> targets = new ArrayList<>();
    for (int i = random.nextInt(1, 3); i > 0; i--) {
      targets.add(target("t" + i, context, bus, loudest));
    }
    return new Scenario.Rule(context, bus, name, pattern, targets);
  }

  private JsonNode target(String id, String context, String bus, int loudest) {
    ObjectNode target = Json.object().put("Id", id);
    String arn = targetArn(context, bus, loudest);
    if (context.equals(Scenario.SHOP) && random.nextInt(3) == 0) {
      target.putObject("DeadLetterConfig").put("Arn", DEAD);
      if (random.nextBoolean()) {
        arn = function(context, SimulatedFunctions.MISSING);
      }
    }
    target.put("Arn", arn);
    if (arn.equals(FIFO)) {
      target.putObject("SqsParameters").put("MessageGroupId", "g" + random.nextInt(2));
    }
    switch (random.nextInt(4)) {
      case 0 -> target.put("InputPath", random.nextInt(4) == 0 ? "$.detail.nowhere" : "$.detail");
      case 1 -> {
        ObjectNode transformer = target.putObject("InputTransformer");
        transformer.putObject("InputPathsMap").put("n", "$.detail.n");
        transformer.put("InputTemplate", "{\"n\":<n>,\"items\":[1]}");
      }
      default -> {}
    }
    if (random.nextInt(4) > 0) {
      target
          .putObject("RetryPolicy")
          .put("MaximumRetryAttempts", random.nextInt(4))
          .put("MaximumEventAgeInSeconds", random.nextInt(60, 600));
    }
    return target;
  }

  private String targetArn(String context, String bus, int loudest) {
    List<String> arns = new ArrayList<>();
    arns.add(function(context, "f"));
    arns.add(function(context, random.nextInt(3) == 0 ? SimulatedFunctions.MISSING : "g"));
    for (int i = loudest + 1; i < machines.size(); i++) {
      if (machines.get(i).context().equals(context)) {
        arns.add(machines.get(i).arn());
      }
    }
    if (context.equals(Scenario.SHOP)) {
      arns.add(TOPIC);
      arns.add(QUEUE);
      arns.addAll(List.of(FIFO, FIFO, FIFO));
    }
    for (String other : BUSES) {
      if (!other.equals(bus)) {
        arns.add(other);
      }
    }
    return arns.get(random.nextInt(arns.size()));
  }

  private void deeds(int first) {
    int made = machines.size() - first;
    for (int i = made + random.nextInt(2); i > 0; i--) {
      String arn = machines.get(i > made ? first : first + i - 1).arn();
      String input = Json.write(data(random));
      int startMillis = random.nextInt(SPAN_MILLIS);
      deeds.add(new Deed.Start(startMillis, arn, "e" + i, input));
      for (int tunes = random.nextInt(4); tunes > 0; tunes--) {
        deeds.add(new Deed.Tune(startMillis + random.nextInt(20_000), arn, "e" + i, bounds()));
      }
      if (random.nextInt(4) == 0) {
        String other = random.nextBoolean() ? input : Json.write(data(random));
        deeds.add(new Deed.Start(random.nextInt(SPAN_MILLIS), arn, "e" + i, other));
      }
      if (random.nextInt(5) == 0) {
        deeds.add(new Deed.Stop(random.nextInt(SPAN_MILLIS), arn, "e" + i));
      }
      for (int redrives = random.nextInt(4) == 0 ? random.nextInt(1, 4) : 0;
          redrives > 0;
          redrives--) {
        deeds.add(new Deed.Redrive(random.nextInt(4 * SPAN_MILLIS), arn, "e" + i));
      }
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      boolean oneByOne = random.nextInt(3) == 0;
      String context = random.nextInt(4) == 0 ? Scenario.GUEST : Scenario.SHOP;
      String bus = BUSES.get(random.nextInt(BUSES.size()));
      List<Deed.Entry> entries = new ArrayList<>();
      int count =
          oneByOne ? random.nextInt(3, 12) : random.nextInt(4) == 0 ? random.nextInt(2, 5) : 1;
      for (int e = count; e > 0; e--) {
        entries.add(
            new Deed.Entry(
                oneByOne ? bus : BUSES.get(random.nextInt(BUSES.size())),
                "client" + first,
                random.nextBoolean() ? "Made" : "Other",
                Json.object().put("n", random.nextInt(4))));
      }
      deeds.add(new Deed.Put(random.nextInt(SPAN_MILLIS), context, entries, oneByOne));
    }
  }

  /** Of a map run: at least one. */
  private ObjectNode bounds() {
    ObjectNode bounds = Json.object();
    int which = random.nextInt(1, 8);
    if ((which & 1) != 0) {
      bounds.put("maxConcurrency", random.nextInt(1, 4));
    }
    if ((which & 2) != 0) {
      bounds.put("toleratedFailureCount", random.nextInt(3));
    }
    if ((which & 4) != 0) {
      bounds.put("toleratedFailurePercentage", List.of(0, 34, 50, 100).get(random.nextInt(4)));
    }
    return bounds;
  }

  /** One in eight dies after each commit at first, the others now and then. */
  private List<Scenario.Crash> crashes(int families) {
    List<Scenario.Crash> crashes = new ArrayList<>();
    boolean each = random.nextInt(8) == 0;
    for (int i = each ? 60 : random.nextInt(2 * families + 3); i > 0; i--) {
      int commit = each ? 1 : random.nextInt(1, 60);
      crashes.add(new Scenario.Crash(commit, !each && random.nextInt(3) == 0));
    }
    return crashes;
  }

  private List<Scenario.Jump> jumps(int families) {
    List<Scenario.Jump> jumps = new ArrayList<>();
    for (int i = random.nextInt(3) == 0 ? random.nextInt(1, 4) : 0; i > 0; i--) {
      long millis = random.nextInt(10 * SPAN_MILLIS);
      jumps.add(
          new Scenario.Jump(
              random.nextInt(1, 200 * families), random.nextBoolean() ? millis : -millis));
    }
    return jumps;
  }
}
