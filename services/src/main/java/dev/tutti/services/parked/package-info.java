/**
 * The workbench of parked deliveries: found, grouped, shown, edited, sent again to their own target
 * only, or given up.
 */
@NullMarked
package dev.tutti.services.parked;

import org.jspecify.annotations.NullMarked;
