package dev.tutti.app;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives virtual threads more carriers for as long as they stand still.
 *
 * <p>A virtual thread that loads or initializes a class keeps its carrier while it waits. Where all
 * carriers wait so for what another virtual thread holds, and that one has no carrier left, nothing
 * goes on for ever; it happened at a start with many calls to take up. Carriers that would hardly
 * ever be short cost throughput at all other times ({@code docs/performance.md}); so there are as
 * many as processors, and somebody who looks.
 */
final class Carriers {
  private static final Logger LOG = LoggerFactory.getLogger(Carriers.class);
  private static final int MOST = 256;

  private final Duration patience;

  private Carriers(Duration patience) {
    this.patience = patience;
  }

  /**
   * Looks after this process's carriers until it ends.
   *
   * @param patience how long virtual threads may stand still before they get more, and how long
   *     after they moved they are looked at again
   */
  static Thread watch(Duration patience) {
    return Thread.ofPlatform().daemon().name("tutti-carriers").start(new Carriers(patience)::watch);
  }

  private void watch() {
    try {
      while (true) {
        CountDownLatch carried = new CountDownLatch(1);
        Thread.startVirtualThread(carried::countDown);
        if (!isWithinPatience(carried)) {
          untilCarried(carried);
        }
        Thread.sleep(patience);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isWithinPatience(CountDownLatch carried) throws InterruptedException {
    return carried.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void untilCarried(CountDownLatch carried) throws InterruptedException {
    var scheduler = ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
    int usual = scheduler.getParallelism();
    int given = usual;
    do {
      given = Math.min(2 * given, MOST);
      scheduler.setParallelism(given);
      LOG.warn("virtual threads stand still; they get {} carriers for now", given);
    } while (!isWithinPatience(carried));
    scheduler.setParallelism(usual);
  }
}
