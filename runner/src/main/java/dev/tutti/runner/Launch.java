package dev.tutti.runner;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a function's process is started: its command, its whole environment, and what the kernel
 * limits.
 *
 * @param dataKilobytes limit on private writable memory; 0 where the runtime has a limit of its own
 */
record Launch(List<String> command, Map<String, String> environment, long dataKilobytes) {
  /** What a process of one runtime may have beside the function's memory, in MB. */
  private static final int JAVA_OWN_MEGABYTES = 64;

  static Launch of(
      Function function, Runtimes.Found.Program program, Clients clients, Surroundings around) {
    long memory = function.memoryMegabytes();
    long data = (2 * memory + 512) * 1024;
    String executable = program.executable().toString();
    Map<String, String> environment = environment(function, program, clients, around);
    return switch (program.kind()) {
      case NODE ->
          new Launch(
              List.of(executable, "--max-old-space-size=" + memory, clients.node().toString()),
              environment,
              0);
      case PYTHON ->
          new Launch(List.of(executable, "-u", clients.python().toString()), environment, data);
      case JAVA ->
          new Launch(
              List.of(
                  executable,
                  "-Xmx" + memory * 85 / 100 + "m",
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+IgnoreUnrecognizedVMOptions",
                  "--enable-native-access=ALL-UNNAMED",
                  "-Djava.io.tmpdir=" + around.temporary(),
                  "-XX:ErrorFile=" + around.temporary().resolve("jvm-crash.log"),
                  "-D" + Clients.JAVA_NATIVE_PROPERTY + "=" + clients.javaNative(),
                  "-cp",
                  clients.javaClassPath(),
                  Clients.JAVA_MAIN,
                  function.handler()),
              environment,
              0);
      case PROVIDED ->
          new Launch(List.of(function.code().resolve("bootstrap").toString()), environment, data);
    };
  }

  /** Resident memory at which a process is ended, in KiB. */
  static long residentBoundKilobytes(Function function, Runtimes.Kind kind) {
    int own = kind == Runtimes.Kind.JAVA ? JAVA_OWN_MEGABYTES : 0;
    return (function.memoryMegabytes() + own) * 1024L;
  }

  /**
   * What a process is given beside its function.
   *
   * @param runtimeApi host and port
   * @param temporary its own folder
   */
  record Surroundings(String runtimeApi, Path temporary, String logStream, String endpointUrl) {}

  /**
   * First what a function may replace, then its own variables, then what Lambda reserves. Nothing
   * of this program's environment is in it.
   */
  private static Map<String, String> environment(
      Function function, Runtimes.Found.Program program, Clients clients, Surroundings around) {
    Map<String, String> environment = new HashMap<>();
    Path directory = program.executable().getParent();
    String own =
        directory == null || program.kind() == Runtimes.Kind.PROVIDED ? "" : directory + ":";
    environment.put("PATH", own + "/usr/local/bin:/usr/bin:/bin:/opt/bin");
    environment.put("LANG", "en_US.UTF-8");
    environment.put("TZ", ":UTC");
    environment.put("HOME", around.temporary().toString());
    environment.put("TMPDIR", around.temporary().toString());
    environment.put("AWS_ENDPOINT_URL", around.endpointUrl());

    environment.putAll(function.environment());

    environment.put("AWS_LAMBDA_RUNTIME_API", around.runtimeApi());
    environment.put("AWS_LAMBDA_FUNCTION_NAME", function.name());
    environment.put("AWS_LAMBDA_FUNCTION_VERSION", function.version());
    environment.put(
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(function.memoryMegabytes()));
    environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
    environment.put("AWS_LAMBDA_LOG_GROUP_NAME", function.logGroup());
    environment.put("AWS_LAMBDA_LOG_STREAM_NAME", around.logStream());
    environment.put("AWS_EXECUTION_ENV", "AWS_Lambda_" + function.runtime());
    environment.put("AWS_REGION", function.region());
    environment.put("AWS_DEFAULT_REGION", function.region());
    environment.put("AWS_ACCESS_KEY_ID", function.account());
    environment.put("AWS_SECRET_ACCESS_KEY", function.account());
    environment.put("LAMBDA_TASK_ROOT", function.code().toString());
    environment.put("LAMBDA_RUNTIME_DIR", clients.directory().toString());
    environment.put("_HANDLER", function.handler());
    return environment;
  }
}
