package dev.tutti.bench.workload;

import java.util.List;
import java.util.Optional;

/** All workloads, in the order in which they run. */
public final class Workloads {
  private static final List<Workload> ALL =
      List.of(new Pass(), new Five(), new PutEvents(), new Deliver());

  private Workloads() {}

  public static List<Workload> all() {
    return ALL;
  }

  public static Optional<Workload> named(String name) {
    return ALL.stream().filter(workload -> workload.name().equals(name)).findFirst();
  }
}
