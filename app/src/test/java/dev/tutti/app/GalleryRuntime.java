package dev.tutti.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A runtime in this JVM with the example deployed, on a port of its own. */
final class GalleryRuntime implements AutoCloseable {
  static final Path FOLDER = Path.of("../examples/gallery").toAbsolutePath().normalize();

  private final Subscriber subscriber = new Subscriber();
  private final Assembly assembly;
  private final AwsClient aws;

  GalleryRuntime(Path data) {
    assembly = Assembly.open(RuntimeSettings.of(data, 0));
    aws = new AwsClient(assembly.port());
    var _ = deploy(FOLDER);
  }

  Deploying.Deployed deploy(Path folder) {
    return assembly
        .deploying()
        .deploy(folder, Map.of("outreach", Map.of("SubscriberUrl", subscriber.url())));
  }

  Assembly assembly() {
    return assembly;
  }

  int port() {
    return assembly.port();
  }

  AwsClient aws() {
    return aws;
  }

  Gallery gallery() {
    return new Gallery(aws, FOLDER);
  }

  RemoteOptions remote() {
    return new RemoteOptions(port());
  }

  Subscriber subscriber() {
    return subscriber;
  }

  /** The trace of an event once it has come to rest. */
  JsonNode settled(String event) {
    return new Traces(remote(), Duration.ofMinutes(2)).settled(List.of(event)).getFirst();
  }

  /** All nodes of a tree that something is true of, depth first. */
  static List<JsonNode> nodes(JsonNode tree, Predicate<JsonNode> wanted) {
    List<JsonNode> found = new ArrayList<>();
    if (wanted.test(tree)) {
      found.add(tree);
    }
    tree.path("children").forEach(child -> found.addAll(nodes(child, wanted)));
    return found;
  }

  /** All nodes of a kind. */
  static List<JsonNode> kind(JsonNode tree, String kind) {
    return nodes(tree, node -> node.path("kind").asText().equals(kind));
  }

  /** All nodes whose title starts with a text. */
  static List<JsonNode> titled(JsonNode tree, String start) {
    return nodes(tree, node -> node.path("title").asText().startsWith(start));
  }

  @Override
  public void close() {
    aws.close();
    assembly.close();
    subscriber.close();
  }
}
