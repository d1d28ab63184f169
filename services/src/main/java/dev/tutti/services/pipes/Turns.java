package dev.tutti.services.pipes;

/** When a target is called that may not be called as often as one likes. */
@FunctionalInterface
public interface Turns {
  /** Waits for the next turn of an API destination, by its ARN. */
  void await(String target) throws InterruptedException;
}
