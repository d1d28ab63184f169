package dev.tutti.app;

import dev.tutti.core.connections.ApiDestinations;
import dev.tutti.core.connections.Connections;
import dev.tutti.core.connections.DestinationRates;
import dev.tutti.core.contexts.ContextCatalogue;
import dev.tutti.core.contexts.Contexts;
import dev.tutti.core.delivery.Deliveries;
import dev.tutti.core.delivery.MessageGroups;
import dev.tutti.core.events.Archives;
import dev.tutti.core.events.BusArn;
import dev.tutti.core.events.BusCatalogue;
import dev.tutti.core.events.Buses;
import dev.tutti.core.events.Events;
import dev.tutti.core.events.LogKeepers;
import dev.tutti.core.events.Replays;
import dev.tutti.core.events.RuleTimers;
import dev.tutti.core.functions.FunctionCatalogue;
import dev.tutti.core.functions.Functions;
import dev.tutti.core.functions.Invocations;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.kernel.Request;
import dev.tutti.core.logs.GroupCatalogue;
import dev.tutti.core.logs.Groups;
import dev.tutti.core.logs.LogPolicies;
import dev.tutti.core.logs.LogStreams;
import dev.tutti.core.mappings.MappingCatalogue;
import dev.tutti.core.mappings.Mappings;
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
import dev.tutti.core.secrets.Secrets;
import dev.tutti.core.workflow.ExecutionFact;
import dev.tutti.core.workflow.Executions;
import dev.tutti.core.workflow.Staged;
import dev.tutti.host.Engine;
import dev.tutti.host.Paces;
import dev.tutti.runner.Invoker;
import dev.tutti.runner.code.CodeStore;
import dev.tutti.services.Operations;
import dev.tutti.services.Service;
import dev.tutti.services.connections.ConnectedWeb;
import dev.tutti.services.contexts.ContextsService;
import dev.tutti.services.events.EventsService;
import dev.tutti.services.gateway.GatewayService;
import dev.tutti.services.gateway.Gateways;
import dev.tutti.services.http.Web;
import dev.tutti.services.lambda.LambdaService;
import dev.tutti.services.logs.LogsService;
import dev.tutti.services.logs.StreamSource;
import dev.tutti.services.objects.ObjectStore;
import dev.tutti.services.parked.ParkedService;
import dev.tutti.services.pipes.PipesService;
import dev.tutti.services.s3.S3Service;
import dev.tutti.services.scheduler.SchedulerService;
import dev.tutti.services.secrets.Vault;
import dev.tutti.services.secretsmanager.SecretsManagerService;
import dev.tutti.services.sns.Phones;
import dev.tutti.services.sns.SnsService;
import dev.tutti.services.sqs.Arrivals;
import dev.tutti.services.sqs.SqsService;
import dev.tutti.services.states.StatesService;
import dev.tutti.services.states.Workflow;
import dev.tutti.services.states.http.HttpTasks;
import dev.tutti.services.streams.Pulse;
import dev.tutti.services.streams.Streams;
import dev.tutti.services.streams.StreamsService;
import dev.tutti.services.sts.StsService;
import dev.tutti.services.trace.Stories;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The deciders, catalogues and services of a runtime, joined: the same on disk and in real time
 * ({@link Assembly}) as in memory and in virtual time ({@link Theatre}).
 */
final class Parts {
  private final Deliveries deliveries;
  private final Streams streams;
  private final Workflow workflow;
  private final Engine engine;
  private final Operations door;
  private final Stories stories;
  private final BusCatalogue busCatalogue;

  /**
   * What the parts stand in.
   *
   * @param url where the runtime is reached on this machine
   * @param publicUrl where others reach it, for the links in what it sends
   * @param clock epoch milliseconds
   * @param patience how long a worker who polls for a Task waits for one
   * @param invoker runs functions
   * @param printed gives what they print, for one call
   * @param code their packages
   * @param poster performs what SNS posts to addresses outside
   * @param mails whether it takes mail too
   * @param gateways take what goes to phones
   * @param web sends requests of connections
   * @param vault seals their secrets, and those of Secrets Manager
   * @param seal signs SNS's messages
   * @param objects where buckets are kept
   * @param elsewhere performs operations of services that aren't here
   * @param rehearsed null where everything is in earnest
   */
  record Surroundings(
      String url,
      String publicUrl,
      LongSupplier clock,
      Duration patience,
      Invoker invoker,
      Supplier<StreamSource> printed,
      CodeStore code,
      Function<Request.Post, Outcome> poster,
      boolean mails,
      Gateways gateways,
      Web web,
      Vault vault,
      Seal seal,
      ObjectStore objects,
      Operations.Elsewhere elsewhere,
      @Nullable Rehearsed rehearsed) {}

  /** Who plays Tasks, and who looks on, in a rehearsal. */
  record Rehearsed(Staged.Cast cast, Audience audience) {}

  /** Looks on. */
  interface Audience {
    /** Sees what happens in an express execution. */
    void express(Recorded<ExecutionFact> recorded);

    /** Watches the facts of some of the deciders, which have been added. */
    Engine.Builder watch(Engine.Builder builder, Deciders deciders);
  }

  /** Those whose facts tell what a rehearsal is about. */
  record Deciders(Executions executions, Events events, Deliveries deliveries) {}

  /**
   * Joins the parts; the engine still has to be started.
   *
   * @param builder on a store, without deciders
   * @param contextCatalogue follows the contexts
   */
  Parts(Engine.Builder builder, Surroundings in, ContextCatalogue contextCatalogue) {
    Contexts contexts = new Contexts();
    deliveries = new Deliveries();
    busCatalogue = new BusCatalogue();
    Buses buses = new Buses();
    Archives archives = new Archives();
    Replays replays = new Replays();
    Events events = new Events(busCatalogue);
    Connections connections = new Connections();
    ApiDestinations destinations = new ApiDestinations();
    DestinationRates rates = new DestinationRates();
    Paces paces = new Paces(rates);
    Pulse pulse = new Pulse();
    FunctionCatalogue functionCatalogue = new FunctionCatalogue();
    Functions functions = new Functions();
    Invocations invocations = new Invocations();
    MappingCatalogue mappingCatalogue = new MappingCatalogue();
    Mappings mappings = new Mappings();
    TopicCatalogue topicCatalogue = new TopicCatalogue();
    Topics topics = new Topics(in.publicUrl(), in.seal());
    PushCatalogue pushCatalogue = new PushCatalogue();
    PushApps pushApps = new PushApps();
    TextCatalogue textCatalogue = new TextCatalogue();
    TextAccounts textAccounts = new TextAccounts();
    QueueCatalogue queueCatalogue = new QueueCatalogue();
    Arrivals arrivals = new Arrivals();
    Queues queues = new Queues();
    Notices notices = new Notices(topicCatalogue, in.publicUrl());
    Fifos fifos = new Fifos(topicCatalogue, in.publicUrl());
    GroupCatalogue groupCatalogue = new GroupCatalogue();
    Groups groups = new Groups();
    Schedules schedules = new Schedules();
    ScheduleGroups scheduleGroups = new ScheduleGroups();
    Secrets secrets = new Secrets();
    Rehearsed rehearsed = in.rehearsed();
    Workflow earnest =
        Workflow.create(
            in.clock(),
            (account, region) -> busCatalogue.isHeard(new BusArn(region, account, BusArn.DEFAULT)));
    workflow =
        rehearsed == null
            ? earnest
            : earnest.rehearsed(rehearsed.cast(), rehearsed.audience()::express);
    Executions executions = workflow.executions();

    Engine.Builder joined =
        workflow
            .on(builder, rehearsed == null ? executions : new Staged(executions, rehearsed.cast()))
            .decider(contexts)
            .follow(contexts, contextCatalogue::on)
            .decider(deliveries)
            .decider(new MessageGroups())
            .decider(buses)
            .follow(buses, busCatalogue::on)
            .decider(events)
            .watch(events, pulse::on)
            .decider(new RuleTimers())
            .decider(archives)
            .follow(archives, busCatalogue::onArchive)
            .decider(replays)
            .decider(new LogKeepers())
            .decider(connections)
            .decider(destinations)
            .follow(destinations, rates::on)
            .paces(paces)
            .decider(functions)
            .follow(functions, functionCatalogue::on)
            .decider(invocations)
            .decider(mappings)
            .follow(mappings, mappingCatalogue::on)
            .decider(topics)
            .follow(topics, topicCatalogue::on)
            .decider(pushApps)
            .follow(pushApps, pushCatalogue::on)
            .decider(textAccounts)
            .follow(textAccounts, textCatalogue::on)
            .decider(notices)
            .decider(fifos)
            .decider(queues)
            .follow(queues, queueCatalogue::on)
            .follow(queues, arrivals::on)
            .decider(groups)
            .follow(groups, groupCatalogue::on)
            .decider(new LogStreams())
            .decider(new LogPolicies())
            .decider(schedules)
            .decider(scheduleGroups)
            .decider(secrets);
    if (rehearsed != null) {
      Recurring recurring = new Recurring();
      joined =
          rehearsed
              .audience()
              .watch(joined, new Deciders(executions, events, deliveries))
              .watch(schedules, recurring::on)
              .standing(recurring::is);
    }
    engine = joined.build();
    workflow.tasks().restore(engine);
    streams = new Streams(engine, events, pulse);
    stories =
        new Stories(
            events, deliveries, workflow.executions(), workflow.expresses(), invocations, notices);

    ConnectedWeb web = new ConnectedWeb(connections, in.vault(), in.web(), in.clock());
    HttpTasks http = new HttpTasks(web);
    List<Service> services =
        List.of(
            new ContextsService(contexts),
            new StatesService(workflow, groupCatalogue, in.objects(), in.patience(), http),
            http,
            new LogsService(groupCatalogue, in.printed(), in.clock()),
            new ParkedService(deliveries),
            new StreamsService(buses),
            new EventsService(
                buses, archives, replays, destinations, web, streams::readUpToMillis, in.clock()),
            new LambdaService(
                functionCatalogue,
                mappingCatalogue,
                groupCatalogue,
                in.invoker(),
                in.code(),
                sha -> in.url() + "/_tutti/code/" + urlSafe(sha),
                in.clock()),
            new SnsService(
                topicCatalogue,
                in.seal(),
                in.clock(),
                in.mails(),
                new Phones(pushCatalogue, textCatalogue, in.vault())),
            new GatewayService(
                in.gateways(), pushCatalogue, textCatalogue, in.vault(), in.web(), in.clock()),
            new SqsService(queues, queueCatalogue, arrivals, in.url(), in.clock()),
            new PipesService(
                mappingCatalogue,
                in.clock(),
                target -> {
                  long now = in.clock().getAsLong();
                  Thread.sleep(paces.reserve(target, now) - now);
                }),
            new SchedulerService(schedules, scheduleGroups),
            new SecretsManagerService(secrets, web, in.vault(), in.clock()),
            new S3Service(in.objects()),
            new StsService());
    door = new Operations(engine, services, in.poster(), in.clock(), in.elsewhere());
  }

  Deliveries deliveries() {
    return deliveries;
  }

  BusCatalogue buses() {
    return busCatalogue;
  }

  Streams streams() {
    return streams;
  }

  Workflow workflow() {
    return workflow;
  }

  Engine engine() {
    return engine;
  }

  Operations door() {
    return door;
  }

  Stories stories() {
    return stories;
  }

  private static String urlSafe(String base64) {
    return base64.replace('+', '-').replace('/', '_');
  }
}
