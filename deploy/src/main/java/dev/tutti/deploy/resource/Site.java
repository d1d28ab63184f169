package dev.tutti.deploy.resource;

import dev.tutti.deploy.template.Problems;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Where a stack is deployed, and how things are named there.
 *
 * @param root the user's folder; files are called by their path from here
 * @param folder where the template stands; its files are found from here
 */
public record Site(
    String account,
    String region,
    String stack,
    Path root,
    Path folder,
    Checks checks,
    Problems problems) {

  public String arn(String service, String rest) {
    return "arn:aws:" + service + ":" + region + ":" + account + ":" + rest;
  }

  /** An IAM role's ARN; its path begins and ends with a slash. */
  String roleArn(String path, String name) {
    return "arn:aws:iam::" + account + ":role" + path + name;
  }

  /** The ARN of the role that SAM makes for a resource that names none. */
  public String implicitRole(String logicalId) {
    return roleArn("/", implicitRoleName(logicalId));
  }

  public String implicitRoleName(String logicalId) {
    return name(logicalId + "Role", 64);
  }

  /**
   * The name of a resource that isn't given one: {@code STACK-LOGICALID-SUFFIX} as CloudFormation
   * has it, but with a suffix that is the same at every deployment.
   *
   * @param most longest name allowed, in characters
   */
  String name(String logicalId, int most) {
    return shortened(stack + "-" + logicalId, most, suffix(logicalId));
  }

  /**
   * As {@link #name}, without the stack.
   *
   * @param fixed what can't be changed about the resource, so that a change gives another name
   */
  String nameOfItsOwn(String logicalId, int most, String fixed) {
    return shortened(logicalId, most, suffix(logicalId + fixed));
  }

  private static String shortened(String head, int most, String suffix) {
    int room = most - suffix.length() - 1;
    return (head.length() <= room ? head : head.substring(0, room)) + "-" + suffix;
  }

  private String suffix(String seed) {
    return Hashes.base36(account + "/" + stack + "/" + seed, 12);
  }

  /** The stack's ARN, the same at every deployment. */
  public String stackId() {
    UUID id = UUID.nameUUIDFromBytes((account + "/" + stack).getBytes(StandardCharsets.UTF_8));
    return arn("cloudformation", "stack/" + stack + "/" + id);
  }

  /** How a file is called in problems. */
  String label(Path file) {
    return Labels.of(root, file);
  }
}
