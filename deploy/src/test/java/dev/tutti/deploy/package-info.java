/** Tests of the deployer, against a door that records every call. */
@NullMarked
package dev.tutti.deploy;

import org.jspecify.annotations.NullMarked;
