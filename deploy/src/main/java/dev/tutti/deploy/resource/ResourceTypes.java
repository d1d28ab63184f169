package dev.tutti.deploy.resource;

import dev.tutti.deploy.template.Place;
import dev.tutti.deploy.template.Shape;
import java.util.List;
import java.util.Map;

/** The types that there are; any other is refused by name. */
public final class ResourceTypes {
  private static final Map<String, ResourceType> TYPES =
      Map.ofEntries(
          Map.entry("AWS::Serverless::Function", new ServerlessFunction()),
          Map.entry("AWS::Serverless::StateMachine", new ServerlessStateMachine()),
          Map.entry(FunctionBody.TYPE, new LambdaFunction()),
          Map.entry(PermissionBody.TYPE, new LambdaPermission()),
          Map.entry(StateMachineBody.TYPE, new StatesStateMachine()),
          Map.entry(BusBody.TYPE, new EventBus()),
          Map.entry(BusPolicyBody.TYPE, new EventBusPolicy()),
          Map.entry(RuleBody.TYPE, new EventsRule()),
          Map.entry(PipeBody.TYPE, new PipeType()),
          Map.entry(SettingsBody.Kind.CONNECTION.type(), new ConnectionType()),
          Map.entry(SettingsBody.Kind.API_DESTINATION.type(), new ApiDestinationType()),
          Map.entry(SettingsBody.Kind.SCHEDULE.type(), new ScheduleType()),
          Map.entry(ScheduleGroupBody.TYPE, new ScheduleGroupType()),
          Map.entry(TopicBody.TYPE, new TopicType()),
          Map.entry(TopicPolicyBody.TYPE, new TopicPolicyType()),
          Map.entry(SubscriptionBody.TYPE, new SubscriptionType()),
          Map.entry(QueueBody.TYPE, new QueueType()),
          Map.entry(QueuePolicyBody.TYPE, new QueuePolicyType()),
          Map.entry(SecretBody.TYPE, new SecretType()),
          Map.entry(SecretPolicyBody.TYPE, new SecretPolicyType()),
          Map.entry(MappingBody.TYPE, new MappingType()),
          Map.entry(SettingsBody.Kind.EVENT_INVOKE.type(), new EventInvokeType()),
          Map.entry("AWS::IAM::Role", new NoEffect("AWS::IAM::Role")),
          Map.entry("AWS::IAM::Policy", new NoEffect("AWS::IAM::Policy")),
          Map.entry("AWS::IAM::ManagedPolicy", new NoEffect("AWS::IAM::ManagedPolicy")),
          Map.entry("AWS::Logs::LogGroup", new NoEffect("AWS::Logs::LogGroup")));

  private ResourceTypes() {}

  public static boolean isSupported(String type) {
    return TYPES.containsKey(type);
  }

  /** Whether a type is read and means nothing here, so that no call is made for it. */
  public static boolean hasNoEffect(String type) {
    return NoEffect.TYPES.contains(type);
  }

  /**
   * What a template's resource asks for, in the order of creation; the first is what {@code Ref}
   * means.
   */
  public static List<Resource> read(
      String type, String logicalId, Place place, Shape properties, Site site) {
    ResourceType known = TYPES.get(type);
    if (known == null) {
      throw new IllegalArgumentException("not a supported type: " + type);
    }
    return known.read(logicalId, place, properties, site);
  }
}
