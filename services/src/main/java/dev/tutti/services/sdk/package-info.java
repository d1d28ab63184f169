/**
 * AWS's services as software development kits name them, which is how Task states do: {@code
 * aws-sdk:sfn:startExecution}, with members in PascalCase.
 */
@NullMarked
package dev.tutti.services.sdk;

import org.jspecify.annotations.NullMarked;
