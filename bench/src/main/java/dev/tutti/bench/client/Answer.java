package dev.tutti.bench.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An answer where it was read: valid until its connection reads on.
 *
 * @param status of HTTP
 * @param buffer holds the content
 * @param from where the content begins
 * @param to where it ends
 */
public record Answer(int status, byte[] buffer, int from, int to) {
  private static final int OK = 200;

  /** Whether the status is one of success. */
  public boolean isGood() {
    return status / 100 == OK / 100;
  }

  /** Whether the content has a piece of text. */
  public boolean has(byte[] piece) {
    return indexOf(piece, from) >= 0;
  }

  /**
   * Finds a text member without parsing; null where there is none.
   *
   * @param opening the member's name and all up to the text, for example {@code "status":"}
   */
  public @Nullable String text(byte[] opening) {
    int at = indexOf(opening, from);
    if (at < 0) {
      return null;
    }
    int begin = at + opening.length;
    int end = begin;
    while (end < to && buffer[end] != '"') {
      end++;
    }
    return new String(buffer, begin, end - begin, StandardCharsets.UTF_8);
  }

  public JsonNode json() {
    return from == to ? Json.object() : Json.parse(Arrays.copyOfRange(buffer, from, to));
  }

  /** The beginning of the content, for messages. */
  public String excerpt() {
    int end = Math.min(to, from + 300);
    return status + " " + new String(buffer, from, end - from, StandardCharsets.UTF_8);
  }

  private int indexOf(byte[] piece, int begin) {
    for (int at = begin; at <= to - piece.length; at++) {
      int i = 0;
      while (i < piece.length && buffer[at + i] == piece[i]) {
        i++;
      }
      if (i == piece.length) {
        return at;
      }
    }
    return -1;
  }
}
