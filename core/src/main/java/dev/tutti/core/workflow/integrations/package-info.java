/**
 * What a Task state may ask of which service: its arguments become an operation through the one
 * door, the answer becomes the Task's output or error, worded as AWS does.
 */
@NullMarked
package dev.tutti.core.workflow.integrations;

import org.jspecify.annotations.NullMarked;
