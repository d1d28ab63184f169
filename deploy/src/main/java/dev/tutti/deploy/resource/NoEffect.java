package dev.tutti.deploy.resource;

import dev.tutti.deploy.template.Place;
import dev.tutti.deploy.template.Shape;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Types that templates need and that mean nothing here: roles and their policies, because what may
 * reach what follows from contexts and from the policies of buses, functions and topics; and log
 * groups. They are read as a name and an ARN, and no call is made.
 */
final class NoEffect implements ResourceType {
  private static final String ROLE = "AWS::IAM::Role";
  static final Set<String> TYPES =
      Set.of(ROLE, "AWS::IAM::Policy", "AWS::IAM::ManagedPolicy", "AWS::Logs::LogGroup");

  private final String type;

  NoEffect(String type) {
    this.type = type;
  }

  @Override
  public List<Resource> read(String logicalId, Place place, Shape shape, Site site) {
    return switch (type) {
      case ROLE -> {
        shape.noEffect(
            "AssumeRolePolicyDocument",
            "Policies",
            "ManagedPolicyArns",
            "Description",
            "MaxSessionDuration",
            "PermissionsBoundary",
            "Tags");
        String given = shape.text("RoleName");
        String path = shape.text("Path");
        shape.done();
        String name = given == null ? site.name(logicalId, 64) : given;
        String arn = site.roleArn(path == null ? "/" : path, name);
        yield List.of(resource(logicalId, ROLE, place, name, name, Map.of("Arn", arn)));
      }
      case "AWS::IAM::Policy", "AWS::IAM::ManagedPolicy" -> {
        shape.noEffect(
            "PolicyName", "PolicyDocument", "Roles", "Users", "Groups", "Description", "Path");
        String given = shape.text("ManagedPolicyName");
        shape.done();
        String name = given == null ? site.name(logicalId, 128) : given;
        String arn = "arn:aws:iam::" + site.account() + ":policy/" + name;
        String reference = type.endsWith("ManagedPolicy") ? arn : name;
        yield List.of(resource(logicalId, type, place, name, reference, Map.of("PolicyArn", arn)));
      }
      default -> {
        shape.noEffect("RetentionInDays", "Tags", "KmsKeyId", "LogGroupClass");
        String given = shape.text("LogGroupName");
        shape.done();
        String name = given == null ? site.name(logicalId, 512) : given;
        String arn = site.arn("logs", "log-group:" + name + ":*");
        yield List.of(resource(logicalId, type, place, name, name, Map.of("Arn", arn)));
      }
    };
  }

  /** The role that SAM makes for a function, state machine or event that names none. */
  static Resource implicitRole(String logicalId, Place place, Site site) {
    String name = site.name(logicalId, 64);
    return resource(logicalId, ROLE, place, name, name, Map.of("Arn", site.roleArn("/", name)));
  }

  private static Resource resource(
      String logicalId,
      String type,
      Place place,
      String name,
      String reference,
      Map<String, String> attributes) {
    return new Resource(
        logicalId,
        type,
        place,
        type + "|" + name,
        reference,
        attributes,
        Set.of(),
        "",
        new NoEffectBody(name));
  }
}
