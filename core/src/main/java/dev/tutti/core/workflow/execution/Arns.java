package dev.tutti.core.workflow.execution;

/** Names of state machines and executions. */
public final class Arns {
  private static final String MACHINE = "stateMachine";

  private Arns() {}

  /** {@code arn:aws:states:<region>:<account>:stateMachine:<name>}. */
  public static String machine(String region, String account, String name) {
    return "arn:aws:states:" + region + ":" + account + ":" + MACHINE + ":" + name;
  }

  /** {@code arn:aws:states:<region>:<account>:mapRun:<machine>/<label>:<id>}. */
  public static String mapRun(String machineArn, String label, String id) {
    return of(machineArn, "mapRun") + "/" + label + ":" + id;
  }

  /** {@code arn:aws:states:<region>:<account>:activity:<name>}. */
  public static String activity(String region, String account, String name) {
    return "arn:aws:states:" + region + ":" + account + ":activity:" + name;
  }

  /** The ARN of an execution of a standard state machine. */
  public static String execution(String machineArn, String name) {
    return of(machineArn, "execution") + ":" + name;
  }

  /**
   * The ARN of an execution of an express state machine.
   *
   * @param id which of the executions of that name it is
   */
  public static String express(String machineArn, String name, String id) {
    return of(machineArn, "express") + ":" + name + ":" + id;
  }

  /** The name of an execution, standard or express. */
  public static String executionName(String executionArn) {
    return part(executionArn, 7);
  }

  /** The ARN of the state machine that an execution, standard or express, runs. */
  public static String machineOf(String executionArn) {
    return machine(region(executionArn), account(executionArn), part(executionArn, 6));
  }

  /** The ARN of a version, by its number, or of an alias. */
  public static String qualified(String machineArn, String qualifier) {
    return machineArn + ":" + qualifier;
  }

  /** The state machine's own ARN, of which this may be that of a version or an alias. */
  public static String unqualified(String machineArn) {
    int end = start(machineArn, 7);
    return end < 0 ? machineArn : machineArn.substring(0, end - 1);
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
    return part(arn, 3);
  }

  public static String account(String arn) {
    return part(arn, 4);
  }

  /** What is named so of the kind of things that a state machine has. */
  private static String of(String machineArn, String kind) {
    int at = start(machineArn, 5);
    return machineArn.substring(0, at) + kind + machineArn.substring(at + MACHINE.length());
  }

  /**
   * One of the parts between colons, the first of which is 0.
   *
   * @throws IllegalArgumentException where there are fewer
   */
  private static String part(String arn, int n) {
    int from = start(arn, n);
    if (from < 0) {
      throw new IllegalArgumentException(arn + " has fewer parts");
    }
    int to = arn.indexOf(':', from);
    return to < 0 ? arn.substring(from) : arn.substring(from, to);
  }

  /** Where a part begins; negative where there are fewer. */
  private static int start(String arn, int n) {
    int at = 0;
    for (int i = 0; i < n; i++) {
      at = arn.indexOf(':', at) + 1;
      if (at == 0) {
        return -1;
      }
    }
    return at;
  }
}
