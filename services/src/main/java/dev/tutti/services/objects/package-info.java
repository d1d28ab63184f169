/**
 * Where objects are kept: an interface as small as what the runtime needs of S3, and a folder that
 * stands in for it.
 */
@NullMarked
package dev.tutti.services.objects;

import org.jspecify.annotations.NullMarked;
