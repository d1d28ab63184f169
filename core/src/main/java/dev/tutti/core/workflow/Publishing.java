package dev.tutti.core.workflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Decision;
import dev.tutti.core.kernel.Moment;
import dev.tutti.core.workflow.execution.Arns;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Decides versions and aliases of a state machine that exists. */
final class Publishing {
  private Publishing() {}

  static Decision<MachineCommand, MachineFact> publish(
      Machine state, MachineCommand.Publish c, Moment moment) {
    if (c.revision() != null && !c.revision().equals(state.revision())) {
      return Decision.refuse(
          "ConflictException",
          "Failed to publish the State Machine version for revision "
              + c.revision()
              + ". The current State Machine revision is "
              + state.revision()
              + ".");
    }
    Published.Version known = state.published().of(state.revision());
    ObjectNode reply = Json.object();
    if (known != null) {
      reply.put("version", known.number());
      reply.put("createdMillis", known.createdMillis());
      return Decision.<MachineCommand, MachineFact>none().replying(reply);
    }
    int number = state.published().last() + 1;
    reply.put("version", number);
    reply.put("createdMillis", moment.millis());
    return Decision.<MachineCommand, MachineFact>of(
            new MachineFact.VersionPublished(number, state.revision(), c.description()))
        .replying(reply);
  }

  static Decision<MachineCommand, MachineFact> deleteVersion(
      Machine state, MachineCommand.DeleteVersion c) {
    var aliases = state.published().leadingTo(c.version());
    if (!aliases.isEmpty()) {
      return Decision.refuse(
          "ConflictException",
          "Version to be deleted must not be referenced by an alias. Current list of aliases"
              + " referencing this version: "
              + aliases);
    }
    return state.published().versions().containsKey(c.version())
        ? Decision.<MachineCommand, MachineFact>of(new MachineFact.VersionDeleted(c.version()))
            .replying()
        : Decision.<MachineCommand, MachineFact>none().replying();
  }

  static Decision<MachineCommand, MachineFact> createAlias(
      Machine state, MachineCommand.CreateAlias c, Moment moment) {
    Published.Alias known = state.published().aliases().get(c.name());
    String missing = missing(state, c.routes());
    if (missing != null) {
      return resourceNotFound(missing);
    }
    if (known == null) {
      return Decision.<MachineCommand, MachineFact>of(
              new MachineFact.AliasPut(c.name(), c.description(), c.routes()))
          .replying(Json.object().put("createdMillis", moment.millis()));
    }
    return known.routes().equals(c.routes()) && Objects.equals(known.description(), c.description())
        ? Decision.<MachineCommand, MachineFact>none()
            .replying(Json.object().put("createdMillis", known.createdMillis()))
        : Decision.refuse(
            "ConflictException",
            "Failed to create alias because an alias with the same name and a different routing"
                + " configuration already exists.");
  }

  static Decision<MachineCommand, MachineFact> updateAlias(
      Machine state, MachineCommand.UpdateAlias c, Moment moment) {
    Published.Alias known = state.published().aliases().get(c.name());
    String missing =
        known == null
            ? Arns.qualified(state.arn(), c.name())
            : missing(state, c.routes() == null ? List.of() : c.routes());
    if (known == null || missing != null) {
      return resourceNotFound(missing);
    }
    return Decision.<MachineCommand, MachineFact>of(
            new MachineFact.AliasPut(
                c.name(),
                c.description() == null ? known.description() : c.description(),
                c.routes() == null ? known.routes() : c.routes()))
        .replying(Json.object().put("updatedMillis", moment.millis()));
  }

  /** The ARN of the first version that routes lead to and that isn't there; null for none. */
  private static @Nullable String missing(Machine state, List<Published.Route> routes) {
    for (Published.Route route : routes) {
      if (!state.published().versions().containsKey(route.version())) {
        return Arns.qualified(state.arn(), Integer.toString(route.version()));
      }
    }
    return null;
  }

  private static Decision<MachineCommand, MachineFact> resourceNotFound(@Nullable String arn) {
    return Decision.refuse(
        "ResourceNotFound", "Request references a resource that does not exist: '" + arn + "'");
  }

  static Decision<MachineCommand, MachineFact> deleteAlias(
      Machine state, MachineCommand.DeleteAlias c) {
    return state.published().aliases().containsKey(c.name())
        ? Decision.<MachineCommand, MachineFact>of(new MachineFact.AliasDeleted(c.name()))
            .replying()
        : Decision.<MachineCommand, MachineFact>none().replying();
  }
}
