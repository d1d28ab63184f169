package dev.tutti.deploy.resource;

import java.nio.file.Path;

/** How files are called in problems. */
public final class Labels {
  private Labels() {}

  /** The path from a folder, with forward slashes; the whole path where it isn't under it. */
  public static String of(Path root, Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    Path base = root.toAbsolutePath().normalize();
    Path shown = absolute.startsWith(base) ? base.relativize(absolute) : absolute;
    return shown.toString().replace('\\', '/');
  }
}
