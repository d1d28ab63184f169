package dev.tutti.runner.code;

/**
 * One entry of a zip.
 *
 * @param name its path, with {@code /}; a folder's ends in one
 * @param mode Unix type and permission bits; 0 where the zip was written without them
 */
record Entry(String name, int mode) {
  private static final int TYPE = 0170000;
  private static final int SYMLINK = 0120000;
  private static final int REGULAR = 0100000;
  private static final int FOLDER = 0040000;

  boolean isFolder() {
    return name.endsWith("/");
  }

  boolean isSymlink() {
    return (mode & TYPE) == SYMLINK;
  }

  /** A device, a pipe, a socket: nothing that belongs in a package. */
  boolean isSpecial() {
    int type = mode & TYPE;
    return type != 0 && type != SYMLINK && type != REGULAR && type != FOLDER;
  }

  /** Whether anybody may execute it; a zip without modes doesn't say, so everything may be. */
  boolean isExecutable() {
    return (mode & 0777) == 0 || (mode & 0111) != 0;
  }
}
