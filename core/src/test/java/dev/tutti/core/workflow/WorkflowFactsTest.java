package dev.tutti.core.workflow;

import dev.tutti.core.kernel.GoldenFacts;
import dev.tutti.core.workflow.activities.ActivityFact;
import dev.tutti.core.workflow.express.ExpressFact;
import org.junit.jupiter.api.Test;

final class WorkflowFactsTest {
  @Test
  void executionsFactsAreAsReleased() {
    GoldenFacts.check("execution", ExecutionFact.class);
  }

  @Test
  void activitiesFactsAreAsReleased() {
    GoldenFacts.check("activity", ActivityFact.class);
  }

  @Test
  void expressExecutionsFactsAreAsReleased() {
    GoldenFacts.check("express", ExpressFact.class);
  }

  @Test
  void mapRunsFactsAreAsReleased() {
    GoldenFacts.check("mapRun", MapRunFact.class);
  }

  @Test
  void machinesFactsAreAsReleased() {
    GoldenFacts.check("machine", MachineFact.class);
  }
}
