/**
 * The resource types: each reads a template's evaluated properties into {@link
 * dev.tutti.deploy.resource.Resource}s, which know the calls that create, update and delete them.
 */
@NullMarked
package dev.tutti.deploy.resource;

import org.jspecify.annotations.NullMarked;
