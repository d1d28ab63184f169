package dev.tutti.services.states.items;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Rows of delimited text (RFC 4180): fields in quotation marks may hold anything, a missing field
 * is empty, fields beyond the headers are left out, and so are empty lines. A backslash, quotation
 * mark or delimiter after a backslash is only itself, and any other backslash is left out
 * (developer guide, "How Step Functions parses input CSV files").
 */
final class CsvRows {
  private final List<String> headers;
  private final byte delimiter;

  CsvRows(List<String> headers, String delimiter) throws Unreadable {
    if (new HashSet<>(headers).size() != headers.size()) {
      throw new Unreadable("CSV headers cannot contain duplicates.");
    }
    this.headers = headers;
    this.delimiter = (byte) delimiter.charAt(0);
  }

  /** The next row as an object; text must not be at its end. */
  JsonNode item(Text text) throws IOException {
    List<String> fields = fields(text, delimiter);
    ObjectNode item = Json.object();
    for (int i = 0; i < headers.size(); i++) {
      item.put(headers.get(i), i < fields.size() ? fields.get(i) : "");
    }
    return item;
  }

  /** Passes over empty lines. */
  static void skipEmptyLines(Text text) throws IOException {
    while (text.peek() == '\n' || text.peek() == '\r') {
      int _ = text.read();
    }
  }

  static List<String> fields(Text text, byte delimiter) throws IOException {
    var fields = new ArrayList<String>();
    while (true) {
      fields.add(field(text, delimiter));
      int end = text.read();
      if (end == '\r' && text.peek() == '\n') {
        end = text.read();
      }
      if (end != delimiter) {
        return fields;
      }
    }
  }

  /** Up to a delimiter, the end of the line or of the text, none of which is taken. */
  private static String field(Text text, byte delimiter) throws IOException {
    var bytes = new ByteArrayOutputStream();
    boolean quoted = text.peek() == '"';
    if (quoted) {
      int _ = text.read();
      while (!text.atEnd()) {
        if (text.peek() == '"') {
          int _ = text.read();
          if (text.peek() != '"') {
            break;
          }
          text.add(bytes);
        } else {
          take(text, delimiter, bytes);
        }
      }
    }
    while (!text.atEnd()
        && text.peek() != delimiter
        && text.peek() != '\n'
        && text.peek() != '\r') {
      take(text, delimiter, bytes);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** Takes the byte to come, or a backslash and what it escapes, if anything. */
  private static void take(Text text, byte delimiter, ByteArrayOutputStream to) throws IOException {
    if (text.peek() == '\\') {
      int _ = text.read();
      if (text.peek() != '\\' && text.peek() != '"' && text.peek() != delimiter) {
        return;
      }
    }
    text.add(to);
  }
}
