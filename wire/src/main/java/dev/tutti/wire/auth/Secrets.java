package dev.tutti.wire.auth;

import java.util.Optional;

/** The secret keys that signatures are checked with. */
@FunctionalInterface
public interface Secrets {
  /** The secret of an access key; empty where the key is nobody's. */
  Optional<String> secretOf(String accessKey);
}
