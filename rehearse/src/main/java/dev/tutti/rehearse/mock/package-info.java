/** What answers in the place of a Task's work or of a function, and the files that say so. */
@NullMarked
package dev.tutti.rehearse.mock;

import org.jspecify.annotations.NullMarked;
