package dev.tutti.bench.workload;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All workloads, in the order in which they run; slopes only when they are asked for. */
public final class Workloads {
  private static final List<Workload> ALL =
      List.of(
          new Five(),
          new Activities(),
          new Pass(),
          new Express(),
          new PutEvents(),
          new Deliver(),
          new Timers(),
          new MapItems(),
          new History(),
          new Replay());

  private static final List<Workload> SLOPES =
      Stream.of(Slope.Quantity.values()).<Workload>map(Slope::new).toList();

  private Workloads() {}

  public static List<Workload> all() {
    return ALL;
  }

  public static List<Workload> slopes() {
    return SLOPES;
  }

  public static Optional<Workload> named(String name) {
    return Stream.concat(ALL.stream(), SLOPES.stream())
        .filter(workload -> workload.name().equals(name))
        .findFirst();
  }
}
