/** Holds what clients and subscribers took down against the data and what the API answers. */
@NullMarked
package dev.tutti.torture.check;

import org.jspecify.annotations.NullMarked;
