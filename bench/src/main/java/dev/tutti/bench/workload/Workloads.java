package dev.tutti.bench.workload;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All workloads, in the order in which they run; slopes and long ones only when asked for. */
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

  private static final List<Workload> LONG = List.of(new ReplayEvents());

  private Workloads() {}

  public static List<Workload> all() {
    return ALL;
  }

  public static List<Workload> slopes() {
    return SLOPES;
  }

  public static Optional<Workload> named(String name) {
    return Stream.of(ALL, LONG, SLOPES)
        .flatMap(List::stream)
        .filter(workload -> workload.name().equals(name))
        .findFirst();
  }
}
