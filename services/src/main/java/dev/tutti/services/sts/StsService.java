package dev.tutti.services.sts;

import dev.tutti.core.json.Json;
import dev.tutti.services.Operation;
import dev.tutti.services.Service;
import dev.tutti.wire.Call;
import java.util.Map;

/** STS: says who the caller is: a context, or one of its further access keys. */
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
                .put("UserId", userId(exchange.call()))
                .put("Account", exchange.context())
                .put("Arn", exchange.call().principal()));
  }

  private static String userId(Call call) {
    String key = call.accessKey();
    return key == null || call.principal().endsWith(":root") ? call.context() : key;
  }
}
