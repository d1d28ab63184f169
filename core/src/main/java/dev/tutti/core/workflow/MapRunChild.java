package dev.tutti.core.workflow;

/** Whose child an execution is, and which. */
public record MapRunChild(String mapRunArn, int index) {}
