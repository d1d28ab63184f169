package dev.tutti.services.states;

import dev.tutti.core.kernel.Ids;
import dev.tutti.core.workflow.Machine;
import dev.tutti.core.workflow.MachineCatalogue;
import dev.tutti.core.workflow.Published;
import dev.tutti.core.workflow.execution.Arns;
import dev.tutti.core.workflow.execution.Logging;
import dev.tutti.services.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * What runs when something is started.
 *
 * @param machine as it stands now
 * @param versionArn null where the current revision runs
 * @param aliasArn by which it was named; null for none
 */
record Origin(
    Machine machine,
    String revision,
    String roleArn,
    @Nullable String versionArn,
    @Nullable String aliasArn) {

  /** By the ARN of a state machine, a version or an alias. */
  static Origin of(Exchange exchange, MachineOperations machines, String arn) {
    String own = Arns.unqualified(arn);
    if (own.equals(arn)) {
      Machine machine = machines.existing(exchange, arn);
      return new Origin(machine, machine.revision(), machine.roleArn(), null, null);
    }
    Machine machine = machines.machine(exchange, own);
    Published.Alias alias = machine.published().aliases().get(Arns.qualifier(arn));
    Published.Version version =
        alias == null
            ? VersionOperations.version(machine, arn)
            : machine.published().versions().get(alias.version(lot(exchange)));
    if (version == null) {
      throw MachineOperations.missing(arn);
    }
    MachineCatalogue.Text text = machines.text(own, version.revision());
    return new Origin(
        machine,
        version.revision(),
        text.roleArn(),
        Arns.qualified(own, Integer.toString(version.number())),
        alias == null ? null : arn);
  }

  /** From 0 to 99, the same whenever the call is repeated. */
  private static int lot(Exchange exchange) {
    return (int) (Long.parseLong(Ids.hex(exchange.id("route"), 8), 16) % 100);
  }

  boolean express() {
    return machine.type().equals("EXPRESS");
  }

  @Nullable Logging logging() {
    return LoggingOptions.of(machine);
  }
}
