package dev.tutti.deploy;

import dev.tutti.deploy.resource.Checks;
import dev.tutti.deploy.resource.Resource;
import dev.tutti.deploy.resource.Site;
import dev.tutti.deploy.resource.StateMachineBody;
import dev.tutti.deploy.template.Node;
import dev.tutti.deploy.template.Parameters;
import dev.tutti.deploy.template.Problems;
import dev.tutti.deploy.template.Template;
import dev.tutti.deploy.template.TemplateText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A state machine as a template declares it, with everything filled in, for whoever wants it
 * without the rest of the stack. What is wrong with other resources doesn't matter here.
 *
 * @param definition JSON
 * @param root where the definition's parts stand
 */
public record DeclaredMachine(String logicalId, String name, String definition, Node root) {

  /**
   * Every state machine of a template.
   *
   * @param values of the template's parameters; those that aren't given have their defaults
   * @param account whose the template would be, twelve digits
   * @throws DeployException where the template can't be read
   */
  public static List<DeclaredMachine> of(
      Path file, Map<String, String> values, String account, String region) {
    Problems problems = new Problems();
    Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("/"));
    Checks unchecked = new Checks((definition, type) -> List.of(), pattern -> List.of());
    Optional<Template> template =
        TemplateText.read(file.toString(), text(file), problems)
            .map(node -> Template.read(file.toString(), node, problems));
    if (template.isEmpty()) {
      throw new DeployException(problems.sorted());
    }
    var parameters = Parameters.values(template.get().parameters(), values, problems);
    if (!problems.isEmpty()) {
      throw new DeployException(problems.sorted());
    }
    Site site = new Site(account, region, "run", folder, folder, unchecked, problems);
    List<DeclaredMachine> machines = new ArrayList<>();
    for (Unit unit : new StackReading(template.get(), site, parameters).units()) {
      for (Resource resource : unit.resources()) {
        if (resource.body() instanceof StateMachineBody body) {
          machines.add(
              new DeclaredMachine(
                  resource.logicalId(), body.name(), body.definition(), body.written()));
        }
      }
    }
    if (machines.isEmpty() && !problems.isEmpty()) {
      throw new DeployException(problems.sorted());
    }
    return machines;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " can't be read", e);
    }
  }
}
