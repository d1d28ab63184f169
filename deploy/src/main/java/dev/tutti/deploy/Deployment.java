package dev.tutti.deploy;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a deployment did.
 *
 * @param lines a line for each resource, in the order in which it was done
 * @param outputs by {@code ACCOUNT/STACK}, then the output's name
 * @param failures what couldn't be deleted and is tried again next time; empty where all is done
 */
public record Deployment(
    List<Line> lines, Map<String, Map<String, String>> outputs, List<String> failures) {

  /**
   * What became of a resource.
   *
   * @param outcome {@code CREATED}, {@code UPDATED}, {@code UNCHANGED}, {@code DELETED}, {@code
   *     LEFT}, {@code NO_EFFECT}, {@code ROLLED_BACK}; in a plan, see {@link Plan.Action}
   */
  public record Line(String account, String stack, String logicalId, String type, String outcome) {
    @Override
    public String toString() {
      return "%-12s %s/%s  %s"
          .formatted(outcome.toLowerCase(Locale.ROOT).replace('_', ' '), stack, logicalId, type);
    }
  }

  /** How many resources had an outcome. */
  public long count(String outcome) {
    return lines.stream().filter(line -> line.outcome().equals(outcome)).count();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line).append('\n'));
    outputs.forEach((stack, values) ->
        values.forEach((name, value) ->
            text.append(stack).append(' ').append(name).append(" = ").append(value).append('\n')));
    failures.forEach(failure -> text.append(failure).append('\n'));
    return text.toString();
  }
}
