/**
 * Express executions, as far as they are recorded: what is walked is walked in memory, and a crash
 * makes an asynchronous one start anew.
 */
@NullMarked
package dev.tutti.core.workflow.express;

import org.jspecify.annotations.NullMarked;
