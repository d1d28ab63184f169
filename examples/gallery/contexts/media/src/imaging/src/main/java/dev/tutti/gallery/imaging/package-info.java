/** The gallery's functions that have to see pixels: thumbnails and main colours. */
@NullMarked
package dev.tutti.gallery.imaging;

import org.jspecify.annotations.NullMarked;
