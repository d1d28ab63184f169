package dev.tutti.services.states.items;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.filter.FilteringParserDelegate;
import com.fasterxml.jackson.core.filter.JsonPointerBasedFilter;
import com.fasterxml.jackson.core.filter.TokenFilter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The elements of an array in a JSON document of any length, from where a page before ended: what
 * follows there is read as if the array began.
 */
final class JsonArray {
  private static final ObjectMapper MAPPER = JsonMapper.builder().build();
  private static final byte[] OPENING = {'['};

  private JsonArray() {}

  /**
   * Fills a page.
   *
   * @param in from {@code offset} on; 0 is the document's beginning, anything else the end of an
   *     element
   * @param pointer to the array (RFC 6901); null where it is the document
   * @return the end of the last element; -1 where there are no more
   */
  static long read(InputStream in, long offset, @Nullable String pointer, Page page)
      throws IOException {
    try {
      if (offset == 0) {
        return first(in, pointer, page);
      }
      long comma = offset;
      int next = in.read();
      while (next == ' ' || next == '\n' || next == '\r' || next == '\t') {
        next = in.read();
        comma++;
      }
      if (next != ',') {
        return -1;
      }
      try (JsonParser parser =
          MAPPER.createParser(new SequenceInputStream(new ByteArrayInputStream(OPENING), in))) {
        parser.nextToken();
        return elements(parser, parser, comma, page);
      }
    } catch (JsonProcessingException e) {
      throw new Unreadable("The object is not valid JSON: " + e.getOriginalMessage());
    }
  }

  private static long first(InputStream in, @Nullable String pointer, Page page)
      throws IOException {
    try (JsonParser parser = MAPPER.createParser(in)) {
      JsonParser seen = pointer == null || pointer.isEmpty() ? parser : pointed(parser, pointer);
      if (seen.nextToken() != JsonToken.START_ARRAY) {
        throw new Unreadable("Attempting to map over non-iterable node.");
      }
      return elements(seen, parser, 0, page);
    }
  }

  private static JsonParser pointed(JsonParser parser, String pointer) throws Unreadable {
    try {
      return new FilteringParserDelegate(
          parser,
          new JsonPointerBasedFilter(JsonPointer.compile(pointer)),
          TokenFilter.Inclusion.ONLY_INCLUDE_ALL,
          false);
    } catch (IllegalArgumentException e) {
      throw new Unreadable("The ItemsPointer is not a JSON pointer: " + pointer);
    }
  }

  /**
   * Takes elements.
   *
   * @param bytes knows how many bytes have been read, of which the opening is one too many or, from
   *     the beginning, none
   */
  private static long elements(JsonParser parser, JsonParser bytes, long base, Page page)
      throws IOException {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == null) {
        throw new Unreadable("The object is not valid JSON: it ends within an array.");
      }
      page.add(MAPPER.readTree(parser));
      if (page.isFull()) {
        return base + bytes.currentLocation().getByteOffset();
      }
    }
    return -1;
  }
}
