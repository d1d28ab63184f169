package dev.tutti.core.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes the records of a sealed interface as JSON and reads them back: {@code {"StateEntered":
 * {…}}}. The name is the record's simple name; no annotation on the records is needed.
 *
 * @param <T> the sealed interface
 */
public final class Codec<T> {
  private static final ObjectMapper MAPPER =
      Json.mapper()
          .copy()
          .setAnnotationIntrospector(new SealedTypes())
          .setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          // What a codec reads, a codec has written: no member comes twice.
          .disable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  /** Preparing a type takes far longer than using it. */
  private static final Map<Class<?>, ObjectReader> READERS = new ConcurrentHashMap<>();

  private static final Map<Class<?>, ObjectReader> PART_READERS = new ConcurrentHashMap<>();
  private static final Map<Class<?>, ObjectWriter> WRITERS = new ConcurrentHashMap<>();

  private final ObjectWriter writer;
  private final ObjectReader reader;

  /** As {@code reader}, where more follows. */
  private final ObjectReader partReader;

  public Codec(Class<T> type) {
    this.writer =
        WRITERS.computeIfAbsent(
            type, t -> MAPPER.writerFor(t).without(SerializationFeature.FLUSH_AFTER_WRITE_VALUE));
    this.reader = READERS.computeIfAbsent(type, MAPPER::readerFor);
    this.partReader =
        PART_READERS.computeIfAbsent(
            type, _ -> reader.without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS));
  }

  /** The value as a JSON tree that shares nothing with it. */
  public JsonNode encode(T value) {
    try {
      return MAPPER.readTree(writer.writeValueAsBytes(value));
    } catch (IOException e) {
      throw new IllegalStateException("can't write " + value.getClass(), e);
    }
  }

  /** Writes the value where something larger is being written. */
  public void write(T value, JsonGenerator json) throws IOException {
    writer.writeValue(json, value);
  }

  /** The value as JSON text in UTF-8. */
  public byte[] bytes(T value) {
    try {
      return writer.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("can't write " + value.getClass(), e);
    }
  }

  /**
   * Reads what {@link #encode} or {@link #bytes} wrote.
   *
   * @throws IllegalStateException where it is not of this codec's type
   */
  public T decode(JsonNode value) {
    try {
      return reader.readValue(value);
    } catch (IOException e) {
      throw new IllegalStateException("can't read " + value, e);
    }
  }

  /** Reads the value that begins at the parser's token, where something larger is being read. */
  public T read(JsonParser json) throws IOException {
    return partReader.readValue(json);
  }

  /** As {@link #decode(JsonNode)}, from the bytes of {@link #bytes}. */
  public T decode(byte[] utf8) {
    try {
      return reader.readValue(utf8);
    } catch (IOException e) {
      throw new IllegalStateException("what was stored can't be read", e);
    }
  }

  /** Teaches Jackson that a sealed interface is one of its permitted records, by simple name. */
  private static final class SealedTypes extends JacksonAnnotationIntrospector {
    @Override
    public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(
        MapperConfig<?> config, Annotated annotated) {
      if (annotated instanceof AnnotatedClass type && isSealedInterface(type.getRawType())) {
        return JsonTypeInfo.Value.construct(
            JsonTypeInfo.Id.NAME, JsonTypeInfo.As.WRAPPER_OBJECT, null, null, false, true, null);
      }
      return super.findPolymorphicTypeInfo(config, annotated);
    }

    @Override
    public @Nullable List<NamedType> findSubtypes(Annotated annotated) {
      if (annotated instanceof AnnotatedClass type && isSealedInterface(type.getRawType())) {
        List<NamedType> subtypes = new ArrayList<>();
        collect(type.getRawType(), subtypes);
        return subtypes;
      }
      return super.findSubtypes(annotated);
    }

    private static void collect(Class<?> sealed, List<NamedType> into) {
      for (Class<?> permitted : sealed.getPermittedSubclasses()) {
        if (permitted.isSealed()) {
          collect(permitted, into);
        } else {
          into.add(new NamedType(permitted, permitted.getSimpleName()));
        }
      }
    }

    private static boolean isSealedInterface(Class<?> type) {
      return type.isInterface() && type.isSealed();
    }
  }
}
