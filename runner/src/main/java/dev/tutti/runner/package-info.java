/** Runs functions: processes of the operating system behind the AWS Lambda Runtime API. */
@NullMarked
package dev.tutti.runner;

import org.jspecify.annotations.NullMarked;
