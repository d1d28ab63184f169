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

  /**
   * Preparing a type takes far longer than using it, so it is done once, and by who first needs it.
   */
  private static final Map<Class<?>, Prepared> PREPARED = new ConcurrentHashMap<>();

  private final Class<T> type;

  /** Found in {@link #PREPARED} by who first needs it; the same, should two do so at once. */
  private volatile @Nullable Prepared prepared;

  /** What Jackson knows of a type; {@code partReader} is as {@code reader}, where more follows. */
  private record Prepared(ObjectWriter writer, ObjectReader reader, ObjectReader partReader) {
    static Prepared of(Class<?> type) {
      ObjectReader reader = MAPPER.readerFor(type);
      return new Prepared(
          MAPPER.writerFor(type).without(SerializationFeature.FLUSH_AFTER_WRITE_VALUE),
          reader,
          reader.without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS));
    }
  }

  public Codec(Class<T> type) {
    this.type = type;
  }

  private Prepared prepared() {
    Prepared known = prepared;
    if (known == null) {
      known = PREPARED.computeIfAbsent(type, Prepared::of);
      prepared = known;
    }
    return known;
  }

  /** The value as a JSON tree that shares nothing with it. */
  public JsonNode encode(T value) {
    try {
      return MAPPER.readTree(prepared().writer().writeValueAsBytes(value));
    } catch (IOException e) {
      throw new IllegalStateException("can't write " + value.getClass(), e);
    }
  }

  /** Writes the value where something larger is being written. */
  public void write(T value, JsonGenerator json) throws IOException {
    prepared().writer().writeValue(json, value);
  }

  /** The value as JSON text in UTF-8. */
  public byte[] bytes(T value) {
    try {
      return prepared().writer().writeValueAsBytes(value);
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
      return prepared().reader().readValue(value);
    } catch (IOException e) {
      throw new IllegalStateException("can't read " + value, e);
    }
  }

  /** Reads the value that begins at the parser's token, where something larger is being read. */
  public T read(JsonParser json) throws IOException {
    return prepared().partReader().readValue(json);
  }

  /** As {@link #decode(JsonNode)}, from the bytes of {@link #bytes}. */
  public T decode(byte[] utf8) {
    try {
      return prepared().reader().readValue(utf8);
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
