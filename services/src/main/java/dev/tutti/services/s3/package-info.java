/** S3, as far as a folder can stand in for it: buckets, objects, lists. */
@NullMarked
package dev.tutti.services.s3;

import org.jspecify.annotations.NullMarked;
