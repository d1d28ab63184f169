package dev.tutti.services.secretsmanager;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;
import dev.tutti.wire.ServiceError;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** GetRandomPassword: what it answers is kept nowhere. */
final class RandomPassword implements Operation {
  private static final String LOWERCASE = "abcdefghijklmnopqrstuvwxyz";
  private static final String UPPERCASE = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String NUMBERS = "0123456789";
  private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
  private static final int LENGTH = 32;

  private final SecureRandom random = new SecureRandom();

  @Override
  public JsonNode perform(Exchange exchange) {
    JsonNode input = exchange.input();
    int length = input.path("PasswordLength").asInt(LENGTH);
    List<String> types = types(input);
    boolean each = input.path("RequireEachIncludedType").asBoolean(true);
    if (types.isEmpty() || (each && types.contains(""))) {
      throw invalid("No characters are left for a type that the password is to have.");
    }
    if (each && length < types.size()) {
      throw invalid("Password length is too short based on the required types.");
    }
    String all = String.join("", types);
    if (all.isEmpty()) {
      throw invalid("No characters are left for the password.");
    }
    List<Character> signs = new ArrayList<>();
    if (each) {
      types.forEach(type -> signs.add(any(type)));
    }
    while (signs.size() < length) {
      signs.add(any(all));
    }
    Collections.shuffle(signs, random);
    return Json.object()
        .put("RandomPassword", signs.stream().map(String::valueOf).collect(Collectors.joining()));
  }

  /** The characters of each type that is wanted, without those that aren't. */
  private static List<String> types(JsonNode input) {
    List<String> types = new ArrayList<>();
    add(types, input, "ExcludeLowercase", LOWERCASE);
    add(types, input, "ExcludeUppercase", UPPERCASE);
    add(types, input, "ExcludeNumbers", NUMBERS);
    add(types, input, "ExcludePunctuation", PUNCTUATION);
    if (input.path("IncludeSpace").asBoolean()) {
      types.add(left(input, " "));
    }
    return types;
  }

  private static void add(List<String> types, JsonNode input, String unless, String signs) {
    if (!input.path(unless).asBoolean()) {
      types.add(left(input, signs));
    }
  }

  private static String left(JsonNode input, String signs) {
    String excluded = input.path("ExcludeCharacters").asText();
    return signs
        .chars()
        .filter(sign -> excluded.indexOf(sign) < 0)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  private char any(String signs) {
    return signs.charAt(random.nextInt(signs.length()));
  }

  private static ServiceError invalid(String message) {
    return new ServiceError("InvalidParameterException", message);
  }
}
