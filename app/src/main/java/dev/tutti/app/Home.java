package dev.tutti.app;

import java.nio.file.Path;

/** The checkout that the launcher runs from. */
final class Home {
  private Home() {}

  /** A path as a user in the checkout would write it. */
  static Path shortened(Path path) {
    return path.startsWith(path()) ? path().relativize(path) : path;
  }

  static Path path() {
    return Path.of(System.getProperty("tutti.home", ".")).toAbsolutePath().normalize();
  }
}
