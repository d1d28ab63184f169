/** A team's scenarios: what is given, what is expected of it, and how the two are compared. */
@NullMarked
package dev.tutti.rehearse.scenario;

import org.jspecify.annotations.NullMarked;
