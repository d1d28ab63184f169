package dev.tutti.bench.workload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.bench.client.Aws;
import dev.tutti.core.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/** Node functions of the workloads. */
final class Functions {
  /** Few, because each may make a process start. */
  static final int WARM_CALLERS = 8;

  /** Answers what it is given. */
  private static final String ECHO = "export const handler = async (event) => event;\n";

  /**
   * Writes "mark microseconds-of-its-start" to a pipe, and answers what it is given. The mark is
   * the event's member {@code mark}, or its detail's.
   */
  private static final String TELL =
      """
      import fs from 'node:fs';
      const pipe = fs.openSync(process.env.PIPE, 'w');
      export const handler = async (event) => {
        const started = Math.round((performance.timeOrigin + performance.now()) * 1000);
        const mark = event.mark ?? event.detail.mark;
        fs.writeSync(pipe, `${mark} ${started}\\n`);
        return event;
      };
      """;

  private Functions() {}

  /** Creates a function that answers what it is given; returns its ARN. */
  static String echo(Aws aws, String account, String name) throws IOException {
    return create(aws, account, name, ECHO, null);
  }

  /** Creates a function that tells of each start through a pipe, and answers what it is given. */
  static String tell(Aws aws, String account, String name, Path pipe) throws IOException {
    return create(aws, account, name, TELL, pipe);
  }

  /** Lets EventBridge call a function. */
  static void allowEvents(Aws aws, String name) throws IOException {
    aws.lambda(
        "POST",
        "/2015-03-31/functions/" + name + "/policy",
        Json.object()
            .put("StatementId", "events")
            .put("Action", "lambda:InvokeFunction")
            .put("Principal", "events.amazonaws.com"));
  }

  private static String create(
      Aws aws, String account, String name, String code, @Nullable Path pipe) throws IOException {
    ObjectNode input =
        Json.object()
            .put("FunctionName", name)
            .put("Role", "arn:aws:iam::" + account + ":role/bench")
            .put("Runtime", "nodejs20.x")
            .put("Handler", "index.handler")
            .put("Timeout", 60);
    input.putObject("Code").put("ZipFile", Base64.getEncoder().encodeToString(zip(code)));
    if (pipe != null) {
      input.putObject("Environment").putObject("Variables").put("PIPE", pipe.toString());
    }
    return aws.lambda("POST", "/2015-03-31/functions", input).path("FunctionArn").textValue();
  }

  private static byte[] zip(String code) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("index.mjs"));
      zip.write(code.getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
    }
    return bytes.toByteArray();
  }
}
