package dev.tutti.services;

import java.util.Map;

/** An AWS service: a class that lists the operations it performs. What isn't listed is refused. */
public interface Service {
  /** Endpoint prefix as in AWS's models: {@code states}, {@code events}, {@code lambda}, … */
  String name();

  /** By their names in the model. */
  Map<String, Operation> operations();
}
