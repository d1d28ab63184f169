/** Deployment packages: checked before they are kept, kept once, unpacked once. */
@NullMarked
package dev.tutti.runner.code;

import org.jspecify.annotations.NullMarked;
