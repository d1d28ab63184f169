package dev.tutti.deploy;

import dev.tutti.deploy.resource.Body;
import dev.tutti.deploy.resource.Checks;
import dev.tutti.deploy.resource.Labels;
import dev.tutti.deploy.resource.Owned;
import dev.tutti.deploy.resource.Resource;
import dev.tutti.deploy.resource.ResourceTypes;
import dev.tutti.deploy.resource.Site;
import dev.tutti.deploy.template.Node;
import dev.tutti.deploy.template.Parameters;
import dev.tutti.deploy.template.Problems;
import dev.tutti.deploy.template.Template;
import dev.tutti.deploy.template.TemplateText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Reads and evaluates every template of a folder, and compares what they ask for with what the
 * records say is there. All that can be known to be wrong is found here, and all of it at once;
 * nothing is called and nothing changed.
 */
public final class Planner {
  private final String region;
  private final StackRecords records;
  private final Checks checks;

  /**
   * @param region what templates see as {@code AWS::Region}, and in every ARN
   * @param checks the embedder's judgement of definitions and patterns
   */
  public Planner(String region, StackRecords records, Checks checks) {
    this.region = region;
    this.records = records;
    this.checks = checks;
  }

  /**
   * Plans the deployment of all contexts.
   *
   * @throws DeployException with every problem that was found
   */
  public Plan plan(Folder folder) {
    Problems problems = new Problems();
    List<Unit> units = new ArrayList<>();
    Map<String, Map<String, String>> outputs = new LinkedHashMap<>();
    Map<String, StackRecord> stacks = new LinkedHashMap<>();
    for (Folder.Context context : folder.contexts()) {
      Set<String> unused = new LinkedHashSet<>(context.parameters().keySet());
      for (Folder.Stack stack : context.stacks()) {
        Site site = site(folder, context, stack, problems);
        String id = id(site);
        stacks.put(id, StackRecord.load(records, site.account(), site.stack()));
        Optional<Template> template = template(folder, stack, problems);
        if (template.isPresent()) {
          unused.removeAll(template.get().parameters().keySet());
          Map<String, Node> parameters =
              Parameters.values(template.get().parameters(), context.parameters(), problems);
          var reading = new StackReading(template.get(), site, parameters);
          units.addAll(reading.units());
          outputs.put(id, reading.outputs());
        } else {
          unused.clear();
        }
      }
      for (String name : unused) {
        problems.add(
            context.place(), "no template of " + context.name() + " has a parameter " + name);
      }
    }
    List<Unit> order = Order.of(units, problems);
    duplicates(order, problems);
    List<Plan.Step> steps = steps(order, stacks, problems);
    if (!problems.isEmpty()) {
      throw new DeployException(problems.sorted());
    }
    return new Plan(steps, leftovers(steps, stacks), outputs, folder.dataFolders());
  }

  private Site site(Folder folder, Folder.Context context, Folder.Stack stack, Problems problems) {
    return new Site(
        context.account(),
        region,
        stack.name(),
        folder.root(),
        folder.root().resolve("contexts").resolve(context.name()),
        checks,
        problems);
  }

  private static Optional<Template> template(Folder folder, Folder.Stack stack, Problems problems) {
    String label = Labels.of(folder.root(), stack.file());
    String text;
    try {
      text = Files.readString(stack.file());
    } catch (IOException e) {
      throw new UncheckedIOException(stack.file() + " can't be read", e);
    }
    return TemplateText.read(label, text, problems)
        .map(node -> Template.read(label, node, problems));
  }

  /** Two resources that are the same thing would undo each other at every deployment. */
  private static void duplicates(List<Unit> units, Problems problems) {
    Map<String, Resource> byKey = new HashMap<>();
    for (Unit unit : units) {
      for (Resource resource : unit.resources()) {
        Resource other = byKey.putIfAbsent(resource.key(), resource);
        if (other != null && !ResourceTypes.hasNoEffect(resource.type())) {
          problems.add(
              resource.place(),
              resource.logicalId()
                  + " is the same "
                  + resource.type()
                  + " as "
                  + other.logicalId()
                  + " at "
                  + other.place()
                  + ": "
                  + resource.key());
        }
      }
    }
  }

  private static List<Plan.Step> steps(
      List<Unit> order, Map<String, StackRecord> stacks, Problems problems) {
    Set<String> wanted = new HashSet<>();
    order.forEach(unit -> unit.resources().forEach(resource -> wanted.add(resource.key())));
    List<Plan.Step> steps = new ArrayList<>();
    for (Unit unit : order) {
      StackRecord record = stacks.get(id(unit.site()));
      if (record == null) {
        throw new IllegalStateException("no record was read for " + unit.id());
      }
      for (Resource resource : unit.resources()) {
        steps.add(step(unit, resource, record, wanted, problems));
      }
    }
    return steps;
  }

  private static Plan.Step step(
      Unit unit, Resource resource, StackRecord record, Set<String> wanted, Problems problems) {
    boolean kept = unit.declared().kept();
    Optional<Owned> same = record.findByKey(resource.key());
    Optional<Owned> before = same.isPresent() ? same : record.find(resource.logicalId());
    boolean keptOnReplace =
        unit.declared().keptOnReplace()
            || before.map(Owned::key).filter(wanted::contains).isPresent();
    if (ResourceTypes.hasNoEffect(resource.type())) {
      return new Plan.Step(
          record, resource, Plan.Action.NO_EFFECT, Set.of(), Optional.empty(), kept, keptOnReplace);
    }
    Set<String> changed = new LinkedHashSet<>();
    Plan.Action action = Plan.Action.CREATE;
    if (before.isPresent()) {
      Map<String, String> was = before.get().parts();
      resource
          .body()
          .parts()
          .forEach((part, fingerprint) -> {
            if (!before.get().settled() || !fingerprint.equals(was.get(part))) {
              changed.add(part);
            }
          });
      if (same.isEmpty()) {
        action = Plan.Action.REPLACE;
      } else {
        if (changed.contains(Body.FIXED) && before.get().settled()) {
          problems.add(
              resource.place(),
              "this change of "
                  + resource.logicalId()
                  + " needs another one in its place: give it another name");
        }
        action = changed.isEmpty() ? Plan.Action.UNCHANGED : Plan.Action.UPDATE;
      }
    }
    return new Plan.Step(record, resource, action, changed, before, kept, keptOnReplace);
  }

  /**
   * What is owned and no longer asked for, in the order of deletion. What another resource has
   * taken over, under whatever logical id and stack, is left alone.
   */
  private static List<Plan.Leftover> leftovers(
      List<Plan.Step> steps, Map<String, StackRecord> stacks) {
    Set<String> wanted = new HashSet<>();
    Set<Owned> handled = new HashSet<>();
    for (Plan.Step step : steps) {
      wanted.add(step.resource().key());
      step.before().ifPresent(handled::add);
    }
    List<Plan.Leftover> leftovers = new ArrayList<>();
    Predicate<Owned> unwanted = owned -> !handled.contains(owned);
    for (StackRecord record : stacks.values()) {
      for (Owned owned : record.resources()) {
        if (unwanted.test(owned)) {
          boolean left = owned.kept() || wanted.contains(owned.key());
          leftovers.add(
              new Plan.Leftover(record, owned, left ? Plan.Action.LEAVE : Plan.Action.DELETE));
        }
      }
      for (Owned owned : record.replaced()) {
        boolean left = wanted.contains(owned.key());
        leftovers.add(
            new Plan.Leftover(record, owned, left ? Plan.Action.LEAVE : Plan.Action.DELETE));
      }
    }
    return leftovers;
  }

  private static String id(Site site) {
    return site.account() + "/" + site.stack();
  }
}
