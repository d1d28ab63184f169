package dev.tutti.torture;

import java.util.List;

/** An invariant doesn't hold; or the run shows nothing, since its fault never came. */
public final class Violation extends RuntimeException {
  private static final long serialVersionUID = 1;

  Violation(String what) {
    super(what);
  }

  /** Throws where there are faults; names the first few. */
  static void throwIfAny(String when, List<String> faults) {
    if (!faults.isEmpty()) {
      String more = faults.size() > 8 ? "\n  and " + (faults.size() - 8) + " more" : "";
      throw new Violation(
          when
              + ":\n  "
              + String.join("\n  ", faults.subList(0, Math.min(8, faults.size())))
              + more);
    }
  }
}
