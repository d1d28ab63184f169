package dev.tutti.deploy.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.deploy.template.Place;
import dev.tutti.deploy.template.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a function's two types, SAM's and Lambda's own, have in common. */
final class FunctionReading {
  private final String logicalId;
  private final Place place;
  private final Shape shape;
  private final Site site;
  private final @Nullable String runtime;
  private final @Nullable String handler;
  private final String deadLetters;

  /**
   * Begins to read.
   *
   * @param deadLetters what the type calls the queue or topic that gets what was given up
   */
  FunctionReading(String logicalId, Place place, Shape shape, Site site, String deadLetters) {
    this.deadLetters = deadLetters;
    this.logicalId = logicalId;
    this.place = place;
    this.shape = shape;
    this.site = site;
    this.runtime = shape.text("Runtime");
    this.handler = shape.text("Handler");
  }

  byte[] inline(String property, Shape holder, String text) {
    return Code.inline(holder, property, text, runtime);
  }

  byte[] at(String property, String path) {
    byte[] code = Code.at(shape, property, path, site);
    Path folder = site.folder().resolve(path).normalize();
    if (code.length > 0) {
      Code.checkHandler(shape, folder, runtime, handler, site);
    }
    return code;
  }

  /** The function that the common properties and the given code describe. */
  Resource function(byte[] code) {
    String packageType = shape.text("PackageType");
    if (packageType != null && !packageType.equals("Zip")) {
      shape.problem("PackageType", packageType + " is not supported, only Zip is");
    }
    shape.refuse("Layers", "pack what they hold with the code");
    String given = shape.text("FunctionName");
    String name = given == null ? site.name(logicalId, 64) : given;
    if (given != null && !given.matches("[A-Za-z0-9_-]{1,64}")) {
      shape.problem("FunctionName", "a name has up to 64 letters, digits, - and _");
    }
    String arn = site.arn("lambda", "function:" + name);
    FunctionBody body =
        new FunctionBody(
            name, configuration(), code, shape.texts("Architectures"), Tags.read(shape, site));
    return new Resource(
        logicalId, FunctionBody.TYPE, place, arn, name, Map.of("Arn", arn), Set.of(), "", body);
  }

  private ObjectNode configuration() {
    ObjectNode configuration = Json.object();
    if (runtime == null || handler == null) {
      shape.problem(
          runtime == null ? "Runtime" : "Handler", "a function needs a Runtime and a Handler");
    } else {
      configuration.put("Runtime", runtime).put("Handler", handler);
    }
    String role = shape.text("Role");
    configuration.put("Role", role == null ? site.implicitRole(logicalId) : role);
    configuration.put("Timeout", orElse(shape.integer("Timeout"), 3));
    configuration.put("MemorySize", orElse(shape.integer("MemorySize"), 128));
    String description = shape.text("Description");
    if (description != null) {
      configuration.put("Description", description);
    }
    Shape environment = shape.shape("Environment");
    if (environment != null) {
      Map<String, String> variables = environment.textsByName("Variables");
      configuration.putObject("Environment").set("Variables", Tags.byName(variables));
      environment.done();
    }
    Shape letters = shape.shape(deadLetters);
    if (letters != null) {
      letters.text("Type");
      configuration.putObject("DeadLetterConfig").put("TargetArn", letters.required("TargetArn"));
      letters.done();
    }
    for (String property : List.of("EphemeralStorage", "LoggingConfig")) {
      var value = shape.json(property);
      if (value != null) {
        configuration.set(property, value);
      }
    }
    return configuration;
  }

  private static int orElse(@Nullable Integer value, int fallback) {
    return value == null ? fallback : value;
  }
}
