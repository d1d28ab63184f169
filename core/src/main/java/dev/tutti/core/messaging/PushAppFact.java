package dev.tutti.core.messaging;

import dev.tutti.core.kernel.Fact;
import java.util.Map;

/** What happened to a platform application; members as in {@link PushAppCommand}. */
public sealed interface PushAppFact extends Fact {

  record Created(Map<String, String> attributes, Map<String, String> secrets)
      implements PushAppFact {}

  record AttributesSet(Map<String, String> attributes, Map<String, String> secrets)
      implements PushAppFact {}

  record Deleted() implements PushAppFact {}

  record EndpointCreated(String endpointArn, Map<String, String> attributes)
      implements PushAppFact {}

  record EndpointAttributesSet(String endpointArn, Map<String, String> attributes)
      implements PushAppFact {}

  record EndpointDeleted(String endpointArn) implements PushAppFact {}
}
