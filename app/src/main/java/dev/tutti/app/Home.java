package dev.tutti.app;

import java.nio.file.Path;

/** The checkout that the launcher runs from. */
final class Home {
  private Home() {}

  static Path path() {
    return Path.of(System.getProperty("tutti.home", ".")).toAbsolutePath().normalize();
  }
}
