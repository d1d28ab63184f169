/** What an execution is to others: its name, its status, and how it ended. */
@NullMarked
package dev.tutti.core.workflow.execution;

import org.jspecify.annotations.NullMarked;
