package dev.tutti.core.workflow.integrations;

import dev.tutti.core.asl.Resource;
import dev.tutti.core.asl.data.StatesError;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Request;
import java.util.Set;

/** One kind of work that a Task can have done. */
public sealed interface Integration
    permits AwsSdk,
        DynamoDb,
        FunctionTask,
        HttpInvoke,
        LambdaInvoke,
        PutEvents,
        StartExecution,
        SendMessage,
        Publish,
        Unsupported {

  /** Who does the work of this Resource; {@link Unsupported} where nobody does. */
  static Integration of(String resource) {
    if (Target.isFunction(resource)) {
      return new FunctionTask();
    }
    Target target = Target.of(resource);
    Integration found =
        switch (target.type() + ":" + target.operation()) {
          case "lambda:invoke" -> new LambdaInvoke();
          case "events:putEvents" -> new PutEvents();
          case "states:startExecution" -> new StartExecution(target.pattern());
          case "sns:publish" -> new Publish();
          case "sqs:sendMessage" -> new SendMessage();
          case "http:invoke" -> new HttpInvoke();
          default -> {
            if (target.type().startsWith("aws-sdk:")) {
              yield new AwsSdk(target);
            }
            yield target.type().equals("dynamodb")
                ? DynamoDb.of(target.operation())
                : new Unsupported();
          }
        };
    return found.patterns().contains(target.pattern()) ? found : new Unsupported();
  }

  /** How a Task may wait for it. */
  Set<Resource.Pattern> patterns();

  /** Whose queue it waits in. */
  String lane(Work work);

  /**
   * What is asked of whom.
   *
   * @throws StatesError where the parameters can't be a request
   */
  Request request(Work work);

  /**
   * What the answer means.
   *
   * @param millis when it came
   */
  Result result(Work work, Outcome outcome, long millis);
}
