package dev.tutti.deploy;

import dev.tutti.deploy.resource.Owned;
import dev.tutti.deploy.resource.Resource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a deployment will do, in its order. Prints as a line for each resource that isn't left as it
 * is. It stands on the records as they were; apply it before anybody else changes them.
 */
public final class Plan {
  /** What becomes of a resource. */
  public enum Action {
    CREATE,
    /** Some parts differ from what the record says. */
    UPDATE,
    /** It gets another name, so a new one is created and the old one deleted. */
    REPLACE,
    UNCHANGED,
    /** The template no longer has it. */
    DELETE,
    /** The template no longer has it, and has said that it is to stay. */
    LEAVE,
    /** Accepted, and nothing to call here: a role, a policy, a log group. */
    NO_EFFECT
  }

  /**
   * One resource.
   *
   * @param changed names of the parts to send, where it is updated
   * @param before what the record says of it
   */
  record Step(
      StackRecord record,
      Resource resource,
      Action action,
      Set<String> changed,
      Optional<Owned> before,
      boolean kept,
      boolean keptOnReplace) {}

  /** Something that is owned and no longer asked for. */
  record Leftover(StackRecord record, Owned owned, Action action) {}

  private final List<Step> steps;
  private final List<Leftover> leftovers;
  private final Map<String, Map<String, String>> outputs;
  private final List<Path> dataFolders;

  Plan(
      List<Step> steps,
      List<Leftover> leftovers,
      Map<String, Map<String, String>> outputs,
      List<Path> dataFolders) {
    this.steps = steps;
    this.leftovers = leftovers;
    this.outputs = outputs;
    this.dataFolders = dataFolders;
  }

  List<Step> steps() {
    return steps;
  }

  List<Leftover> leftovers() {
    return leftovers;
  }

  List<Path> dataFolders() {
    return dataFolders;
  }

  /** By {@code ACCOUNT/STACK}, then the output's name. */
  public Map<String, Map<String, String>> outputs() {
    return outputs;
  }

  /** What will become of each resource, in the deployment's order. */
  public List<Deployment.Line> lines() {
    return java.util.stream.Stream.concat(
            steps.stream()
                .map(step ->
                    new Deployment.Line(
                        step.record().account(),
                        step.record().stack(),
                        step.resource().logicalId(),
                        step.resource().type(),
                        step.action().name())),
            leftovers.stream()
                .map(leftover ->
                    new Deployment.Line(
                        leftover.record().account(),
                        leftover.record().stack(),
                        leftover.owned().logicalId(),
                        leftover.owned().type(),
                        leftover.action().name())))
        .toList();
  }

  /** Whether nothing is to be called. */
  public boolean isEmpty() {
    return leftovers.isEmpty()
        && steps.stream()
            .allMatch(
                step -> step.action() == Action.UNCHANGED || step.action() == Action.NO_EFFECT);
  }

  @Override
  public String toString() {
    return lines().stream()
        .filter(line -> !line.outcome().equals(Action.UNCHANGED.name()))
        .map(Deployment.Line::toString)
        .collect(Collectors.joining("\n"));
  }
}
