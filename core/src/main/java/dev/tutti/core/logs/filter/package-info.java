/** Filter patterns of CloudWatch Logs, compiled. */
@NullMarked
package dev.tutti.core.logs.filter;

import org.jspecify.annotations.NullMarked;
