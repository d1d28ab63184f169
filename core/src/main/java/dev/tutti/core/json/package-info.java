/** JSON values: parsing without loss, writing, and the codec of facts. */
@NullMarked
package dev.tutti.core.json;

import org.jspecify.annotations.NullMarked;
