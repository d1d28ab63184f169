package dev.tutti.core.workflow.execution;

import java.util.Arrays;

/** Names of state machines and executions. */
public final class Arns {
  private Arns() {}

  /** {@code arn:aws:states:<region>:<account>:stateMachine:<name>}. */
  public static String machine(String region, String account, String name) {
    return "arn:aws:states:" + region + ":" + account + ":stateMachine:" + name;
  }

  /** {@code arn:aws:states:<region>:<account>:mapRun:<machine>/<label>:<id>}. */
  public static String mapRun(String machineArn, String label, String id) {
    return machineArn.replaceFirst(":stateMachine:", ":mapRun:") + "/" + label + ":" + id;
  }

  /** {@code arn:aws:states:<region>:<account>:activity:<name>}. */
  public static String activity(String region, String account, String name) {
    return "arn:aws:states:" + region + ":" + account + ":activity:" + name;
  }

  /** The ARN of an execution of a standard state machine. */
  public static String execution(String machineArn, String name) {
    return machineArn.replaceFirst(":stateMachine:", ":execution:") + ":" + name;
  }

  /**
   * The ARN of an execution of an express state machine.
   *
   * @param id which of the executions of that name it is
   */
  public static String express(String machineArn, String name, String id) {
    return machineArn.replaceFirst(":stateMachine:", ":express:") + ":" + name + ":" + id;
  }

  /** The name of an execution, standard or express. */
  public static String executionName(String executionArn) {
    return executionArn.split(":", 9)[7];
  }

  /** The ARN of the state machine that an execution, standard or express, runs. */
  public static String machineOf(String executionArn) {
    String[] parts = executionArn.split(":", 9);
    return machine(parts[3], parts[4], parts[6]);
  }

  /** The ARN of a version, by its number, or of an alias. */
  public static String qualified(String machineArn, String qualifier) {
    return machineArn + ":" + qualifier;
  }

  /** The state machine's own ARN, of which this may be that of a version or an alias. */
  public static String unqualified(String machineArn) {
    String[] parts = machineArn.split(":", 9);
    return parts.length <= 7 ? machineArn : String.join(":", Arrays.copyOf(parts, 7));
  }

  /** What follows the state machine's own ARN; empty for nothing. */
  public static String qualifier(String machineArn) {
    String own = unqualified(machineArn);
    return machineArn.length() == own.length() ? "" : machineArn.substring(own.length() + 1);
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
