/** Disks that lie, fail, fill up and lose power. */
@NullMarked
package dev.tutti.torture.disk;

import org.jspecify.annotations.NullMarked;
