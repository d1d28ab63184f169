/**
 * Reads templates and evaluates them: text in, values with their places in the file out. Knows no
 * resource type and changes nothing.
 */
@NullMarked
package dev.tutti.deploy.template;

import org.jspecify.annotations.NullMarked;
