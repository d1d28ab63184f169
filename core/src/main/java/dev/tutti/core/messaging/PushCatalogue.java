package dev.tutti.core.messaging;

import dev.tutti.core.kernel.Recorded;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * All platform applications, folded from their facts as these are committed. Readers may be many at
 * a time; the facts of one application come in order.
 */
public final class PushCatalogue {
  private final ConcurrentSkipListMap<String, PushApp> byArn = new ConcurrentSkipListMap<>();

  /** Takes in a committed fact. */
  public void on(Recorded<PushAppFact> recorded) {
    byArn.computeIfAbsent(recorded.key().id(), PushApp::new).apply(recorded.fact());
  }

  /** An application; null where there is none. */
  public @Nullable PushApp app(String arn) {
    PushApp app = byArn.get(arn);
    return app == null || !app.exists() ? null : app;
  }

  /** The application of an endpoint's ARN; null where there is none. */
  public @Nullable PushApp appOf(String endpointArn) {
    String arn = PushEndpoint.app(endpointArn);
    return arn == null ? null : app(arn);
  }

  /** An endpoint; null where there is none. */
  public @Nullable PushEndpoint endpoint(String arn) {
    PushApp app = appOf(arn);
    return app == null ? null : app.endpoint(arn);
  }

  /**
   * The applications of a context in a region, by ARN.
   *
   * @param after the ARN after which to start; empty starts at the beginning
   */
  public List<PushApp> apps(String context, String region, String after, int limit) {
    String prefix = "arn:aws:sns:" + region + ':' + context + ":app/";
    String from = after.compareTo(prefix) > 0 ? after : prefix;
    return byArn.tailMap(from, false).values().stream()
        .takeWhile(app -> app.arn().startsWith(prefix))
        .filter(PushApp::exists)
        .limit(limit)
        .toList();
  }
}
