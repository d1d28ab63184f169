package dev.tutti.host;

/**
 * What makes a repeated command known.
 *
 * @param call id of the call that it belongs to: the same when the call is performed again
 * @param nth which of the call's commands to the same aggregate, from 0
 */
public record Once(String call, int nth) {}
