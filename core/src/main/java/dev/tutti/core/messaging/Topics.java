package dev.tutti.core.messaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.delivery.Deliveries;
import dev.tutti.core.delivery.DeliveryCommand;
import dev.tutti.core.delivery.RetryPolicy;
import dev.tutti.core.delivery.Source;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Decision;
import dev.tutti.core.kernel.Effect;
import dev.tutti.core.kernel.Ids;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Moment;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Recorded;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Decides about a topic and its subscriptions.
 *
 * <p>A subscription to an address outside is pending until whoever listens there hands back the
 * token that was posted to it; a function's or a queue's is confirmed at once.
 */
public final class Topics implements Decider<Topic, TopicCommand, TopicFact> {
  /** The {@link Key#kind()}; the id is the topic's ARN. */
  public static final String KIND = "topic";

  /** How long a token confirms, in milliseconds: two days. */
  static final long TOKEN_MILLIS = 2 * 24 * 60 * 60 * 1000L;

  private static final Map<String, String> DEFAULTS =
      Map.of(
          "ContentBasedDeduplication", "false",
          "FifoThroughputScope", "Topic",
          "MaximumMessageSize", Integer.toString(Topic.USUAL_BYTES),
          "SignatureVersion", "1");

  private final String publicUrl;
  private final Seal seal;

  /**
   * Makes the decider.
   *
   * @param publicUrl where links in messages lead, for example {@code http://127.0.0.1:4566}
   * @param seal signs what endpoints are asked
   */
  public Topics(String publicUrl, Seal seal) {
    this.publicUrl = publicUrl;
    this.seal = seal;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Class<TopicCommand> commands() {
    return TopicCommand.class;
  }

  @Override
  public Class<TopicFact> facts() {
    return TopicFact.class;
  }

  @Override
  public Topic blank(Key key) {
    return Topic.blank(key.id());
  }

  @Override
  public Decision<TopicCommand, TopicFact> decide(
      Topic state, TopicCommand command, Moment moment) {
    if (!state.exists()) {
      return switch (command) {
        case TopicCommand.Create create ->
            done(new TopicFact.Created(kept(create.attributes()), create.tags()));
        case TopicCommand.Delete delete -> nothing();
        case TopicCommand.Unsubscribe unsubscribe -> nothing();
        case TopicCommand.Untag untag -> noResource();
        case TopicCommand.Tag tag -> noResource();
        case TopicCommand.SetAttribute set -> noTopic();
        case TopicCommand.Subscribe subscribe -> noTopic();
        case TopicCommand.Confirm confirm -> noTopic();
        case TopicCommand.SetSubscriptionAttribute set -> noTopic();
        case TopicCommand.AddPermission add -> noTopic();
        case TopicCommand.RemovePermission remove -> noTopic();
      };
    }
    return switch (command) {
      case TopicCommand.Create create -> createAgain(state, create);
      case TopicCommand.SetAttribute set ->
          done(new TopicFact.AttributeSet(set.name(), set.value()));
      case TopicCommand.Delete delete -> done(new TopicFact.Deleted());
      case TopicCommand.Subscribe subscribe -> subscribe(state, subscribe, moment);
      case TopicCommand.Confirm confirm -> confirm(state, confirm, moment);
      case TopicCommand.SetSubscriptionAttribute set ->
          state.subscriptions().containsKey(set.subscriptionArn())
              ? done(
                  new TopicFact.SubscriptionAttributeSet(
                      set.subscriptionArn(), set.name(), set.value()))
              : Decision.refuse("NotFound", "Subscription does not exist");
      case TopicCommand.Unsubscribe unsubscribe ->
          state.subscriptions().containsKey(unsubscribe.subscriptionArn())
              ? done(unsubscribed(state, unsubscribe.subscriptionArn(), moment))
              : nothing();
      case TopicCommand.AddPermission add -> addPermission(state, add);
      case TopicCommand.RemovePermission remove -> removePermission(state, remove);
      case TopicCommand.Tag tag -> tag(state, tag.tags());
      case TopicCommand.Untag untag -> done(new TopicFact.Untagged(untag.keys()));
    };
  }

  private static Map<String, String> kept(Map<String, String> attributes) {
    Map<String, String> kept = new HashMap<>(attributes);
    kept.values().removeIf(String::isEmpty);
    return kept;
  }

  private static Decision<TopicCommand, TopicFact> createAgain(
      Topic state, TopicCommand.Create create) {
    for (Map.Entry<String, String> asked : create.attributes().entrySet()) {
      if (!asked
          .getValue()
          .equals(
              state
                  .attributes()
                  .getOrDefault(asked.getKey(), DEFAULTS.getOrDefault(asked.getKey(), "")))) {
        return invalid("Attributes Reason: Topic already exists with different attributes");
      }
    }
    return create.tags().isEmpty() || create.tags().equals(state.tags())
        ? nothing()
        : invalid("Tags Reason: Topic already exists with different tags");
  }

  private Decision<TopicCommand, TopicFact> subscribe(
      Topic state, TopicCommand.Subscribe subscribe, Moment moment) {
    for (Subscription each : state.subscriptions().values()) {
      if (each.protocol().equals(subscribe.protocol())
          && each.endpoint().equals(subscribe.endpoint())) {
        return subscribeAgain(state, each, subscribe, moment);
      }
    }
    String arn = state.arn() + ':' + subscribe.id();
    boolean asks = !Subscription.confirmedAtOnce(subscribe.protocol());
    return Decision.<TopicCommand, TopicFact>of(
            new TopicFact.Subscribed(
                arn,
                subscribe.owner(),
                subscribe.protocol(),
                subscribe.endpoint(),
                kept(subscribe.attributes()),
                asks ? question(state, subscribe.protocol(), subscribe.endpoint(), moment) : null,
                subscribe.principal()))
        .replying(answer(arn, !asks));
  }

  private Decision<TopicCommand, TopicFact> subscribeAgain(
      Topic state, Subscription there, TopicCommand.Subscribe subscribe, Moment moment) {
    for (Map.Entry<String, String> asked : subscribe.attributes().entrySet()) {
      if (!asked.getValue().equals(there.attributes().getOrDefault(asked.getKey(), ""))) {
        return invalid("Attributes Reason: Subscription already exists with different attributes");
      }
    }
    Decision<TopicCommand, TopicFact> decision =
        there.confirmed()
            ? Decision.none()
            : Decision.of(
                new TopicFact.ConfirmationAsked(
                    there.arn(),
                    there.owner(),
                    question(state, there.protocol(), there.endpoint(), moment)));
    return decision.replying(answer(there.arn(), there.confirmed()));
  }

  private static JsonNode answer(String arn, boolean confirmed) {
    return Json.object().put("SubscriptionArn", arn).put("Confirmed", confirmed);
  }

  /** The end of a subscription, with what is told to an endpoint that had confirmed it. */
  private TopicFact unsubscribed(Topic state, String arn, Moment moment) {
    Subscription ended = state.subscriptions().get(arn);
    return new TopicFact.Unsubscribed(
        arn,
        ended != null && ended.confirmed() && !ended.confirmedAtOnce()
            ? confirmation(
                state,
                ended.protocol(),
                ended.endpoint(),
                moment,
                Handshake.farewell(state.arn(), arn))
            : null);
  }

  private TopicFact.Confirmation question(
      Topic state, String protocol, String endpoint, Moment moment) {
    return confirmation(state, protocol, endpoint, moment, Handshake.question(state.arn()));
  }

  private TopicFact.Confirmation confirmation(
      Topic state, String protocol, String endpoint, Moment moment, Handshake handshake) {
    SplittableRandom random = moment.random();
    StringBuilder token = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      token.append(String.format("%016x", random.nextLong()));
    }
    String messageId = Ids.uuid(state.arn() + '/' + token);
    return new TopicFact.Confirmation(
        token.toString(),
        messageId,
        handshake.post(
            publicUrl,
            protocol,
            endpoint,
            token.toString(),
            messageId,
            moment.millis(),
            seal,
            state.signatureVersion()));
  }

  private static Decision<TopicCommand, TopicFact> confirm(
      Topic state, TopicCommand.Confirm confirm, Moment moment) {
    for (Subscription each : state.subscriptions().values()) {
      if (confirm.token().equals(each.token())) {
        if (each.confirmed()) {
          return Decision.<TopicCommand, TopicFact>none().replying(answer(each.arn(), true));
        }
        if (moment.millis() - each.askedMillis() > TOKEN_MILLIS) {
          break;
        }
        return Decision.<TopicCommand, TopicFact>of(
                new TopicFact.Confirmed(each.arn(), confirm.onlyOwner()))
            .replying(answer(each.arn(), true));
      }
    }
    Subscription left = state.left().get(confirm.token());
    return left == null || moment.millis() - left.askedMillis() > TOKEN_MILLIS
        ? invalid("Token")
        : Decision.<TopicCommand, TopicFact>of(
                new TopicFact.Confirmed(left.arn(), left.authenticated() || confirm.onlyOwner()))
            .replying(answer(left.arn(), true));
  }

  private static Decision<TopicCommand, TopicFact> addPermission(
      Topic state, TopicCommand.AddPermission add) {
    ObjectNode policy = state.policy().deepCopy();
    if (Topic.statement(policy, add.label()) != null) {
      return invalid("Statement already exists");
    }
    ObjectNode statement = policy.withArray("Statement").addObject();
    statement.put("Sid", add.label()).put("Effect", "Allow");
    List<String> principals =
        add.accounts().stream().map(account -> "arn:aws:iam::" + account + ":root").toList();
    statement.putObject("Principal").set("AWS", oneOrMany(principals));
    statement.set(
        "Action", oneOrMany(add.actions().stream().map(action -> "SNS:" + action).toList()));
    statement.put("Resource", state.arn());
    return done(new TopicFact.AttributeSet("Policy", Json.write(policy)));
  }

  private static JsonNode oneOrMany(List<String> texts) {
    if (texts.size() == 1) {
      return Json.text(texts.getFirst());
    }
    ArrayNode array = Json.array();
    texts.forEach(array::add);
    return array;
  }

  private static Decision<TopicCommand, TopicFact> removePermission(
      Topic state, TopicCommand.RemovePermission remove) {
    ObjectNode policy = state.policy().deepCopy();
    if (Topic.statement(policy, remove.label()) == null) {
      return nothing();
    }
    List<JsonNode> statements = new ArrayList<>();
    policy.path("Statement").forEach(statements::add);
    statements.removeIf(each -> remove.label().equals(each.path("Sid").asText()));
    policy.putArray("Statement").addAll(statements);
    return done(new TopicFact.AttributeSet("Policy", Json.write(policy)));
  }

  private static Decision<TopicCommand, TopicFact> tag(Topic state, Map<String, String> tags) {
    Map<String, String> all = new HashMap<>(state.tags());
    all.putAll(tags);
    return all.size() > 50
        ? Decision.refuse(
            "TagLimitExceeded", "Could not complete request: tag quota of per resource exceeded")
        : done(new TopicFact.Tagged(tags));
  }

  private static Decision<TopicCommand, TopicFact> noTopic() {
    return Decision.refuse("NotFound", "Topic does not exist");
  }

  private static Decision<TopicCommand, TopicFact> noResource() {
    return Decision.refuse("ResourceNotFound", "Resource does not exist");
  }

  private static Decision<TopicCommand, TopicFact> invalid(String what) {
    return Decision.refuse("InvalidParameter", "Invalid parameter: " + what);
  }

  private static Decision<TopicCommand, TopicFact> done(TopicFact fact) {
    return Decision.<TopicCommand, TopicFact>of(fact).replying();
  }

  private static Decision<TopicCommand, TopicFact> nothing() {
    return Decision.<TopicCommand, TopicFact>none().replying();
  }

  @Override
  public Topic apply(Topic state, Recorded<TopicFact> recorded) {
    return TopicFold.apply(state, recorded.millis(), recorded.fact());
  }

  @Override
  public List<Effect> effects(Topic state, Recorded<TopicFact> recorded) {
    return switch (recorded.fact()) {
      case TopicFact.Subscribed subscribed ->
          subscribed.confirmation() == null
              ? List.of()
              : List.of(
                  ask(subscribed.subscriptionArn(), subscribed.owner(), subscribed.confirmation()));
      case TopicFact.ConfirmationAsked asked ->
          List.of(ask(asked.subscriptionArn(), asked.owner(), asked.confirmation()));
      case TopicFact.Created fact -> List.of();
      case TopicFact.AttributeSet fact -> List.of();
      case TopicFact.Confirmed fact -> List.of();
      case TopicFact.SubscriptionAttributeSet fact -> List.of();
      case TopicFact.Unsubscribed fact -> {
        TopicFact.Confirmation farewell = fact.farewell();
        Subscription left = farewell == null ? null : state.left().get(farewell.token());
        yield farewell == null || left == null
            ? List.of()
            : List.of(ask(left.arn(), left.owner(), farewell));
      }
      case TopicFact.Tagged fact -> List.of();
      case TopicFact.Untagged fact -> List.of();
      case TopicFact.Deleted fact -> List.of();
    };
  }

  private static Effect ask(
      String subscriptionArn, String owner, TopicFact.Confirmation confirmation) {
    String endpoint = confirmation.post().url();
    boolean mailed = Mails.isMail(endpoint);
    return new Effect.Tell(
        Deliveries.key(confirmation.messageId() + '|' + subscriptionArn),
        new DeliveryCommand.Begin(
            owner,
            endpoint,
            Source.subscription(subscriptionArn, confirmation.messageId()),
            mailed ? Mails.LANE : endpoint,
            confirmation.post(),
            mailed ? RetryPolicy.mail() : RetryPolicy.http()));
  }

  @Override
  public TopicCommand outcome(String call, Outcome outcome) {
    throw new IllegalStateException("a topic calls nobody: " + call);
  }
}
