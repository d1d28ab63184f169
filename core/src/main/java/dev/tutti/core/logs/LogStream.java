package dev.tutti.core.logs;

import dev.tutti.core.kernel.Recorded;

/**
 * A log stream as it stands; its entries are rows.
 *
 * @param group ARN of its group
 * @param createdMillis epoch milliseconds; 0 before
 * @param entries how many it has
 */
public record LogStream(String group, String name, long createdMillis, long entries) {
  boolean exists() {
    return createdMillis > 0;
  }

  LogStream after(Recorded<StreamFact> recorded) {
    return switch (recorded.fact()) {
      case StreamFact.StreamCreated fact -> new LogStream(group, name, recorded.millis(), entries);
      case StreamFact.Appended fact ->
          new LogStream(group, name, createdMillis, entries + fact.entries().size());
    };
  }
}
