/**
 * What it takes to try state machines and whole contexts without deploying them: who answers in the
 * place of Tasks and functions, and what is told of what happened.
 */
@NullMarked
package dev.tutti.rehearse;

import org.jspecify.annotations.NullMarked;
