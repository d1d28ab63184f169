package dev.tutti.core.asl;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.asl.data.Entropy;
import dev.tutti.core.asl.data.Scope;
import dev.tutti.core.json.Json;

/** JSON with single quotes, scopes and a chance that is always the same. */
public final class Samples {
  public static final String UUID = "00000000-0000-4000-8000-000000000001";

  private Samples() {}

  /** JSON written with single quotes. */
  public static JsonNode json(String singleQuoted) {
    return Json.parse(text(singleQuoted));
  }

  /** JSON text of what is written with single quotes. */
  public static String text(String singleQuoted) {
    return singleQuoted.replace('\'', '"');
  }

  public static Scope scope(JsonNode input) {
    return Scope.of(input, json("{'Execution':{'Name':'run','Input':{'n':1}}}"), entropy(0.5));
  }

  public static Entropy entropy(double fraction) {
    return new Entropy() {
      @Override
      public double fraction() {
        return fraction;
      }

      @Override
      public String uuid() {
        return UUID;
      }

      @Override
      public long millis() {
        return 1_700_000_000_000L;
      }
    };
  }
}
