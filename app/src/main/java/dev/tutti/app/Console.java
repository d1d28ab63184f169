package dev.tutti.app;

import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;

/** How the program talks: results on standard output, warnings and errors on standard error. */
final class Console {
  private static final Logger ROOT = Logger.getLogger("");
  private static final String FORMAT = "%1$tF %1$tT %4$s %3$s: %5$s%6$s%n";

  private Console() {}

  /** Logs warnings and errors only, one line each; {@code TUTTI_LOG=info} shows more. */
  static void quietLogging() {
    System.setProperty("java.util.logging.SimpleFormatter.format", FORMAT);
    LogManager.getLogManager().reset();
    StreamHandler handler = new Flushing();
    Level level = "info".equalsIgnoreCase(System.getenv("TUTTI_LOG")) ? Level.INFO : Level.WARNING;
    handler.setLevel(level);
    ROOT.setLevel(level);
    ROOT.addHandler(handler);
  }

  /** Writes each record at once. */
  private static final class Flushing extends StreamHandler {
    Flushing() {
      super(System.err, new SimpleFormatter());
    }

    @Override
    public synchronized void publish(java.util.logging.LogRecord record) {
      super.publish(record);
      flush();
    }
  }
}
