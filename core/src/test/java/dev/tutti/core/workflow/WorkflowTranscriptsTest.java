package dev.tutti.core.workflow;

import dev.tutti.core.kernel.Stage;
import dev.tutti.core.kernel.Transcripts;
import dev.tutti.core.workflow.activities.Activities;
import dev.tutti.core.workflow.activities.ActivityCatalogue;
import dev.tutti.core.workflow.express.Expresses;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class WorkflowTranscriptsTest {
  @TestFactory
  Stream<DynamicTest> transcripts() {
    return Transcripts.of("workflow", WorkflowTranscriptsTest::stage);
  }

  static Stage stage() {
    var catalogue = new MachineCatalogue();
    var activities = new ActivityCatalogue();
    return new Stage()
        .plays(new Machines(), catalogue::on)
        .plays(new Activities(), activities::on)
        .plays(
            new Executions(
                catalogue, activities::exists, (account, region) -> account.equals("222222222222")))
        .plays(new MapRuns(catalogue))
        .plays(new Expresses());
  }
}
