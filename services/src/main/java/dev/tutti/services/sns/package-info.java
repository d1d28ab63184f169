/** Amazon SNS's operations. */
@NullMarked
package dev.tutti.services.sns;

import org.jspecify.annotations.NullMarked;
