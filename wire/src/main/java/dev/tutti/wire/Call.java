package dev.tutti.wire;

import com.fasterxml.jackson.databind.JsonNode;
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
 */
public record Call(
    String context,
    String region,
    String service,
    String operation,
    JsonNode input,
    String id,
    @Nullable TraceHeader trace) {}
