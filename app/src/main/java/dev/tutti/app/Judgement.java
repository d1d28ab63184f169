package dev.tutti.app;

import dev.tutti.core.asl.compile.Definitions;
import dev.tutti.core.pattern.Patterns;
import dev.tutti.deploy.resource.Checks;
import dev.tutti.deploy.resource.DefinitionCheck;
import dev.tutti.services.sdk.Integrations;

/** What the engine's own compilers say of definitions and patterns before anything is deployed. */
final class Judgement {
  private Judgement() {}

  static Checks checks() {
    return new Checks(
        (definition, type) ->
            Definitions.check(definition, Integrations::knows).stream()
                .map(each -> new DefinitionCheck.Fault(each.toString(), each.location()))
                .toList(),
        pattern -> Patterns.fault(pattern).stream().toList());
  }
}
