package dev.tutti.wire.auth;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which account a caller is. */
@FunctionalInterface
public interface Accounts {
  /**
   * The account, twelve digits, that an access key stands for; empty where the key is nobody's.
   *
   * @param accessKey the key of the request's credential; the empty string where it has none
   */
  Optional<String> accountOf(String accessKey);

  /**
   * A key in {@code keys} is the account it is mapped to, a key of twelve digits is that account,
   * and any other is the fallback, or nobody where there is none.
   */
  static Accounts of(Map<String, String> keys, @Nullable String fallback) {
    Map<String, String> known = Map.copyOf(keys);
    return accessKey -> {
      String account = known.get(accessKey);
      if (account == null) {
        account = accessKey.matches("[0-9]{12}") ? accessKey : fallback;
      }
      return Optional.ofNullable(account);
    };
  }
}
