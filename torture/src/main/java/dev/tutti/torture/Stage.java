package dev.tutti.torture;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * What the runtime under torture runs: a context that takes orders and publishes milestones, and
 * one that subscribes to them and tells the world; and a FIFO queue.
 */
final class Stage {
  static final String NORTH = "100000000001";
  static final String SOUTH = "200000000002";
  static final String BUS = "intake";
  static final String MACHINE = "arn:aws:states:us-east-1:" + NORTH + ":stateMachine:Work";
  static final String QUEUE = "orders.fifo";

  private Stage() {}

  /** Writes the folder that is deployed. */
  static void write(Path folder, String sinkUrl) {
    try {
      copy("tutti.yaml", folder.resolve("tutti.yaml"), sinkUrl);
      Path north = folder.resolve("contexts/north");
      copy("north/template.yaml", north.resolve("template.yaml"), sinkUrl);
      copy("north/work.asl.json", north.resolve("work.asl.json"), sinkUrl);
      copy("north/index.js", north.resolve("echo/index.js"), sinkUrl);
      copy("south/template.yaml", folder.resolve("contexts/south/template.yaml"), sinkUrl);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(String resource, Path to, String sinkUrl) throws IOException {
    Files.createDirectories(Objects.requireNonNull(to.getParent()));
    try (InputStream in =
        Objects.requireNonNull(Stage.class.getResourceAsStream("stage/" + resource), resource)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Files.writeString(to, text.replace("@SINK@", sinkUrl));
    }
  }

  /**
   * Waits until the folder is deployed; the last of it is that south's subscriber has confirmed.
   */
  static void awaitDeployed(Sink sink) throws InterruptedException {
    for (int attempt = 0; attempt < 1200; attempt++) {
      if (sink.isSubscribed()) {
        return;
      }
      Thread.sleep(50);
    }
    throw new Violation("the stage is not deployed");
  }

  /** Makes what no template makes yet. */
  static void complete(Caller caller) {
    ObjectNode queue = Json.object().put("QueueName", QUEUE);
    queue.putObject("Attributes").put("FifoQueue", "true");
    var _ = caller.must(NORTH, Caller.Service.SQS, "CreateQueue", queue);
  }

  static String execution(String name) {
    return MACHINE.replace(":stateMachine:", ":execution:") + ":" + name;
  }

  static String queueUrl(int port) {
    return "http://127.0.0.1:" + port + "/" + NORTH + "/" + QUEUE;
  }
}
