package dev.tutti.simulate.judge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.asl.ResultWriter;
import dev.tutti.core.json.Json;
import dev.tutti.core.workflow.MapWriting;
import dev.tutti.core.workflow.execution.Arns;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The files that a map run wrote: a manifest that names them with their sizes, and in them one
 * entry for each child, where it belongs, with what it gave (I8).
 */
final class Written {
  private static final String SUCCEEDED = "SUCCEEDED";

  private final Stock stock;
  private final String run;
  private final MapWriting writing;
  private final String bucket;
  private final String folder;

  /**
   * What has become of a child.
   *
   * @param arn null where it never began
   * @param output null unless it succeeded
   */
  record Child(@Nullable String arn, JsonNode input, @Nullable JsonNode output) {
    private String group() {
      return arn == null ? "PENDING" : output == null ? "FAILED" : SUCCEEDED;
    }
  }

  /** The files of a run that exports its results. */
  Written(Stock stock, String run, MapWriting writing, JsonNode arguments) {
    this.stock = stock;
    this.run = run;
    this.writing = writing;
    this.bucket = arguments.path("Bucket").asText();
    String prefix = arguments.path("Prefix").asText();
    this.folder = (prefix.isEmpty() ? "" : prefix + "/") + run.substring(run.lastIndexOf(':') + 1);
  }

  /** What the state that waits is told. */
  JsonNode result() {
    JsonNode result = Json.object().put("MapRunArn", run);
    result
        .withObject("/ResultWriterDetails")
        .put("Bucket", bucket)
        .put("Key", folder + "/manifest.json");
    return result;
  }

  /**
   * Compares the files.
   *
   * @param children in their order
   * @throws Rejected where they hold anything else
   */
  void compare(List<Child> children) {
    JsonNode manifest = Json.parse(present(folder + "/manifest.json"));
    check(
        manifest.path("DestinationBucket").asText().equals(bucket)
            && manifest.path("MapRunArn").asText().equals(run),
        "the manifest is another's: " + manifest);
    Map<String, List<Child>> groups = new TreeMap<>();
    for (String group : List.of("FAILED", "PENDING", SUCCEEDED)) {
      groups.put(group, new ArrayList<>());
    }
    for (Child child : children) {
      groups.getOrDefault(child.group(), new ArrayList<>()).add(child);
    }
    groups.forEach((group, members) -> {
      String key = folder + "/" + group + "_0." + (writing.lines() ? "jsonl" : "json");
      JsonNode named = manifest.path("ResultFiles").path(group);
      if (members.isEmpty()) {
        check(named.isEmpty() && object(key) == null, "there is a file of nothing: " + key);
        return;
      }
      byte[] file = present(key);
      check(
          named.size() == 1
              && named.path(0).path("Key").asText().equals(key)
              && named.path(0).path("Size").asInt() == file.length,
          "the manifest names " + named + " for " + key);
      entries(group, members, elements(file));
    });
  }

  private void entries(String group, List<Child> members, List<JsonNode> found) {
    boolean bare =
        group.equals(SUCCEEDED) && writing.transformation() != ResultWriter.Transformation.NONE;
    if (bare) {
      List<JsonNode> due = new ArrayList<>();
      members.forEach(child -> add(child.output(), writing.transformation(), due));
      check(found.equals(due), group + " are " + found + ", and have to be " + due);
      return;
    }
    check(found.size() == members.size(), group + " are " + found + ", not " + members);
    for (int i = 0; i < members.size(); i++) {
      check(
          tells(found.get(i), members.get(i)),
          found.get(i) + " tells nothing of " + members.get(i));
    }
  }

  /** Adds what a child's output becomes. */
  static void add(@Nullable JsonNode output, ResultWriter.Transformation as, List<JsonNode> to) {
    JsonNode given = output == null ? Json.object() : output;
    if (as == ResultWriter.Transformation.FLATTEN && given.isArray()) {
      given.forEach(to::add);
    } else {
      to.add(given);
    }
  }

  private static boolean tells(JsonNode entry, Child child) {
    String status = entry.path("Status").asText();
    JsonNode output = child.output();
    if (output != null) {
      return status.equals(SUCCEEDED)
          && Json.parse(entry.path("Output").asText()).equals(output)
          && is(entry, child);
    }
    return child.arn() == null
        ? status.equals("PENDING") && Json.parse(entry.path("Input").asText()).equals(child.input())
        : !status.equals(SUCCEEDED) && !status.equals("PENDING") && is(entry, child);
  }

  /** A child that was stopped has no input there. */
  private static boolean is(JsonNode entry, Child child) {
    String arn = entry.path("ExecutionArn").asText();
    return arn.equals(child.arn())
        && entry.path("Name").asText().equals(Arns.executionName(arn))
        && (!entry.has("Input") || Json.parse(entry.path("Input").asText()).equals(child.input()));
  }

  private List<JsonNode> elements(byte[] file) {
    List<JsonNode> elements = new ArrayList<>();
    if (writing.lines()) {
      new String(file, StandardCharsets.UTF_8).lines().map(Json::parse).forEach(elements::add);
    } else {
      Json.parse(file).forEach(elements::add);
    }
    return elements;
  }

  private byte @Nullable [] object(String key) {
    return stock.object(Arns.account(run), bucket, key);
  }

  private byte[] present(String key) {
    byte[] found = object(key);
    if (found == null) {
      throw new Rejected("there is no " + key);
    }
    return found;
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new Rejected(otherwise);
    }
  }
}
