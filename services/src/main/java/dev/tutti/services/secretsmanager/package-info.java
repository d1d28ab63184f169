/** AWS Secrets Manager. */
@NullMarked
package dev.tutti.services.secretsmanager;

import org.jspecify.annotations.NullMarked;
