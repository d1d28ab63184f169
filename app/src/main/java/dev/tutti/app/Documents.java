package dev.tutti.app;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import dev.tutti.deploy.template.Node;
import dev.tutti.deploy.template.Problem;
import dev.tutti.deploy.template.Problems;
import dev.tutti.deploy.template.TemplateText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Reads what users write: JSON and YAML, from files and from the command line. */
final class Documents {
  private Documents() {}

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new Complaint(
          Files.exists(file) ? file + " can't be read: " + e.getMessage() : "there is no " + file,
          e);
    }
  }

  /** A file's JSON or YAML; its numbers are those of JSON. */
  static JsonNode read(Path file) {
    return Json.parse(Json.write(placed(file).json()));
  }

  /** As {@link #read}, with places. */
  static Node placed(Path file) {
    return placed(file, text(file));
  }

  /** A file's text, with places. */
  static Node placed(Path file, String text) {
    Problems problems = new Problems();
    return TemplateText.read(file.toString(), text, problems)
        .filter(node -> problems.isEmpty())
        .orElseThrow(() ->
            new Complaint(
                problems.sorted().stream()
                    .map(Problem::toString)
                    .collect(Collectors.joining("\n"))));
  }

  /** An option's JSON, or that of the file which {@code @} names. */
  static JsonNode argument(String option, String value) {
    if (value.startsWith("@")) {
      return read(Path.of(value.substring(1)));
    }
    try {
      return Json.parse(value);
    } catch (MalformedJson e) {
      throw new Complaint(option + " is not JSON: " + e.getMessage(), e);
    }
  }
}
