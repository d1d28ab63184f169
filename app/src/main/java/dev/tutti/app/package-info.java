/** The program: its command line, its configuration, and the one file that wires everything. */
@NullMarked
package dev.tutti.app;

import org.jspecify.annotations.NullMarked;
