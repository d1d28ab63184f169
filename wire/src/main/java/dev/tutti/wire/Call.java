package dev.tutti.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One operation that somebody asks for: the only form in which a request reaches the services,
 * whether it came over HTTP, from a Task state, from a rule's target or from the command line.
 *
 * @param context account of the authenticated caller, twelve digits; never a field of the request
 * @param region the region the caller signed for, for example {@code us-east-1}
 * @param service the service's endpoint prefix as in AWS's models: {@code states}, {@code events},
 *     {@code lambda}, {@code sns}, {@code sts}
 * @param operation the operation's name in the model, for example {@code StartExecution}
 * @param input members by their model names; blobs are base64 text, timestamps epoch seconds; valid
 *     against the model's shapes and constraints
 * @param id the request's id. Whatever the operation creates derives its ids from it, so a call
 *     that is repeated under the same id does its work once
 * @param trace what caused this call, or null where it is a root cause
 * @param accessKey the key that the caller's request bore, empty where it bore none; null where the
 *     call is no request from outside
 */
public record Call(
    String context,
    String region,
    String service,
    String operation,
    JsonNode input,
    String id,
    @Nullable TraceHeader trace,
    @Nullable String accessKey) {
  private static final Pattern USER = Pattern.compile("[\\w+=,.@-]{1,64}");

  /** A call that is no request from outside. */
  public Call(
      String context,
      String region,
      String service,
      String operation,
      JsonNode input,
      String id,
      @Nullable TraceHeader trace) {
    this(context, region, service, operation, input, id, trace, null);
  }

  /** Whether it is a request that doesn't say who asks. */
  public boolean isAnonymous() {
    return accessKey != null && accessKey.isEmpty();
  }

  /**
   * The caller as IAM names principals. A context's own key, the account, is its root; any further
   * key is a user of the context, by the key's name.
   */
  public String principal() {
    String account = "arn:aws:iam::" + context + ":";
    return accessKey == null || accessKey.equals(context) || !USER.matcher(accessKey).matches()
        ? account + "root"
        : account + "user/" + accessKey;
  }
}
