package dev.tutti.simulate;

import com.fasterxml.jackson.databind.JsonNode;
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
import dev.tutti.core.kernel.Command;
import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Fact;
import dev.tutti.core.kernel.Ids;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.logs.GroupCatalogue;
import dev.tutti.core.messaging.Fifos;
import dev.tutti.core.messaging.Notices;
import dev.tutti.core.messaging.PushApps;
import dev.tutti.core.messaging.PushCatalogue;
import dev.tutti.core.messaging.Seal;
import dev.tutti.core.messaging.TextAccounts;
import dev.tutti.core.messaging.TextCatalogue;
import dev.tutti.core.messaging.TopicCatalogue;
import dev.tutti.core.messaging.Topics;
import dev.tutti.core.queues.QueueCatalogue;
import dev.tutti.core.queues.Queues;
import dev.tutti.core.scheduler.ScheduleGroups;
import dev.tutti.core.scheduler.Schedules;
import dev.tutti.core.workflow.Audience;
import dev.tutti.host.Drive;
import dev.tutti.host.Engine;
import dev.tutti.services.Operations;
import dev.tutti.services.connections.ConnectedWeb;
import dev.tutti.services.events.EventsService;
import dev.tutti.services.scheduler.SchedulerService;
import dev.tutti.services.secrets.Vault;
import dev.tutti.services.sns.Phones;
import dev.tutti.services.sns.SnsService;
import dev.tutti.services.sqs.Arrivals;
import dev.tutti.services.sqs.SqsService;
import dev.tutti.services.states.StatesService;
import dev.tutti.services.states.Workflow;
import dev.tutti.services.states.http.HttpTasks;
import dev.tutti.wire.Call;
import java.time.Duration;
import java.util.List;

/** One life of the engine, from its start on a store to its end: every decider, the real door. */
final class Incarnation {
  private static final String URL = "http://127.0.0.1:4566";

  /** Signs by hashing: the judge asks what arrives, not who signed it. */
  private static final Seal SEAL =
      new Seal() {
        @Override
        public String sign(String text, String version) {
          return Ids.hex(version + text, 64);
        }

        @Override
        public String certificateUrl() {
          return URL + "/certificate.pem";
        }
      };

  /** Its key outlives processes, as a data directory's does. */
  private static final Vault VAULT = Vault.inMemory();

  private final Lives lives;
  private final Engine engine;
  private final Operations door;

  /** Starts on a store, as if it were for the first time or after a crash. */
  Incarnation(
      World world,
      LateStore store,
      int shards,
      Build build,
      Surroundings around,
      Lives lives,
      Compiled compiled) {
    this.lives = lives;
    QueueCatalogue queueCatalogue = new QueueCatalogue();
    Arrivals arrivals = new Arrivals();
    Queues queues = new Queues();
    BusCatalogue busCatalogue = new BusCatalogue();
    TopicCatalogue topicCatalogue = new TopicCatalogue();
    PushCatalogue pushCatalogue = new PushCatalogue();
    TextCatalogue textCatalogue = new TextCatalogue();
    Buses buses = new Buses();
    Archives archives = new Archives();
    Replays replays = new Replays();
    Topics topics = new Topics(URL, SEAL);
    Workflow workflow =
        Workflow.create(world::now, Audience.NONE, text -> compiled.apply(build.definition(text)))
            .at(build.pace())
            .seenBy(around.seen());
    Drive drive = world.process();
    drive.keep(store);
    Engine.Builder builder =
        Engine.on(store)
            .shards(shards)
            .clock(world::now)
            .seed(world.random().nextLong())
            .drive(drive);
    add(builder, build, new Contexts());
    Connections connections = new Connections();
    ApiDestinations destinations = new ApiDestinations();
    add(builder, build, connections);
    add(builder, build, destinations);
    add(builder, build, new Deliveries());
    add(builder, build, new MessageGroups());
    add(builder, build, buses);
    add(builder, build, new Events(busCatalogue));
    add(builder, build, archives);
    add(builder, build, replays);
    add(builder, build, new Functions());
    add(builder, build, new Invocations());
    add(builder, build, topics);
    PushApps pushApps = new PushApps();
    TextAccounts textAccounts = new TextAccounts();
    add(builder, build, pushApps);
    add(builder, build, textAccounts);
    add(builder, build, new Notices(topicCatalogue, URL));
    add(builder, build, new Fifos(topicCatalogue, URL));
    add(builder, build, queues);
    Schedules schedules = new Schedules();
    ScheduleGroups scheduleGroups = new ScheduleGroups();
    add(builder, build, schedules);
    add(builder, build, scheduleGroups);
    add(builder, build, workflow.machines());
    add(builder, build, workflow.activities());
    add(builder, build, workflow.executions());
    add(builder, build, workflow.mapRuns());
    add(builder, build, workflow.expresses());
    engine =
        workflow
            .follow(builder)
            .follow(buses, busCatalogue::on)
            .follow(archives, busCatalogue::onArchive)
            .follow(topics, topicCatalogue::on)
            .follow(pushApps, pushCatalogue::on)
            .follow(textAccounts, textCatalogue::on)
            .follow(queues, queueCatalogue::on)
            .follow(queues, arrivals::on)
            .build();
    workflow.tasks().restore(engine);
    ConnectedWeb web = new ConnectedWeb(connections, VAULT, build.web(around.web()), world::now);
    HttpTasks http = new HttpTasks(web);
    door =
        new Operations(
            engine,
            List.of(
                new StatesService(
                    workflow,
                    new GroupCatalogue(),
                    build.objects(around.objects()),
                    Duration.ZERO,
                    http,
                    compiled),
                new SqsService(queues, queueCatalogue, arrivals, URL, world::now),
                new EventsService(
                    buses, archives, replays, destinations, web, bus -> Long.MAX_VALUE, world::now),
                new SchedulerService(schedules, scheduleGroups),
                new SnsService(
                    topicCatalogue,
                    SEAL,
                    world::now,
                    false,
                    new Phones(pushCatalogue, textCatalogue, VAULT)),
                around.functions(),
                http),
            post -> new Outcome.Failed("http", "Unreachable", post.url(), 0),
            world::now);
    engine.start(door);
  }

  private <S, C extends Command, F extends Fact> void add(
      Engine.Builder builder, Build build, Decider<S, C, F> decider) {
    builder.decider(lives.watch(build.decider(decider)));
  }

  /** Calls an operation as a client from outside. */
  JsonNode call(String context, String service, String operation, JsonNode input, String id) {
    return door.call(new Call(context, Scenario.REGION, service, operation, input, id, null));
  }

  void close() {
    engine.close();
  }
}
