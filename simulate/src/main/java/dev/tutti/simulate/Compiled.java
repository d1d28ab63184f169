package dev.tutti.simulate;

import dev.tutti.core.asl.StateMachine;
import dev.tutti.services.states.StatesService;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** The definitions of one run, each compiled once, whoever asks and after however many deaths. */
final class Compiled implements Function<String, StateMachine> {
  private final Map<String, StateMachine> machines = new HashMap<>();

  @Override
  public StateMachine apply(String definition) {
    return machines.computeIfAbsent(definition, StatesService::compile);
  }
}
