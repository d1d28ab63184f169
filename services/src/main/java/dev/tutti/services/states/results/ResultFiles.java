package dev.tutti.services.states.results;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.asl.ResultWriter;
import dev.tutti.core.json.Codec;
import dev.tutti.core.json.Json;
import dev.tutti.core.workflow.MapRunRows;
import dev.tutti.core.workflow.MapWriting;
import dev.tutti.core.workflow.execution.Arns;
import dev.tutti.host.Reader;
import dev.tutti.services.Exchange;
import dev.tutti.services.objects.Bucket;
import dev.tutti.services.objects.ObjectStore;
import dev.tutti.services.objects.StoredObject;
import dev.tutti.wire.ServiceError;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the results of a map run (developer guide, "ResultWriter"): a file for the children that
 * succeeded, one for those that didn't, one for those that never began, and a manifest that names
 * them. They are read from rows a page at a time. Written again, they are the same.
 */
public final class ResultFiles {
  private static final Logger LOG = LoggerFactory.getLogger(ResultFiles.class);
  private static final int PAGE = 500;

  /** What S3 says of a missing object to those who may write objects and not list them. */
  private static final int FORBIDDEN = 403;

  private static final Codec<MapWriting> WRITINGS = new Codec<>(MapWriting.class);
  private static final List<String> GROUPS = List.of("FAILED", "PENDING", "SUCCEEDED");

  private final ObjectStore store;

  public ResultFiles(ObjectStore store) {
    this.store = store;
  }

  /** What {@link dev.tutti.core.workflow.MapRunCalls#WRITE_RESULTS} does. */
  public JsonNode write(Exchange exchange) {
    String run = exchange.input().path("mapRunArn").asText();
    MapWriting writing = WRITINGS.decode(exchange.input().path("writing"));
    JsonNode arguments = writing.arguments() == null ? Json.object() : writing.arguments();
    Bucket bucket = new Bucket(exchange.context(), arguments.path("Bucket").asText());
    String prefix = arguments.path("Prefix").asText("").replaceAll("^/+|/+$", "");
    String folder = (prefix.isEmpty() ? "" : prefix + "/") + Arns.name(run) + "/";
    try {
      ObjectNode manifest = Json.object();
      manifest.put("DestinationBucket", bucket.name());
      manifest.put("MapRunArn", run);
      ObjectNode files = manifest.putObject("ResultFiles");
      for (String group : GROUPS) {
        ArrayNode named = files.putArray(group);
        String key = folder + group + "_0." + (writing.lines() ? "jsonl" : "json");
        if (has(exchange.reader(), run, group)) {
          StoredObject stored = group(exchange.reader(), run, group, writing, bucket, key);
          named.addObject().put("Key", key).put("Size", stored.size());
        } else {
          removeEarlier(bucket, key);
        }
      }
      String key = folder + "manifest.json";
      byte[] bytes = Json.bytes(manifest);
      StoredObject _ = store.put(bucket, key, JSON, out -> out.write(bytes));
      ObjectNode result = Json.object();
      result.put("MapRunArn", run);
      result.putObject("ResultWriterDetails").put("Bucket", bucket.name()).put("Key", key);
      return result;
    } catch (ObjectStore.NoSuchBucket e) {
      throw new ServiceError(
          "ResultWriterFailed", "The specified bucket does not exist: " + bucket.name());
    } catch (IOException e) {
      throw new ServiceError(
          "ResultWriterFailed", "The results can't be written: " + e.getMessage());
    }
  }

  private static final StoredObject.Kind JSON =
      new StoredObject.Kind("application/json", null, Map.of());

  /** Whether any child belongs to a group. */
  private static boolean has(Reader reader, String run, String group) {
    List<Reader.Row> rows = reader.rows(MapRunRows.RESULTS, List.of(run), null, PAGE);
    while (!rows.isEmpty()) {
      if (rows.stream().anyMatch(row -> group.equals(groupOf(row.value())))) {
        return true;
      }
      rows = reader.rows(MapRunRows.RESULTS, List.of(run), rows.getLast().key(), PAGE);
    }
    return false;
  }

  /** Removes a file that was written before a redrive emptied its group. */
  private void removeEarlier(Bucket bucket, String key) throws IOException {
    try {
      if (store.find(bucket, key).isPresent()) {
        store.delete(bucket, key);
      }
    } catch (ObjectStore.Refused e) {
      if (e.status() != FORBIDDEN) {
        throw e;
      }
      LOG.debug("{} can't be seen, so there is none that was written from here", key, e);
    }
  }

  private StoredObject group(
      Reader reader, String run, String group, MapWriting writing, Bucket bucket, String key)
      throws IOException {
    return store.put(
        bucket,
        key,
        JSON,
        out -> {
          if (!writing.lines()) {
            out.write('[');
          }
          boolean first = true;
          List<Reader.Row> rows = reader.rows(MapRunRows.RESULTS, List.of(run), null, PAGE);
          while (!rows.isEmpty()) {
            for (Reader.Row row : rows) {
              if (group.equals(groupOf(row.value()))) {
                for (JsonNode entry : entries(row.value(), group, writing.transformation())) {
                  entry(out, entry, writing.lines(), first);
                  first = false;
                }
              }
            }
            rows = reader.rows(MapRunRows.RESULTS, List.of(run), rows.getLast().key(), PAGE);
          }
          if (!writing.lines()) {
            out.write(']');
          }
        });
  }

  private static void entry(OutputStream out, JsonNode entry, boolean line, boolean first)
      throws IOException {
    if (!line && !first) {
      out.write(',');
    }
    out.write(Json.bytes(entry));
    if (line) {
      out.write('\n');
    }
  }

  private static String groupOf(JsonNode row) {
    return switch (row.path("Status").asText()) {
      case "SUCCEEDED" -> "SUCCEEDED";
      case "PENDING" -> "PENDING";
      default -> "FAILED";
    };
  }

  /** What a child's row becomes: of one that didn't succeed always all that there is. */
  private static Iterable<JsonNode> entries(
      JsonNode row, String group, ResultWriter.Transformation transformation) {
    if (!group.equals("SUCCEEDED") || transformation == ResultWriter.Transformation.NONE) {
      return List.of(row);
    }
    JsonNode output = Json.parse(row.path("Output").asText("null"));
    boolean flat = transformation == ResultWriter.Transformation.FLATTEN && output.isArray();
    return flat ? output : List.of(output);
  }
}
