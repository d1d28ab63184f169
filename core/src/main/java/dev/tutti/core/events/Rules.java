package dev.tutti.core.events;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Decision;
import dev.tutti.core.pattern.Patterns;
import dev.tutti.core.timing.Timing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of a bus's rules and their targets.
 *
 * <p>A rule by another account needs the consent of the bus's policy for every change, and only its
 * creator and the bus's owner may change it. Its targets are its creator's own.
 */
final class Rules {
  private Rules() {}

  static Decision<BusCommand, BusFact> put(Bus bus, BusCommand.PutRule put) {
    Optional<String> denied =
        Permissions.refusalToPutRule(bus, put.caller(), put.name(), put.pattern());
    if (denied.isPresent()) {
      return refuseAccess(denied.get());
    }
    Rule there = bus.rule(put.name());
    if (there != null && isStranger(bus, put.caller(), there)) {
      return refuseStranger(bus, put.caller(), "events:PutRule", there);
    }
    String schedule = put.schedule();
    if (schedule != null && Timing.ofRule(schedule).isEmpty()) {
      return Decision.refuse(Buses.INVALID, "Parameter ScheduleExpression is not valid.");
    }
    Optional<String> fault =
        put.pattern().isEmpty() ? Optional.empty() : Patterns.fault(put.pattern());
    if (fault.isPresent()) {
      return Decision.refuse(
          "InvalidEventPatternException", "Event pattern is not valid. Reason: " + fault.get());
    }
    Optional<String> tagFault = Loops.fault(put.tags());
    if (tagFault.isPresent()) {
      return Decision.refuse(Buses.INVALID, tagFault.get());
    }
    return Decision.<BusCommand, BusFact>of(
            new BusFact.RulePut(
                put.name(),
                put.pattern(),
                put.enabled(),
                put.description(),
                put.roleArn(),
                there == null ? put.caller() : there.createdBy(),
                there == null ? put.tags() : null,
                schedule))
        .replying(Json.object().put("RuleArn", bus.arn().rule(put.name())));
  }

  static Decision<BusCommand, BusFact> delete(Bus bus, BusCommand.DeleteRule delete) {
    Rule rule = bus.rule(delete.name());
    if (rule == null) {
      return Permissions.refusal(bus, delete.caller(), "events:DeleteRule", delete.name())
          .map(Rules::refuseAccess)
          .orElseGet(() -> Decision.<BusCommand, BusFact>none().replying());
    }
    Optional<Decision<BusCommand, BusFact>> refusal =
        refusal(bus, delete.caller(), "events:DeleteRule", delete.name());
    if (refusal.isPresent()) {
      return refusal.get();
    }
    return rule.targets().isEmpty()
        ? Buses.done(new BusFact.RuleDeleted(delete.name()))
        : Decision.refuse(Buses.INVALID, "Rule can't be deleted since it has targets.");
  }

  static Decision<BusCommand, BusFact> enable(Bus bus, BusCommand.EnableRule enable) {
    return refusal(bus, enable.caller(), "events:EnableRule", enable.name())
        .orElseGet(() -> Buses.done(new BusFact.RuleEnabled(enable.name())));
  }

  static Decision<BusCommand, BusFact> disable(Bus bus, BusCommand.DisableRule disable) {
    return refusal(bus, disable.caller(), "events:DisableRule", disable.name())
        .orElseGet(() -> Buses.done(new BusFact.RuleDisabled(disable.name())));
  }

  static Decision<BusCommand, BusFact> putTargets(Bus bus, BusCommand.PutTargets put) {
    Optional<Decision<BusCommand, BusFact>> refusal =
        refusal(bus, put.caller(), "events:PutTargets", put.rule());
    Rule rule = bus.rule(put.rule());
    if (refusal.isPresent() || rule == null) {
      return refusal.orElseGet(() -> refuseMissing(bus, put.rule()));
    }
    List<Target> taken = new ArrayList<>();
    ArrayNode failed = Json.array();
    for (Target target : put.targets()) {
      Optional<String> fault = Targets.fault(target);
      if (fault.isPresent()) {
        return Decision.refuse(Buses.INVALID, fault.get());
      }
      Optional<ObjectNode> failure = Targets.failure(target, bus.arn(), rule);
      if (failure.isPresent()) {
        failed.add(failure.get());
      } else {
        taken.add(target);
      }
    }
    if (Bus.merge(rule.targets(), taken).size() > Rule.MAX_TARGETS) {
      return Decision.refuse(
          "LimitExceededException", "The requested resource exceeds the maximum number allowed.");
    }
    ObjectNode reply = Json.object().put("FailedEntryCount", failed.size());
    reply.set("FailedEntries", failed);
    return taken.isEmpty()
        ? Decision.<BusCommand, BusFact>none().replying(reply)
        : Decision.<BusCommand, BusFact>of(new BusFact.TargetsPut(put.rule(), taken))
            .replying(reply);
  }

  static Decision<BusCommand, BusFact> removeTargets(Bus bus, BusCommand.RemoveTargets remove) {
    Optional<Decision<BusCommand, BusFact>> refusal =
        refusal(bus, remove.caller(), "events:RemoveTargets", remove.rule());
    Rule rule = bus.rule(remove.rule());
    if (refusal.isPresent() || rule == null) {
      return refusal.orElseGet(() -> refuseMissing(bus, remove.rule()));
    }
    List<String> ids =
        rule.targets().stream().map(Target::id).filter(remove.ids()::contains).toList();
    ObjectNode reply = Json.object().put("FailedEntryCount", 0);
    reply.putArray("FailedEntries");
    return ids.isEmpty()
        ? Decision.<BusCommand, BusFact>none().replying(reply)
        : Decision.<BusCommand, BusFact>of(new BusFact.TargetsRemoved(remove.rule(), ids))
            .replying(reply);
  }

  /** Why an account may not change a bus or a rule that has to be there; empty where it may. */
  static Optional<Decision<BusCommand, BusFact>> refusal(
      Bus bus, String caller, String action, @Nullable String name) {
    Optional<String> denied = Permissions.refusal(bus, caller, action, name);
    if (denied.isPresent()) {
      return denied.map(Rules::refuseAccess);
    }
    if (name == null) {
      return Optional.empty();
    }
    Rule rule = bus.rule(name);
    if (rule == null) {
      return Optional.of(refuseMissing(bus, name));
    }
    return isStranger(bus, caller, rule)
        ? Optional.of(refuseStranger(bus, caller, action, rule))
        : Optional.empty();
  }

  private static boolean isStranger(Bus bus, String caller, Rule rule) {
    return !caller.equals(bus.arn().account()) && !caller.equals(rule.createdBy());
  }

  private static Decision<BusCommand, BusFact> refuseStranger(
      Bus bus, String caller, String action, Rule rule) {
    return refuseAccess(
        "User: arn:aws:iam::%s:root is not authorized to perform: %s on resource: %s because the rule was created by account %s"
            .formatted(caller, action, bus.arn().rule(rule.name()), rule.createdBy()));
  }

  private static Decision<BusCommand, BusFact> refuseAccess(String message) {
    return Decision.refuse("AccessDeniedException", message);
  }

  private static Decision<BusCommand, BusFact> refuseMissing(Bus bus, String rule) {
    return Decision.refuse(
        Buses.NOT_FOUND, "Rule " + rule + " does not exist on EventBus " + bus.arn().name() + ".");
  }
}
