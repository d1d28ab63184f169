package dev.tutti.services.sdk;

import dev.tutti.wire.model.Metadata;
import dev.tutti.wire.model.Models;
import dev.tutti.wire.model.Operation;
import dev.tutti.wire.model.Shape;
import java.util.Optional;
import java.util.function.Predicate;

/** A service whose model is known. */
public record SdkService(Metadata metadata) {
  /** By its name in a resource {@code aws-sdk:<name>:…}. */
  public static Optional<SdkService> named(String name) {
    return first(service -> Names.flat(service.serviceId()).equals(name));
  }

  /** By its name in calls, which is also that of optimised integrations. */
  public static Optional<SdkService> called(String name) {
    return first(service -> service.name().equals(name));
  }

  private static Optional<SdkService> first(Predicate<Metadata> fits) {
    return Models.all().stream().filter(fits).findFirst().map(SdkService::new);
  }

  /** {@code Sfn}: what its errors' names begin with. */
  public String prefix() {
    return Names.pascal(metadata.serviceId());
  }

  /** An operation by a resource's action, {@code startExecution}. */
  public Optional<Operation> operation(String action) {
    return Models.of(metadata.name()).operation(Names.operation(action));
  }

  /** An error's shape by its code. */
  Optional<Shape.Structure> error(String code) {
    return Models.of(metadata.name()).error(code);
  }
}
