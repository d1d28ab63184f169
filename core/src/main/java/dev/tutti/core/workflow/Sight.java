package dev.tutti.core.workflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.asl.data.Observer;
import org.jspecify.annotations.Nullable;

/**
 * What sets a state that is only tried apart from one in an execution.
 *
 * @param mocked whether its work isn't asked for
 * @param context the context object to show it; null for one as an execution would have
 * @param iterated whether that one has an item, as in a Map state's first iteration
 */
record Sight(Observer observer, boolean mocked, @Nullable ObjectNode context, boolean iterated) {}
