/** AWS Security Token Service's operations. */
@NullMarked
package dev.tutti.services.sts;

import org.jspecify.annotations.NullMarked;
