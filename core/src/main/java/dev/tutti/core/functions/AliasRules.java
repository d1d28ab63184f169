package dev.tutti.core.functions;

import dev.tutti.core.kernel.Decision;
import dev.tutti.core.kernel.Moment;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decides about the aliases of a function. */
final class AliasRules {
  private AliasRules() {}

  static Decision<FunctionCommand, FunctionFact> create(
      Function state, FunctionCommand.CreateAlias create, Moment moment) {
    if (state.published().aliases().containsKey(create.name())) {
      return Decision.refuse(
          "ResourceConflictException",
          "Alias already exists: " + state.arn() + ':' + create.name());
    }
    return put(
        state,
        new FunctionFact.AliasPut(
            create.name(), create.version(), create.description(), create.weights()),
        moment);
  }

  static Decision<FunctionCommand, FunctionFact> update(
      Function state, FunctionCommand.UpdateAlias update, Moment moment) {
    Alias alias = state.published().aliases().get(update.name());
    if (alias == null) {
      return Refusals.noAlias(state.arn() + ':' + update.name());
    }
    if (Refusals.stale(update.revision(), alias.revision())) {
      return Refusals.staleResource();
    }
    return put(
        state,
        new FunctionFact.AliasPut(
            alias.name(),
            update.version() == null ? alias.version() : update.version(),
            update.description() == null ? alias.description() : update.description(),
            update.weights() == null ? alias.weights() : update.weights()),
        moment);
  }

  private static Decision<FunctionCommand, FunctionFact> put(
      Function state, FunctionFact.AliasPut put, Moment moment) {
    Decision<FunctionCommand, FunctionFact> refusal = wrong(state, put);
    if (refusal != null) {
      return refusal;
    }
    Function after = Functions.after(state, put, moment);
    Alias alias = after.published().aliases().get(put.name());
    if (alias == null) {
      throw new IllegalStateException("an alias was put and isn't there: " + put.name());
    }
    return Decision.<FunctionCommand, FunctionFact>of(put)
        .replying(FunctionJson.alias(after, alias));
  }

  private static @Nullable Decision<FunctionCommand, FunctionFact> wrong(
      Function state, FunctionFact.AliasPut put) {
    Map<String, Double> weights = put.weights();
    if (weights.size() > 1) {
      return Refusals.invalid(
          "Number of items in AdditionalVersionWeights cannot be greater than 1");
    }
    if (!weights.isEmpty() && put.version().equals("$LATEST")) {
      return Refusals.invalid(
          "$LATEST is not supported for an alias pointing to more than 1 version");
    }
    if (weights.containsKey(put.version())) {
      return Refusals.invalid(
          "Invalid function version "
              + put.version()
              + ". Function version "
              + put.version()
              + " is already included in routing configuration.");
    }
    if (isMissing(state, put.version())) {
      return Refusals.functionNotFound(state.arn() + ':' + put.version());
    }
    for (String other : weights.keySet()) {
      if (isMissing(state, other)) {
        return Refusals.functionNotFound(state.arn() + ':' + other);
      }
    }
    return null;
  }

  private static boolean isMissing(Function state, String version) {
    return state.published().aliases().containsKey(version) || state.release(version) == null;
  }
}
