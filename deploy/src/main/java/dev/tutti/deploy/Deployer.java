package dev.tutti.deploy;

import dev.tutti.deploy.resource.Client;
import dev.tutti.deploy.resource.Owned;
import dev.tutti.deploy.resource.Refused;
import dev.tutti.deploy.resource.Removal;
import dev.tutti.wire.Door;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Makes a plan so, through the one door, as each context's account. In order: the data folders;
 * then each resource created or updated; then what is no longer wanted deleted, rules before buses.
 * A record is saved before and after every change, so that a deployment which was cut off is taken
 * up by the next one. Where a service refuses, what this deployment created is deleted again.
 */
public final class Deployer {
  /** Who refers to whom, for deletion: the first go first. */
  private static final List<String> DELETED_FIRST =
      List.of(
          "AWS::Lambda::EventSourceMapping",
          "AWS::Lambda::EventInvokeConfig",
          "AWS::SNS::Subscription",
          "AWS::Lambda::Permission",
          "AWS::Events::Rule",
          "AWS::Scheduler::Schedule",
          "AWS::Scheduler::ScheduleGroup",
          "AWS::Events::EventBusPolicy",
          "AWS::SNS::TopicPolicy",
          "AWS::SQS::QueuePolicy",
          "AWS::SecretsManager::ResourcePolicy",
          "AWS::StepFunctions::StateMachine",
          "AWS::Lambda::Function",
          "AWS::SNS::Topic",
          "AWS::SQS::Queue",
          "AWS::Events::EventBus",
          "AWS::SecretsManager::Secret");

  private final Door door;
  private final String region;
  private final StackRecords records;

  public Deployer(Door door, String region, StackRecords records) {
    this.door = door;
    this.region = region;
    this.records = records;
  }

  /**
   * Carries out a plan.
   *
   * @throws DeployFailed where a service refuses
   */
  public Deployment apply(Plan plan) {
    plan.dataFolders().forEach(Deployer::make);
    Run run = new Run(door, region, records);
    for (Plan.Step step : plan.steps()) {
      try {
        run.perform(step);
      } catch (RuntimeException e) {
        throw run.failed(step, e);
      }
    }
    List<String> failures = delete(plan.leftovers(), run.lines());
    List<String> late = delete(run.replaced(), run.lines());
    failures.addAll(late);
    return new Deployment(run.lines(), plan.outputs(), failures);
  }

  /**
   * Deletes a stack with all that it owns.
   *
   * @return what was deleted, and what couldn't be
   */
  public Deployment remove(String account, String stack) {
    StackRecord record = StackRecord.load(records, account, stack);
    List<Plan.Leftover> leftovers = new ArrayList<>();
    for (Owned owned : record.resources()) {
      Plan.Action action = owned.kept() ? Plan.Action.LEAVE : Plan.Action.DELETE;
      leftovers.add(new Plan.Leftover(record, owned, action));
    }
    for (Owned owned : record.replaced()) {
      leftovers.add(new Plan.Leftover(record, owned, Plan.Action.DELETE));
    }
    List<Deployment.Line> lines = new ArrayList<>();
    List<String> failures = delete(leftovers, lines);
    return new Deployment(lines, Map.of(), failures);
  }

  private List<String> delete(List<Plan.Leftover> leftovers, List<Deployment.Line> lines) {
    List<String> failures = new ArrayList<>();
    List<Plan.Leftover> order =
        leftovers.stream()
            .sorted(Comparator.comparingInt(one -> DELETED_FIRST.indexOf(one.owned().type())))
            .toList();
    for (Plan.Leftover leftover : order) {
      Owned owned = leftover.owned();
      StackRecord record = leftover.record();
      boolean left = leftover.action() == Plan.Action.LEAVE;
      try {
        if (!left) {
          Removal.delete(new Client(door, record.account(), region), owned);
        }
        record.remove(owned);
        record.save(records);
        lines.add(Run.line(record, owned.logicalId(), owned.type(), left ? "LEFT" : "DELETED"));
      } catch (Refused e) {
        failures.add(
            "not deleted: %s/%s (%s): %s"
                .formatted(record.stack(), owned.logicalId(), owned.type(), e.getMessage()));
      }
    }
    return failures;
  }

  private static void make(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " can't be made", e);
    }
  }
}
