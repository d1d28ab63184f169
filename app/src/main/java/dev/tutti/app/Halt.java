package dev.tutti.app;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends this process at once. */
final class Halt {
  private static final Logger LOG = LoggerFactory.getLogger(Halt.class);

  private Halt() {}

  /**
   * As {@link Runtime#halt}, but without what native libraries do at an exit. RocksDB's waits for
   * its threads then, and one of those may wait for the lock of a write that is telling us right
   * now that it failed.
   */
  static void now(int status) {
    try {
      exit(status);
    } catch (Throwable e) { // what a method handle may throw
      LOG.error("_exit can't be called", e);
    }
    Runtime.getRuntime().halt(status);
  }

  @SuppressWarnings("restricted") // _exit(2) takes a number and doesn't return
  private static void exit(int status) throws Throwable {
    Linker linker = Linker.nativeLinker();
    MethodHandle exit =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("_exit"),
            FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT));
    exit.invokeExact(status);
  }
}
