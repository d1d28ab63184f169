package dev.tutti.core.messaging;

import dev.tutti.core.kernel.Command;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What somebody wants of a topic. Attributes are validated by whoever sends them. */
public sealed interface TopicCommand extends Command {

  /** Creates it; where it exists with these attributes and tags, changes nothing. */
  record Create(Map<String, String> attributes, Map<String, String> tags) implements TopicCommand {}

  /** Sets an attribute; an empty value takes it back. */
  record SetAttribute(String name, String value) implements TopicCommand {}

  /** Deletes it with its subscriptions; where it isn't, changes nothing. */
  record Delete() implements TopicCommand {}

  /**
   * Subscribes; where protocol and endpoint are subscribed already, answers that subscription.
   *
   * @param id the new subscription's UUID
   * @param owner account that subscribes
   * @param principal who of that account, as IAM names them; null where nobody in particular
   */
  record Subscribe(
      String id,
      String owner,
      String protocol,
      String endpoint,
      Map<String, String> attributes,
      @Nullable String principal)
      implements TopicCommand {

    /** Nobody in particular subscribes. */
    public Subscribe(
        String id, String owner, String protocol, String endpoint, Map<String, String> attributes) {
      this(id, owner, protocol, endpoint, attributes, null);
    }
  }

  /**
   * Confirms the subscription of a token.
   *
   * @param onlyOwner whether only the owner may unsubscribe from now on
   */
  record Confirm(String token, boolean onlyOwner) implements TopicCommand {}

  record SetSubscriptionAttribute(String subscriptionArn, String name, String value)
      implements TopicCommand {}

  /** Ends a subscription; where it isn't, changes nothing. */
  record Unsubscribe(String subscriptionArn) implements TopicCommand {}

  /** Adds a statement to the policy: these accounts may do these actions. */
  record AddPermission(String label, List<String> accounts, List<String> actions)
      implements TopicCommand {}

  record RemovePermission(String label) implements TopicCommand {}

  record Tag(Map<String, String> tags) implements TopicCommand {}

  record Untag(List<String> keys) implements TopicCommand {}
}
