package dev.tutti.app;

import dev.tutti.core.asl.Resource;
import dev.tutti.services.forward.Forwarding;
import dev.tutti.services.sdk.SdkService;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What stands against a Task that is performed at an endpoint, as nobody plays it. */
final class Unmocked {
  private Unmocked() {}

  /** Why it can't be performed; null where it can. */
  static @Nullable String obstacle(Resource resource) {
    return switch (resource) {
      case Resource.Function _ -> null;
      case Resource.Activity _ -> "nobody polls for activities here";
      case Resource.Optimised task ->
          obstacle(task.pattern(), task.service(), SdkService.called(task.service()));
      case Resource.AwsSdk task ->
          obstacle(task.pattern(), task.service(), SdkService.named(task.service()));
      case Resource.Other _ -> "nobody knows what it is";
    };
  }

  private static @Nullable String obstacle(
      Resource.Pattern pattern, String name, Optional<SdkService> service) {
    if (pattern != Resource.Pattern.REQUEST_RESPONSE) {
      return "the endpoint can't tell it when its work (" + pattern.suffix() + ") is done";
    }
    if (service.isEmpty()) {
      return name + " is no service whose model is known here";
    }
    String protocol = service.get().metadata().protocol();
    return Forwarding.speaks(service.get().metadata()) || protocol.equals("rest-xml")
        ? null
        : name + " speaks the protocol " + protocol + ", in which nothing is sent from here";
  }
}
