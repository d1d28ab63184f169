package dev.tutti.runner.os;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A shell beside this program that ends process groups: on request, without starting anything (it
 * works when the machine has no process left to give), and all of them when this program dies,
 * however it dies, because then its input ends. It also removes the temporary folder.
 *
 * <p>Children that left their group are found by a mark in their environment.
 */
public final class Warden implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Warden.class);

  /** Arguments: the temporary folder, the mark. Lines: watch GROUP, forget GROUP, kill GROUP. */
  private static final String SCRIPT =
      """
      trap '' INT TERM HUP
      groups=' '
      while read -r word group; do
        case $word in
          watch) groups="$groups$group " ;;
          forget) groups="${groups%%" $group "*} ${groups#*" $group "}" ;;
          kill) kill -9 "-$group" ;;
        esac
      done
      for group in $groups; do kill -9 "-$group"; done
      for round in 1 2 3; do
        for file in /proc/[0-9]*/environ; do
          pid=${file#/proc/}
          pid=${pid%/environ}
          if [ "$pid" != $$ ] && grep -qF -- "$2" "$file"; then kill -9 "$pid"; fi
        done
      done
      rm -rf -- "$1"
      """;

  private final Process shell;
  private final OutputStream orders;

  private Warden(Process shell) {
    this.shell = shell;
    this.orders = shell.getOutputStream();
  }

  /**
   * Starts the shell.
   *
   * @param temporary removed when this program dies or {@link #close()} is called
   * @param mark text in the environment of every process that is to be ended then
   */
  public static Warden start(Path temporary, String mark) throws IOException {
    return new Warden(
        Spawner.instance()
            .startHelper(List.of("/bin/sh", "-c", SCRIPT, "sh", temporary.toString(), mark)));
  }

  /** Has the group ended if this program dies. */
  public void watch(long group) {
    order("watch " + group);
  }

  /** Takes back {@link #watch}; once the group is gone, its number may become another's. */
  public void forget(long group) {
    order("forget " + group);
  }

  /** Ends every process of the group at once. */
  public void kill(long group) {
    order("kill " + group);
  }

  private synchronized void order(String line) {
    try {
      orders.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
      orders.flush();
    } catch (IOException e) {
      LOG.warn("the helper that ends process groups is gone; {} was not done", line, e);
    }
  }

  @Override
  public void close() {
    try {
      orders.close();
      if (!shell.waitFor(10, TimeUnit.SECONDS)) {
        shell.destroyForcibly();
      }
    } catch (IOException e) {
      LOG.debug("the helper that ends process groups was gone already", e);
    } catch (InterruptedException e) {
      shell.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
