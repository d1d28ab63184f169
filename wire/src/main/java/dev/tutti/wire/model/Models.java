package dev.tutti.wire.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The services whose models are packed with this program. A table is read when first asked for. */
public final class Models {
  private static final String TABLES = "/dev/tutti/models/tables/";
  private static final List<Metadata> INDEX = index();
  private static final Map<String, ServiceModel> LOADED = new ConcurrentHashMap<>();

  private Models() {}

  /** Every service that takes requests, without loading any. */
  public static List<Metadata> services() {
    return INDEX.stream().filter(service -> !service.known()).toList();
  }

  /** Every service whose shapes are known, without loading any. */
  public static List<Metadata> all() {
    return INDEX;
  }

  /**
   * The model of a service by its name in calls.
   *
   * @throws IllegalArgumentException where there is no such service
   */
  public static ServiceModel of(String service) {
    return LOADED.computeIfAbsent(
        service,
        name -> {
          if (INDEX.stream().noneMatch(known -> known.name().equals(name))) {
            throw new IllegalArgumentException("there is no model of a service " + name);
          }
          return TableReader.read(table(name));
        });
  }

  private static List<Metadata> index() {
    List<Metadata> services = new ArrayList<>();
    table("index").forEach(entry -> services.add(Metadata.of(entry)));
    return List.copyOf(services);
  }

  private static JsonNode table(String name) {
    try (InputStream in = Models.class.getResourceAsStream(TABLES + name + ".json")) {
      if (in == null) {
        throw new IllegalStateException("the table " + name + " is not on the class path");
      }
      return Json.parse(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
