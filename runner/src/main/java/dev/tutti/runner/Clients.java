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
 * @param javaNative the native library of AWS's client. Left to itself the client writes it over a
 *     fixed file in {@code /tmp} at each start, under the feet of processes that have it mapped
 */
record Clients(Path directory, Path node, Path python, String javaClassPath, Path javaNative) {
  static final String JAVA_MAIN = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

  /** The system property that names the native library to AWS's client. */
  static final String JAVA_NATIVE_PROPERTY =
      "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

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
        javaClassPath(Clients.class.getClassLoader()),
        unpack(directory, "/jni/" + nativeLibrary()));
  }

  /** Named as AWS's client names it for this machine. */
  private static String nativeLibrary() {
    boolean arm = System.getProperty("os.arch", "").equals("aarch64");
    boolean musl = Files.exists(Path.of("/lib/ld-musl-" + (arm ? "aarch64" : "x86_64") + ".so.1"));
    return "libaws-lambda-jni."
        + (musl ? "linux_musl" : "linux")
        + (arm ? "-aarch_64" : "-x86_64")
        + ".so";
  }

  private static Path unpack(Path directory, String resource) throws IOException {
    String name = resource.substring(resource.lastIndexOf('/') + 1);
    try (InputStream in = Clients.class.getResourceAsStream(resource)) {
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
