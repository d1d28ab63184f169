/**
 * Step Functions: state machines with their revisions, and executions that walk them.
 *
 * <p>{@link dev.tutti.core.workflow.Machines} keeps state machines; {@link
 * dev.tutti.core.workflow.MachineCatalogue} makes their compiled revisions known to {@link
 * dev.tutti.core.workflow.Executions}, which walks one execution as a tree of strands: one for the
 * machine, one for each running branch and iteration. {@code integrations} says what a Task asks of
 * which service, and what its answer means.
 */
@NullMarked
package dev.tutti.core.workflow;

import org.jspecify.annotations.NullMarked;
