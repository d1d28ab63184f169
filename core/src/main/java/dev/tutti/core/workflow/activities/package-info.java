/**
 * Activities: names under which Tasks wait for workers that poll. What waits belongs to its
 * execution; here is only what exists, and what executions offer and withdraw.
 */
@NullMarked
package dev.tutti.core.workflow.activities;

import org.jspecify.annotations.NullMarked;
