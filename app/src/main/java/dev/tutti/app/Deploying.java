package dev.tutti.app;

import dev.tutti.core.contexts.ContextCatalogue;
import dev.tutti.deploy.DeployException;
import dev.tutti.deploy.DeployFailed;
import dev.tutti.deploy.Deployer;
import dev.tutti.deploy.Deployment;
import dev.tutti.deploy.Folder;
import dev.tutti.deploy.Planner;
import dev.tutti.deploy.resource.Checks;
import dev.tutti.wire.Door;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Deploys folders into a running runtime, and removes contexts from it; one thing at a time. */
final class Deploying {
  private final Door door;
  private final String region;
  private final Path data;
  private final Checks checks;
  private final RuntimeStacks stacks;
  private final ReentrantLock oneAtATime = new ReentrantLock();
  private final ContextCatalogue contexts;

  Deploying(Door door, String region, Path data, Checks checks, ContextCatalogue contexts) {
    this.contexts = contexts;
    this.door = door;
    this.region = region;
    this.data = data;
    this.checks = checks;
    this.stacks = new RuntimeStacks(door, region);
  }

  /** What became of a folder: its contexts, and what the deployment did. */
  record Deployed(List<Folder.Context> contexts, Deployment deployment) {}

  /**
   * Deploys every context of a folder.
   *
   * @param overrides parameter values that go before the folder's, by context and name
   * @throws Complaint where the folder isn't right (nothing is changed then) or a service refuses
   */
  Deployed deploy(Path root, Map<String, Map<String, String>> overrides) {
    checkFolder(root);
    oneAtATime.lock();
    try {
      Folder folder = override(Folder.read(root, data), overrides);
      var plan = new Planner(region, stacks, checks).plan(folder);
      for (Folder.Context context : folder.contexts()) {
        stacks.introduce(context.account(), context.name(), context.accessKeys());
      }
      return new Deployed(folder.contexts(), new Deployer(door, region, stacks).apply(plan));
    } catch (DeployException | DeployFailed e) {
      throw new Complaint(root + " can't be deployed:\n" + e.getMessage(), e);
    } finally {
      oneAtATime.unlock();
    }
  }

  /**
   * Refuses what can't be a user's folder, before anything is opened.
   *
   * @throws Complaint where there is no {@code contexts} in it
   */
  static void checkFolder(Path root) {
    if (!Files.isDirectory(root.resolve("contexts"))) {
      throw new Complaint(
          root + " has no folder named contexts; each folder in that one is a context");
    }
  }

  private static Folder override(Folder folder, Map<String, Map<String, String>> overrides) {
    List<Folder.Context> contexts = new ArrayList<>();
    for (Folder.Context context : folder.contexts()) {
      Map<String, String> parameters = new HashMap<>(context.parameters());
      parameters.putAll(overrides.getOrDefault(context.name(), Map.of()));
      contexts.add(
          new Folder.Context(
              context.name(),
              context.account(),
              context.accessKeys(),
              parameters,
              context.place(),
              context.stacks()));
    }
    return new Folder(folder.root(), contexts, folder.dataFolders());
  }

  /**
   * Deletes everything that was deployed in a context.
   *
   * @param context its name or its account
   */
  List<Deployment> remove(String context) {
    String account =
        contexts.names().entrySet().stream()
            .filter(entry -> entry.getKey().equals(context) || entry.getValue().equals(context))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseThrow(() -> new Complaint("there is no context " + context));
    List<Deployment> removed = new ArrayList<>();
    oneAtATime.lock();
    try {
      Deployer deployer = new Deployer(door, region, stacks);
      stacks
          .all(account)
          .fieldNames()
          .forEachRemaining(stack -> removed.add(deployer.remove(account, stack)));
    } finally {
      oneAtATime.unlock();
    }
    return removed;
  }
}
