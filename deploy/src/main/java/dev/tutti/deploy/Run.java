package dev.tutti.deploy;

import dev.tutti.deploy.resource.Body;
import dev.tutti.deploy.resource.Client;
import dev.tutti.deploy.resource.Owned;
import dev.tutti.deploy.resource.Refused;
import dev.tutti.deploy.resource.Removal;
import dev.tutti.deploy.resource.Resource;
import dev.tutti.wire.Door;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One deployment under way: what it has done so far, and how that is taken back. */
final class Run {
  private record Created(StackRecord record, Owned owned, Optional<Owned> replaces) {}

  private final Door door;
  private final String region;
  private final StackRecords records;
  private final List<Deployment.Line> lines = new ArrayList<>();
  private final List<Created> created = new ArrayList<>();
  private final List<Plan.Leftover> replaced = new ArrayList<>();

  Run(Door door, String region, StackRecords records) {
    this.door = door;
    this.region = region;
    this.records = records;
  }

  List<Deployment.Line> lines() {
    return lines;
  }

  /** What to delete now that its successor is there. */
  List<Plan.Leftover> replaced() {
    return replaced;
  }

  void perform(Plan.Step step) {
    switch (step.action()) {
      case UNCHANGED -> unchanged(step);
      case NO_EFFECT -> say(step, "NO_EFFECT");
      case CREATE -> createOrAdopt(step, Optional.empty());
      case REPLACE -> createOrAdopt(step, step.before());
      case UPDATE -> update(step);
      case DELETE, LEAVE -> throw new IllegalStateException("no step deletes");
    }
  }

  /** The logical id, or whether it is kept, may have changed without anything to call. */
  private void unchanged(Plan.Step step) {
    Owned before = step.before().orElseThrow();
    Owned now = owned(step, before.physicalId(), true);
    if (!now.equals(before)) {
      put(step, now);
    }
    say(step, "UNCHANGED");
  }

  private void createOrAdopt(Plan.Step step, Optional<Owned> replaces) {
    Resource resource = step.resource();
    Body body = resource.body();
    Client client = client(step);
    if (body.exists(client)) {
      setAside(step, replaces);
      put(step, owned(step, resource.reference(), false));
      body.update(client, body.parts().keySet(), owned(step, resource.reference(), false).bare());
      put(step, owned(step, resource.reference(), true));
      say(step, "UPDATED");
    } else {
      create(step, replaces);
    }
  }

  private void create(Plan.Step step, Optional<Owned> replaces) {
    setAside(step, replaces);
    Owned pending = owned(step, "", false);
    put(step, pending);
    created.add(new Created(step.record(), pending, replaces));
    Owned made = owned(step, step.resource().body().create(client(step)), true);
    created.set(created.size() - 1, new Created(step.record(), made, replaces));
    put(step, made);
    say(step, "CREATED");
  }

  private void update(Plan.Step step) {
    Owned before = step.before().orElseThrow();
    Body body = step.resource().body();
    Client client = client(step);
    if (before.physicalId().isEmpty()) {
      createOrAdopt(step, Optional.empty());
      return;
    }
    put(step, owned(step, before.physicalId(), false, before));
    try {
      body.update(client, step.changed(), before);
    } catch (Refused e) {
      if (!e.isMissing() || body.exists(client)) {
        throw e;
      }
      create(step, Optional.empty());
      return;
    }
    put(step, owned(step, before.physicalId(), true));
    say(step, "UPDATED");
  }

  private void setAside(Plan.Step step, Optional<Owned> replaces) {
    if (replaces.isPresent()) {
      Owned old = replaces.get();
      if (step.keptOnReplace()) {
        step.record().remove(old);
      } else {
        step.record().replace(old);
        replaced.add(new Plan.Leftover(step.record(), old, Plan.Action.DELETE));
      }
    }
  }

  /** Takes back what was created, the last first, and says what happened. */
  DeployFailed failed(Plan.Step step, RuntimeException cause) {
    StringBuilder message = new StringBuilder();
    message
        .append(step.resource().place())
        .append(": ")
        .append(step.resource().logicalId())
        .append(" (")
        .append(step.resource().type())
        .append("): ")
        .append(cause instanceof Refused ? cause.getMessage() : cause.toString());
    for (Created one : created.reversed()) {
      Owned owned = one.owned();
      try {
        Removal.delete(new Client(door, one.record().account(), region), owned);
        one.record().remove(owned);
        one.replaces().ifPresent(one.record()::restore);
        one.record().save(records);
        lines.add(line(one.record(), owned.logicalId(), owned.type(), "ROLLED_BACK"));
      } catch (RuntimeException e) {
        message.append("\nnot rolled back: ").append(owned.logicalId()).append(": ").append(e);
        cause.addSuppressed(e);
      }
    }
    for (Deployment.Line line : lines) {
      if (line.outcome().equals("UPDATED")) {
        message.append("\nalready updated, and stays so: ").append(line.logicalId());
      }
    }
    return new DeployFailed(message.toString(), new Deployment(lines, Map.of(), List.of()), cause);
  }

  private void put(Plan.Step step, Owned owned) {
    step.before()
        .filter(before -> !before.logicalId().equals(owned.logicalId()))
        .filter(before -> before.key().equals(owned.key()))
        .ifPresent(step.record()::remove);
    step.record().put(owned);
    step.record().save(records);
  }

  private static Owned owned(Plan.Step step, String physicalId, boolean settled) {
    Resource resource = step.resource();
    return new Owned(
        resource.logicalId(),
        resource.type(),
        resource.key(),
        physicalId,
        resource.body().parts(),
        resource.body().keep(),
        step.kept(),
        settled);
  }

  /** While an update is under way, what is kept is still of before. */
  private static Owned owned(Plan.Step step, String physicalId, boolean settled, Owned before) {
    Owned now = owned(step, physicalId, settled);
    return new Owned(
        now.logicalId(),
        now.type(),
        now.key(),
        physicalId,
        before.parts(),
        before.keep(),
        now.kept(),
        settled);
  }

  private Client client(Plan.Step step) {
    return new Client(door, step.record().account(), region);
  }

  private void say(Plan.Step step, String outcome) {
    lines.add(line(step.record(), step.resource().logicalId(), step.resource().type(), outcome));
  }

  static Deployment.Line line(StackRecord record, String logicalId, String type, String outcome) {
    return new Deployment.Line(record.account(), record.stack(), logicalId, type, outcome);
  }
}
