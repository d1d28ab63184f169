package dev.tutti.core.asl;

/** What a Task state's Resource names. */
public sealed interface Resource {
  /** The ARN as the definition writes it. */
  String arn();

  /**
   * A Lambda function, invoked with the arguments as its event.
   *
   * @param arn may carry a version or alias
   */
  record Function(String arn) implements Resource {}

  /** An activity, whose workers poll for the arguments. */
  record Activity(String arn) implements Resource {}

  /**
   * An optimised integration, "arn:aws:states:::sqs:sendMessage.waitForTaskToken".
   *
   * @param service "sqs"
   * @param action "sendMessage"
   */
  record Optimised(String arn, String service, String action, Pattern pattern)
      implements Resource {}

  /**
   * An AWS SDK integration, "arn:aws:states:::aws-sdk:sqs:createQueue".
   *
   * @param service "sqs"
   * @param action "createQueue"
   */
  record AwsSdk(String arn, String service, String action, Pattern pattern) implements Resource {}

  /** Any other ARN or URI: known to no one here, so running it fails by name. */
  record Other(String arn) implements Resource {}

  /** What a Task waits for after it has called a service. */
  enum Pattern {
    REQUEST_RESPONSE(""),
    /** Until the work is done; the answer holds texts of JSON. */
    SYNC(".sync"),
    /** Until the work is done; the answer holds JSON. */
    SYNC_2(".sync:2"),
    /** Until someone sends the task token back. */
    WAIT_FOR_TASK_TOKEN(".waitForTaskToken");

    private final String suffix;

    Pattern(String suffix) {
      this.suffix = suffix;
    }

    /** What the action's name ends in. */
    public String suffix() {
      return suffix;
    }
  }
}
