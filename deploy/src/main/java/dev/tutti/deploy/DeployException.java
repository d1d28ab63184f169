package dev.tutti.deploy;

import dev.tutti.deploy.template.Problem;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A folder that can't be deployed as it is. Nothing has been changed. The message has a line for
 * each problem, {@code FILE:LINE: ...}.
 */
public final class DeployException extends RuntimeException {
  private final transient List<Problem> problems;

  DeployException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = problems;
  }

  /** By file and line. */
  public List<Problem> problems() {
    return problems;
  }
}
