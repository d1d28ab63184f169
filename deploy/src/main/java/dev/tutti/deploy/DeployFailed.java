package dev.tutti.deploy;

/**
 * A deployment that a service stopped. What it had created is deleted again; what it had updated
 * stays updated, and the message says so.
 */
public final class DeployFailed extends RuntimeException {
  private final transient Deployment deployment;

  DeployFailed(String message, Deployment deployment, Throwable cause) {
    super(message, cause);
    this.deployment = deployment;
  }

  /** What was done, with what was taken back. */
  public Deployment deployment() {
    return deployment;
  }
}
