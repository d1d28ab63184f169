package dev.tutti.deploy;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tutti.deploy.resource.Checks;
import dev.tutti.deploy.template.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A user's folder under test, the door it is deployed through and the records of that. */
final class Bench {
  final Path root;
  final FakeDoor door = new FakeDoor();
  final FakeRecords records = new FakeRecords();
  Checks checks = Checks.NONE;

  Bench(Path root) {
    this.root = root;
  }

  Bench file(String path, String text) {
    try {
      Path file = root.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The template of the context {@code shop}, account 111111111111. */
  Bench template(String text) {
    file(
        "tutti.yaml",
        """
        contexts:
          shop:
            account: "111111111111"
        """);
    return file("contexts/shop/template.yaml", text);
  }

  Plan plan() {
    return new Planner("us-east-1", records, checks).plan(Folder.read(root, root.resolve("data")));
  }

  Deployer deployer() {
    return new Deployer(door, "us-east-1", records);
  }

  Deployment deploy() {
    return deployer().apply(plan());
  }

  /** What is wrong, as {@code FILE:LINE: message}. */
  List<String> problems() {
    DeployException e = catchThrowableOfType(DeployException.class, this::plan);
    return e == null ? List.of() : e.problems().stream().map(Problem::toString).toList();
  }
}
