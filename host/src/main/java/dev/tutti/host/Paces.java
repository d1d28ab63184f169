package dev.tutti.host;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;

/**
 * How often targets may be called, one count for all that call them. Safe to use from any thread.
 */
public final class Paces {
  private final Map<String, Pace> paces = new ConcurrentHashMap<>();
  private final ToIntFunction<String> rates;

  /**
   * Paces as targets have them.
   *
   * @param rates most calls to a target that begin in a second, asked at each call; 0 where there
   *     is no bound
   */
  public Paces(ToIntFunction<String> rates) {
    this.rates = rates;
  }

  /** Of targets that may all be called as often as anybody likes. */
  static Paces unbounded() {
    return new Paces(target -> 0);
  }

  /** A target's. */
  Pace of(String target) {
    return rates.applyAsInt(target) == 0
        ? Pace.unbounded()
        : paces.computeIfAbsent(target, _ -> new Pace(() -> rates.applyAsInt(target)));
  }

  /**
   * Takes a target's next turn, for a call that is going to be made.
   *
   * @return the first millisecond at which it may begin
   */
  public long reserve(String target, long nowMillis) {
    return of(target).reserve(nowMillis);
  }
}
