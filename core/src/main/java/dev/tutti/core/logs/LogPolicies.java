package dev.tutti.core.logs;

import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Decision;
import dev.tutti.core.kernel.Effect;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Moment;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Recorded;
import java.util.List;

/** Decides resource policies of log groups, aggregate kind {@code logPolicy}. */
public final class LogPolicies implements Decider<LogPolicy, PolicyCommand, PolicyFact> {
  public static final String KIND = "logPolicy";

  /** Policies: account, region, name. */
  public static final String TABLE = "log-policies";

  public static Key key(String account, String region, String name) {
    return new Key(KIND, account + '|' + region + '|' + name);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Class<PolicyCommand> commands() {
    return PolicyCommand.class;
  }

  @Override
  public Class<PolicyFact> facts() {
    return PolicyFact.class;
  }

  @Override
  public LogPolicy blank(Key key) {
    String[] parts = key.id().split("\\|", 3);
    return new LogPolicy(parts[0], parts[1], parts[2], null);
  }

  @Override
  public Decision<PolicyCommand, PolicyFact> decide(
      LogPolicy policy, PolicyCommand command, Moment moment) {
    return switch (command) {
      case PolicyCommand.PutPolicy put -> done(new PolicyFact.PolicyPut(put.document()));
      case PolicyCommand.DeletePolicy delete ->
          policy.document() == null
              ? Decision.refuse(
                  "ResourceNotFoundException",
                  "Policy with name [" + policy.name() + "] does not exist")
              : done(new PolicyFact.PolicyDeleted());
    };
  }

  private static Decision<PolicyCommand, PolicyFact> done(PolicyFact fact) {
    return Decision.<PolicyCommand, PolicyFact>of(fact).replying();
  }

  @Override
  public LogPolicy apply(LogPolicy policy, Recorded<PolicyFact> recorded) {
    return switch (recorded.fact()) {
      case PolicyFact.PolicyPut fact -> policy.with(fact.document());
      case PolicyFact.PolicyDeleted fact -> policy.with(null);
    };
  }

  @Override
  public List<Effect> effects(LogPolicy policy, Recorded<PolicyFact> recorded) {
    return List.of();
  }

  @Override
  public PolicyCommand outcome(String call, Outcome outcome) {
    throw new IllegalStateException("a policy calls nobody: " + call);
  }

  @Override
  public void index(LogPolicy policy, Recorded<PolicyFact> recorded, Rows rows) {
    List<String> key = List.of(policy.account(), policy.region(), policy.name());
    switch (recorded.fact()) {
      case PolicyFact.PolicyPut fact ->
          rows.put(
              TABLE,
              key,
              Json.object()
                  .put("document", fact.document())
                  .put("lastUpdatedMillis", recorded.millis()));
      case PolicyFact.PolicyDeleted fact -> rows.delete(TABLE, key);
    }
  }
}
