package dev.tutti.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What drives the example {@code gallery}: uploads of its pictures, and sign-ups. */
final class Gallery {
  static final String MEDIA = "111122223333";
  static final String ACCOUNTS = "444455556666";
  static final String OUTREACH = "777788889999";

  private final AwsClient aws;
  private final Path folder;

  Gallery(AwsClient aws, Path folder) {
    this.aws = aws;
    this.folder = folder;
  }

  /** Keys of the files that come with the example. */
  List<String> pictures() {
    try (Stream<Path> files = Files.list(folder.resolve("pictures"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals("README.md"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the example's pictures can't be listed", e);
    }
  }

  /** Tells media that a picture was uploaded; returns the event's id. */
  String upload(String key) {
    try {
      ObjectNode detail = Json.object().put("version", "0");
      detail.putObject("bucket").put("name", "gallery-pictures");
      detail
          .putObject("object")
          .put("key", key)
          .put("size", Files.size(folder.resolve("pictures").resolve(key)));
      detail.put("reason", "PutObject");
      return put(MEDIA, "media-uploads", "gallery.uploads", "Object Created", detail);
    } catch (IOException e) {
      throw new UncheckedIOException("no picture " + key, e);
    }
  }

  /** Tells accounts that somebody wants to sign up; returns the event's id. */
  String signUp(String name, String email) {
    ObjectNode detail = Json.object().put("email", email).put("name", name).put("newsletter", true);
    return put(ACCOUNTS, "accounts-signups", "gallery.website", "Sign-up Requested", detail);
  }

  private String put(
      String account, String bus, String source, String detailType, JsonNode detail) {
    ObjectNode input = Json.object();
    input
        .putArray("Entries")
        .addObject()
        .put("EventBusName", bus)
        .put("Source", source)
        .put("DetailType", detailType)
        .put("Detail", Json.write(detail));
    JsonNode answer = aws.call(account, "AWSEvents", "PutEvents", input);
    JsonNode entry = answer.path("Entries").path(0);
    if (!entry.has("EventId")) {
      throw new Complaint("the event was refused: " + entry);
    }
    return entry.path("EventId").textValue();
  }
}
