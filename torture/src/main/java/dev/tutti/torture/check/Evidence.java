package dev.tutti.torture.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What clients and subscribers took down, one JSON object a line.
 *
 * <ul>
 *   <li>acks: {@code op} start ({@code name, input}), put ({@code detail}) or send ({@code group,
 *       n}), redrive ({@code name}), each with {@code at} and {@code answer}; or refused
 *   <li>also acks: {@code op} trespassed or turnedAway, used or usedAgain, with {@code operation}
 *   <li>receipts: {@code op} notified (an event), invoked ({@code request}) or received (a message:
 *       {@code group, n, id}), under {@code body}
 * </ul>
 */
public record Evidence(List<JsonNode> acks, List<JsonNode> receipts) {
  public Evidence {
    acks = List.copyOf(acks);
    receipts = List.copyOf(receipts);
  }

  /** Reads what is in a run's folder. */
  public static Evidence read(Path folder) {
    return new Evidence(
        lines(folder.resolve("acks.jsonl")), lines(folder.resolve("receipts.jsonl")));
  }

  private static List<JsonNode> lines(Path file) {
    try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
      return lines.map(Json::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (MalformedJson e) {
      throw new IllegalStateException(file + " is no log of JSON lines", e);
    }
  }

  /** What was acknowledged of a kind of request. */
  public List<JsonNode> acks(String op) {
    return acks.stream().filter(line -> line.path("op").asText().equals(op)).toList();
  }

  /** Receipts of a kind as they were taken down, with their times. */
  public List<JsonNode> receiptLines(String op) {
    return receipts.stream().filter(line -> line.path("op").asText().equals(op)).toList();
  }

  List<JsonNode> receipts(String op) {
    return receipts.stream()
        .filter(line -> line.path("op").asText().equals(op))
        .map(line -> line.path("body"))
        .toList();
  }
}
