/** AWS Lambda's operations. */
@NullMarked
package dev.tutti.services.lambda;

import org.jspecify.annotations.NullMarked;
