/**
 * Joins the parts: {@link dev.tutti.services.Operations} is the one door, behind it one class per
 * AWS service turns a call into commands and reads.
 */
@NullMarked
package dev.tutti.services;

import org.jspecify.annotations.NullMarked;
