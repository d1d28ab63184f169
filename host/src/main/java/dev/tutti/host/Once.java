package dev.tutti.host;

/**
 * What makes a repeated command known.
 *
 * @param call id of the call that it belongs to, an owed one: the same when it is performed again
 * @param part id of the part of the call that sends it, unique in the call; empty for the call's
 *     own commands
 * @param nth which of the part's commands to the same aggregate, from 0
 */
public record Once(String call, String part, int nth) {}
