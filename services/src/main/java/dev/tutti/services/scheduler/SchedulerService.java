package dev.tutti.services.scheduler;

import dev.tutti.core.scheduler.ScheduleGroups;
import dev.tutti.core.scheduler.Schedules;
import dev.tutti.services.Operation;
import dev.tutti.services.Service;
import java.util.Map;
import java.util.TreeMap;

/** Amazon EventBridge Scheduler. */
public final class SchedulerService implements Service {
  private final Map<String, Operation> operations;

  /** The service on the deciders of schedules and of their groups. */
  public SchedulerService(Schedules schedules, ScheduleGroups groups) {
    Map<String, Operation> all = new TreeMap<>();
    all.putAll(new ScheduleOperations(schedules, groups).operations());
    all.putAll(new GroupOperations(groups).operations());
    this.operations = Map.copyOf(all);
  }

  @Override
  public String name() {
    return "scheduler";
  }

  @Override
  public Map<String, Operation> operations() {
    return operations;
  }
}
