/** Amazon SQS's operations. */
@NullMarked
package dev.tutti.services.sqs;

import org.jspecify.annotations.NullMarked;
