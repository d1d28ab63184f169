package dev.tutti.runner;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.CodeSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The programs that speak the Runtime API inside a function's process: our own for Node and Python,
 * taken out of this jar into a folder, and AWS's for Java, from wherever this program loads it.
 *
 * @param directory of all of them
 * @param javaClassPath of AWS's client
 */
record Clients(Path directory, Path node, Path python, String javaClassPath) {
  static final String JAVA_MAIN = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

  /** One class of each jar that AWS's client needs. */
  private static final List<String> JAVA_CLASSES =
      List.of(
          JAVA_MAIN,
          "com.amazonaws.services.lambda.runtime.RequestHandler",
          "com.amazonaws.services.lambda.runtime.serialization.PojoSerializer",
          "software.amazon.awssdk.utilslite.SdkInternalThreadLocal");

  static Clients unpack(Path directory) throws IOException {
    Files.createDirectories(directory);
    return new Clients(
        directory,
        unpack(directory, "client.cjs"),
        unpack(directory, "client.py"),
        javaClassPath(Clients.class.getClassLoader()));
  }

  private static Path unpack(Path directory, String name) throws IOException {
    try (InputStream in = Clients.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("this program was built without " + name);
      }
      Path aside = Files.createTempFile(directory, name, ".new");
      Files.copy(in, aside, StandardCopyOption.REPLACE_EXISTING);
      return Files.move(
          aside,
          directory.resolve(name),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static String javaClassPath(ClassLoader loader) throws IOException {
    Set<String> path = new LinkedHashSet<>();
    for (String name : JAVA_CLASSES) {
      try {
        CodeSource source =
            Class.forName(name, false, loader).getProtectionDomain().getCodeSource();
        URL location = source == null ? null : source.getLocation();
        if (location == null) {
          throw new IOException("nobody knows where " + name + " was loaded from");
        }
        path.add(Path.of(location.toURI()).toString());
      } catch (ClassNotFoundException | URISyntaxException e) {
        throw new IOException("AWS's runtime client for Java isn't on the class path", e);
      }
    }
    return String.join(File.pathSeparator, path);
  }
}
