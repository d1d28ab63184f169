package dev.tutti.services.states.trial;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.asl.Resource;
import dev.tutti.core.asl.TaskState;
import dev.tutti.services.sdk.MockResult;
import dev.tutti.services.sdk.SdkService;
import dev.tutti.wire.ServiceError;
import dev.tutti.wire.model.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether what a Task is made to answer could be the service's answer, where its shape is known.
 */
public final class MockShape {
  private MockShape() {}

  /**
   * Checks an answer.
   *
   * @param strict whether required members have to be there
   * @throws ServiceError ValidationException
   */
  static void check(TaskState task, JsonNode result, boolean strict) {
    Optional<Operation> operation =
        switch (task.resource()) {
          case Resource.Optimised(String _, String service, String action, Resource.Pattern p) ->
              SdkService.called(service).flatMap(known -> known.operation(awaited(action, p)));
          case Resource.AwsSdk sdk ->
              SdkService.named(sdk.service()).flatMap(known -> known.operation(sdk.action()));
          default -> Optional.empty();
        };
    boolean payload = operation.isPresent() && operation.get().name().equals("Invoke");
    if (operation.isPresent() && !payload) {
      MockResult.check(operation.get(), result, strict);
    }
  }

  /** What is wrong with answers; members that are there have to be right, none has to be there. */
  public static List<String> faults(TaskState task, List<JsonNode> results) {
    List<String> faults = new ArrayList<>();
    if (awaitsToken(task.resource())) {
      return faults; // whoever has the token answers what they like
    }
    for (JsonNode result : results) {
      try {
        check(task, result, false);
      } catch (ServiceError e) {
        faults.add(e.getMessage());
      }
    }
    return faults;
  }

  private static boolean awaitsToken(Resource resource) {
    return switch (resource) {
      case Resource.Optimised r -> r.pattern() == Resource.Pattern.WAIT_FOR_TASK_TOKEN;
      case Resource.AwsSdk r -> r.pattern() == Resource.Pattern.WAIT_FOR_TASK_TOKEN;
      case Resource.Function _, Resource.Activity _, Resource.Other _ -> false;
    };
  }

  /** What is answered where a Task waits for an execution is the execution. */
  private static String awaited(String action, Resource.Pattern pattern) {
    boolean sync = pattern == Resource.Pattern.SYNC || pattern == Resource.Pattern.SYNC_2;
    return sync && action.equals("startExecution") ? "describeExecution" : action;
  }
}
