package dev.tutti.deploy;

import dev.tutti.deploy.template.Node;
import dev.tutti.deploy.template.Place;
import dev.tutti.deploy.template.Problems;
import dev.tutti.deploy.template.Shape;
import dev.tutti.deploy.template.TemplateText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code tutti.yaml} says; a key that isn't known is a problem where it stands. */
record Settings(Map<String, Of> contexts, List<Path> dataFolders) {
  private static final String FILE = "tutti.yaml";

  /** What it says of a context; an empty account where it says none. */
  record Of(Place place, String account, List<String> accessKeys, Map<String, String> parameters) {}

  Of of(String context) {
    Of setting = contexts.get(context);
    return setting == null ? new Of(Place.of(FILE), "", List.of(), Map.of()) : setting;
  }

  static Settings read(Path root, Path data, Problems problems) {
    Path file = root.resolve(FILE);
    if (!Files.exists(file)) {
      return new Settings(Map.of(), List.of());
    }
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " can't be read", e);
    }
    Map<String, Of> contexts = new LinkedHashMap<>();
    List<Path> dataFolders = new ArrayList<>();
    Optional<Node> node = TemplateText.read(FILE, text, problems);
    if (node.isPresent()) {
      Shape top = Shape.of(FILE, node.get(), problems);
      Shape all = top.shape("contexts");
      if (all != null) {
        for (String name : all.names()) {
          Shape context = all.shape(name);
          if (context != null) {
            contexts.put(name, context(context, all.place(name), root, data, dataFolders));
          }
        }
      }
      top.done();
    }
    return new Settings(contexts, dataFolders);
  }

  private static Of context(
      Shape context, Place place, Path root, Path data, List<Path> dataFolders) {
    String account = context.text("account");
    if (account != null && !account.matches("\\d{12}")) {
      context.problem("account", "an account is twelve digits, not " + account);
    }
    List<String> keys = context.texts("accessKeys");
    Map<String, String> parameters = new LinkedHashMap<>();
    Shape given = context.shape("parameters");
    if (given != null) {
      for (String name : given.names()) {
        String value = parameter(given, name, root, data, dataFolders);
        if (value != null) {
          parameters.put(name, value);
        }
      }
    }
    context.done();
    return new Of(place, account == null ? "" : account, keys, parameters);
  }

  private static @org.jspecify.annotations.Nullable String parameter(
      Shape given, String name, Path root, Path data, List<Path> dataFolders) {
    if (!(given.node(name) instanceof Node.Fields)) {
      return given.text(name);
    }
    Shape form = given.shape(name);
    if (form == null) {
      return null;
    }
    String path = form.text("path");
    String folder = form.text("data");
    form.done();
    if ((path == null) == (folder == null)) {
      given.problem(name, "must be text, {path: ...} or {data: ...}");
      return null;
    }
    if (path != null) {
      return root.resolve(path).normalize().toString();
    }
    Path resolved = data.resolve(String.valueOf(folder)).normalize();
    if (!resolved.startsWith(data) || resolved.equals(data)) {
      given.problem(name, "must be a folder in the data directory");
      return null;
    }
    dataFolders.add(resolved);
    return resolved.toString();
  }
}
