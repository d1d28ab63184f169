package dev.tutti.core.kernel;

/**
 * A fact with what the host wrote beside it.
 *
 * @param key whose fact it is
 * @param seq its number among the aggregate's facts, from 1 without a gap
 * @param millis when it was decided, epoch milliseconds
 * @param cause why
 */
public record Recorded<F extends Fact>(Key key, long seq, long millis, Cause cause, F fact) {}
