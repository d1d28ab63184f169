package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class CarriersTest {
  static final AtomicInteger HELD = new AtomicInteger();
  static final CountDownLatch RELEASED = new CountDownLatch(1);

  private final VirtualThreadSchedulerMXBean scheduler =
      ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);

  /** Each class that is defined of this one keeps the carrier of whoever initializes it. */
  static final class Holding {
    static {
      HELD.incrementAndGet();
      try {
        RELEASED.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Test
  void lendsCarriersToVirtualThreadsThatStandStill() throws Exception {
    int usual = scheduler.getParallelism();
    List<Thread> holders = new ArrayList<>();
    for (int i = 0; i < usual; i++) {
      holders.add(Thread.startVirtualThread(CarriersTest::hold));
    }
    Awaitility.await().until(() -> HELD.get() == usual);
    Thread release = Thread.startVirtualThread(RELEASED::countDown);
    assertThat(release.join(Duration.ofMillis(200))).as("carried without help").isFalse();

    Thread watch = Carriers.watch(Duration.ofMillis(50));
    try {
      assertThat(release.join(Duration.ofSeconds(30))).as("carried").isTrue();
      for (Thread holder : holders) {
        assertThat(holder.join(Duration.ofSeconds(30))).as("went on").isTrue();
      }
      Awaitility.await().until(() -> scheduler.getParallelism() == usual);
    } finally {
      RELEASED.countDown();
      watch.interrupt();
    }
  }

  private static void hold() {
    String file = Holding.class.getName().replace('.', '/') + ".class";
    try (InputStream bytes = CarriersTest.class.getClassLoader().getResourceAsStream(file)) {
      MethodHandles.lookup().defineHiddenClass(bytes.readAllBytes(), true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
