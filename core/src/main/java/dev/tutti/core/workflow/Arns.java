package dev.tutti.core.workflow;

/** Names of state machines and executions. */
public final class Arns {
  private Arns() {}

  /** {@code arn:aws:states:<region>:<account>:stateMachine:<name>}. */
  public static String machine(String region, String account, String name) {
    return "arn:aws:states:" + region + ":" + account + ":stateMachine:" + name;
  }

  /** The ARN of an execution of a standard state machine. */
  public static String execution(String machineArn, String name) {
    return machineArn.replaceFirst(":stateMachine:", ":execution:") + ":" + name;
  }

  /** The ARN of the state machine that an execution runs. */
  public static String machineOf(String executionArn) {
    return executionArn
        .substring(0, executionArn.lastIndexOf(':'))
        .replaceFirst(":execution:", ":stateMachine:");
  }

  /** The last part. */
  public static String name(String arn) {
    return arn.substring(arn.lastIndexOf(':') + 1);
  }

  public static String region(String arn) {
    return arn.split(":", 5)[3];
  }

  public static String account(String arn) {
    return arn.split(":", 6)[4];
  }
}
