package dev.tutti.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes one table per service and an index of all of them.
 *
 * <p>For every line of {@code services.txt}: read the model (C2J JSON) out of {@code own/} or off
 * the class path, lay the service's overlay over it, keep what a server needs ({@link Table}),
 * write {@code <name>.json}. The index tells what it takes to choose a service for a request, so
 * that a table is loaded only when its service is called.
 */
final class GenerateTables {
  private static final ObjectMapper JSON = new ObjectMapper();

  private GenerateTables() {}

  /** Arguments: the folder of {@code services.txt} and {@code overlay/}, the folder to write to. */
  public static void main(String[] args) throws IOException {
    Path sources = Path.of(args[0]);
    Path target = Path.of(args[1]);
    Files.createDirectories(target);
    ArrayNode index = JSON.createArrayNode();
    for (String line : Files.readAllLines(sources.resolve("services.txt"))) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      List<String> words = List.of(line.trim().split("\\s+", -1));
      boolean known = words.size() == 3 && words.get(2).equals("known");
      if (words.size() != 2 && !known) {
        throw new IllegalArgumentException("services.txt: expected a name and a model: " + line);
      }
      String name = words.getFirst();
      ObjectNode model = model(sources, words.get(1));
      Path overlay = sources.resolve("overlay").resolve(name + ".json");
      if (Files.exists(overlay)) {
        Overlay.lay(JSON.readTree(Files.readString(overlay)), model);
      }
      ObjectNode table = Table.of(name, model);
      JSON.writeValue(target.resolve(name + ".json").toFile(), table);
      ObjectNode metadata = (ObjectNode) table.get("metadata");
      if (known) {
        metadata.put("known", true);
      }
      if (Files.exists(own(sources, words.get(1)))) {
        metadata.put("partial", true);
      }
      index.add(metadata);
    }
    JSON.writeValue(target.resolve("index.json").toFile(), index);
  }

  private static Path own(Path sources, String file) {
    return sources.resolve("own").resolve(file + ".json");
  }

  private static ObjectNode model(Path sources, String file) throws IOException {
    Path own = own(sources, file);
    if (Files.exists(own)) {
      return (ObjectNode) JSON.readTree(Files.readString(own));
    }
    String resource = "/models/" + file + "-model.json";
    try (InputStream in = GenerateTables.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException("there is no model " + resource + " on the class path");
      }
      JsonNode model = JSON.readTree(in);
      return (ObjectNode) model;
    }
  }
}
