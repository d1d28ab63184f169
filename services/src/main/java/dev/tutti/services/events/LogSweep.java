package dev.tutti.services.events;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.events.ArchiveArn;
import dev.tutti.core.events.BusCatalogue;
import dev.tutti.core.json.Json;
import dev.tutti.wire.Call;
import dev.tutti.wire.Door;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes over all logs that aren't kept for ever, again and again, and has what is too old or too
 * much removed, in small steps with a pause after each. Keeps nothing: after a crash it begins
 * anew.
 */
public final class LogSweep implements AutoCloseable {
  private static final long ROUND_MILLIS = 60_000;
  private static final long PAUSE_MILLIS = 50;
  private static final Logger LOG = LoggerFactory.getLogger(LogSweep.class);

  private final BusCatalogue catalogue;
  private final Door door;
  private final Thread thread;

  private LogSweep(BusCatalogue catalogue, Door door) {
    this.catalogue = catalogue;
    this.door = door;
    this.thread = Thread.ofVirtual().name("log-sweep").unstarted(this::run);
  }

  /** Begins, once the runtime answers. */
  public static LogSweep start(BusCatalogue catalogue, Door door) {
    LogSweep sweep = new LogSweep(catalogue, door);
    sweep.thread.start();
    return sweep;
  }

  private void run() {
    try {
      while (true) {
        for (BusCatalogue.Kept log : catalogue.kept()) {
          sweep(log);
        }
        Thread.sleep(ROUND_MILLIS);
      }
    } catch (InterruptedException _) {
      LOG.debug("the sweep of logs ends");
    }
  }

  private void sweep(BusCatalogue.Kept log) throws InterruptedException {
    try {
      while (step(door, log)) {
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (RuntimeException e) {
      LOG.warn("{} could not be trimmed and will be tried again", log, e);
    }
  }

  /** Removes what a step may; returns whether there is more. */
  static boolean step(Door door, BusCatalogue.Kept log) {
    ObjectNode input =
        Json.object().put("Millis", log.retention().millis()).put("Bytes", log.retention().bytes());
    ArchiveArn archive = log.archive();
    if (archive == null) {
      input.put("Bus", log.source().text());
    } else {
      input.put("Archive", archive.text()).put("Era", log.era());
    }
    return door.call(
            new Call(
                log.source().account(),
                log.source().region(),
                "events",
                TrimLog.NAME,
                input,
                UUID.randomUUID().toString(),
                null))
        .path("More")
        .asBoolean();
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
