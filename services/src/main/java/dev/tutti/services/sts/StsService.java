package dev.tutti.services.sts;

import dev.tutti.core.json.Json;
import dev.tutti.services.Operation;
import dev.tutti.services.Service;
import java.util.Map;

/** STS: says who the caller is, which is a context and nobody in particular within it. */
public final class StsService implements Service {
  @Override
  public String name() {
    return "sts";
  }

  @Override
  public Map<String, Operation> operations() {
    return Map.of(
        "GetCallerIdentity",
        exchange ->
            Json.object()
                .put("UserId", exchange.context())
                .put("Account", exchange.context())
                .put("Arn", "arn:aws:iam::" + exchange.context() + ":root"));
  }
}
