package dev.tutti.core.kernel;

/** What somebody wants of one aggregate. Each domain seals its own: records, values only. */
public interface Command {}
