package dev.tutti.deploy;

import dev.tutti.deploy.resource.Hashes;
import dev.tutti.deploy.resource.Labels;
import dev.tutti.deploy.template.Place;
import dev.tutti.deploy.template.Problems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A user's folder: each folder under {@code contexts/} is a context, each template in it a stack.
 * {@code tutti.yaml} beside them is optional.
 *
 * @param contexts by name
 * @param dataFolders folders in the data directory that parameters name; made when deploying
 */
public record Folder(Path root, List<Context> contexts, List<Path> dataFolders) {

  /**
   * A bounded context.
   *
   * @param account twelve digits
   * @param accessKeys further access keys that stand for it
   * @param parameters values for its templates' parameters
   * @param place where it stands, for problems
   */
  public record Context(
      String name,
      String account,
      List<String> accessKeys,
      Map<String, String> parameters,
      Place place,
      List<Stack> stacks) {}

  /** A template's file, and the name of the stack that it makes. */
  public record Stack(String name, Path file) {}

  /**
   * Reads which contexts and stacks there are; templates are read by the {@link Planner}.
   *
   * @param root the user's folder
   * @param data the runtime's data directory
   * @throws DeployException where the folder or {@code tutti.yaml} isn't right
   */
  public static Folder read(Path root, Path data) {
    Problems problems = new Problems();
    Path home = root.toAbsolutePath().normalize();
    Settings settings = Settings.read(home, data.toAbsolutePath().normalize(), problems);
    List<Context> contexts = new ArrayList<>();
    for (Path folder : folders(home.resolve("contexts"), problems)) {
      contexts.add(context(home, folder, settings, problems));
    }
    Set<String> names = new HashSet<>();
    Map<String, String> accounts = new HashMap<>();
    for (Context context : contexts) {
      names.add(context.name());
      String other = accounts.putIfAbsent(context.account(), context.name());
      if (other != null) {
        problems.add(
            context.place(),
            "contexts "
                + other
                + " and "
                + context.name()
                + " both have the account "
                + context.account());
      }
    }
    settings
        .contexts()
        .forEach((name, setting) -> {
          if (!names.contains(name)) {
            problems.add(setting.place(), "there is no folder contexts/" + name);
          }
        });
    if (!problems.isEmpty()) {
      throw new DeployException(problems.sorted());
    }
    return new Folder(home, contexts, settings.dataFolders());
  }

  private static Context context(Path root, Path folder, Settings settings, Problems problems) {
    String name = folder.getFileName().toString();
    Place place = Place.of(Labels.of(root, folder));
    if (!name.matches("[A-Za-z][A-Za-z0-9-]{0,63}")) {
      problems.add(place, "a context's name begins with a letter and has letters, digits and -");
    }
    Settings.Of setting = settings.of(name);
    List<Stack> stacks = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Path file : templates(folder)) {
      String base = file.getFileName().toString().replaceFirst("\\.(yaml|yml|json)$", "");
      String stack = base.equals("template") ? name : base;
      Place at = Place.of(Labels.of(root, file));
      if (!stack.matches("[A-Za-z][A-Za-z0-9-]{0,127}")) {
        problems.add(at, "a stack's name begins with a letter and has letters, digits and -");
      }
      if (!names.add(stack)) {
        problems.add(at, "two templates of " + name + " make the stack " + stack);
      }
      stacks.add(new Stack(stack, file));
    }
    if (stacks.isEmpty()) {
      problems.add(place, "the context " + name + " has no template");
    }
    String account = setting.account().isEmpty() ? Hashes.account(name) : setting.account();
    Place at = setting.account().isEmpty() ? place : setting.place();
    return new Context(name, account, setting.accessKeys(), setting.parameters(), at, stacks);
  }

  private static List<Path> folders(Path contexts, Problems problems) {
    if (!Files.isDirectory(contexts)) {
      problems.add(Place.of("contexts"), "there is no such folder");
      return List.of();
    }
    return sorted(contexts).filter(Files::isDirectory).filter(Folder::isShown).toList();
  }

  /** Files that may hold something else count only where they look like a template. */
  private static List<Path> templates(Path folder) {
    return sorted(folder)
        .filter(Files::isRegularFile)
        .filter(Folder::isShown)
        .filter(file -> file.getFileName().toString().matches(".*\\.(yaml|yml|json)"))
        .filter(file -> file.getFileName().toString().startsWith("template.") || looksRight(file))
        .toList();
  }

  private static boolean isShown(Path path) {
    return !path.getFileName().toString().startsWith(".");
  }

  private static boolean looksRight(Path file) {
    try {
      String text = Files.readString(file);
      return text.contains("AWSTemplateFormatVersion")
          || text.contains("AWS::Serverless-2016-10-31")
          || (text.contains("Resources") && text.contains("AWS::"));
    } catch (IOException e) {
      throw new UncheckedIOException(file + " can't be read", e);
    }
  }

  private static Stream<Path> sorted(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " can't be listed", e);
    }
  }
}
