/** What came out, for people and for programs. */
@NullMarked
package dev.tutti.bench.report;

import org.jspecify.annotations.NullMarked;
