package dev.tutti.app;

import dev.tutti.services.Operations;
import dev.tutti.services.forward.Destination;
import dev.tutti.services.forward.Forwarding;
import dev.tutti.services.forward.Signing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where operations go that this runtime doesn't perform, from the command line and environment. */
final class Forwards {
  private Forwards() {}

  /**
   * From options {@code service=URL}.
   *
   * @throws Complaint where one of them isn't right
   */
  static Operations.Elsewhere of(List<String> written) {
    if (written.isEmpty()) {
      return Operations.Elsewhere.NOWHERE;
    }
    if (written.stream().anyMatch(each -> each.startsWith("s3="))) {
      throw new Complaint("--forward: an S3 elsewhere is named by --s3 URL");
    }
    try {
      return Forwarding.to(written.stream().map(Destination::of).toList(), credentials());
    } catch (IllegalArgumentException e) {
      throw new Complaint("--forward: " + e.getMessage(), e);
    }
  }

  /** Of variables of our own, so that a client's own settings don't leak in. */
  static @Nullable Signing credentials() {
    String key = System.getenv("TUTTI_FORWARD_ACCESS_KEY_ID");
    String secret = System.getenv("TUTTI_FORWARD_SECRET_ACCESS_KEY");
    return key == null || secret == null || key.isBlank()
        ? null
        : new Signing(key, secret, System.getenv("TUTTI_FORWARD_SESSION_TOKEN"));
  }
}
