package dev.tutti.deploy.resource;

import dev.tutti.deploy.template.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds a function's code and looks at it, as far as that is possible without running it. */
final class Code {
  private static final byte[] NONE = {};

  private Code() {}

  /** Packs what a path names; a problem and nothing where that can't be code. */
  static byte[] at(Shape shape, String property, String path, Site site) {
    if (path.startsWith("s3://") || path.startsWith("https://")) {
      shape.problem(property, "code in a bucket is not supported, only a file or folder here");
      return NONE;
    }
    Path code = site.folder().resolve(path).normalize();
    String label = site.label(code);
    if (!Files.exists(code)) {
      shape.problem(property, "there is no " + label);
      return NONE;
    }
    try {
      return Archive.of(code);
    } catch (IOException | UncheckedIOException e) {
      shape.problem(property, label + " can't be packed: " + e.getMessage());
      return NONE;
    }
  }

  /** Packs code that the template itself holds, under the name that Lambda gives it. */
  static byte[] inline(Shape shape, String property, String text, @Nullable String runtime) {
    String name =
        runtime == null
            ? ""
            : runtime.startsWith("python")
                ? "index.py"
                : runtime.startsWith("nodejs") ? "index.js" : "";
    if (name.isEmpty()) {
      shape.problem(property, "code in the template is for Python and Node.js only");
      return NONE;
    }
    try {
      return Archive.inline(name, text);
    } catch (IOException e) {
      throw new UncheckedIOException("an archive in memory can't be written", e);
    }
  }

  /**
   * Looks for the handler's file where the code is a folder and the runtime says what it is called,
   * and for sources that would have to be built first.
   */
  static void checkHandler(
      Shape shape, Path code, @Nullable String runtime, @Nullable String handler, Site site) {
    if (runtime == null || handler == null || !Files.isDirectory(code)) {
      return;
    }
    if (runtime.startsWith("java")
        && Stream.of("pom.xml", "build.gradle", "build.gradle.kts")
            .anyMatch(file -> Files.exists(code.resolve(file)))) {
      shape.problem(
          "CodeUri", site.label(code) + " holds sources: build them and name the jar instead");
      return;
    }
    List<String> endings =
        runtime.startsWith("python")
            ? List.of(".py", "/__init__.py")
            : runtime.startsWith("nodejs") ? List.of(".js", ".mjs", ".cjs") : List.of();
    int dot = handler.lastIndexOf('.');
    if (endings.isEmpty() || dot < 0) {
      return;
    }
    String file = handler.substring(0, dot);
    String module = runtime.startsWith("python") ? file.replace('.', '/') : file;
    if (endings.stream().noneMatch(ending -> Files.exists(code.resolve(module + ending)))) {
      shape.problem(
          "Handler",
          "there is no "
              + site.label(code.resolve(module + endings.getFirst()))
              + " for "
              + handler);
    }
  }
}
