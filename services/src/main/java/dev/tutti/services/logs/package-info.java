/** As much of CloudWatch Logs as it takes to read what executions and functions log. */
@NullMarked
package dev.tutti.services.logs;

import org.jspecify.annotations.NullMarked;
