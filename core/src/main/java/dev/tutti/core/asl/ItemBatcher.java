package dev.tutti.core.asl;

import dev.tutti.core.asl.data.Amount;
import dev.tutti.core.asl.data.PayloadTemplate;
import org.jspecify.annotations.Nullable;

/**
 * Hands a child of a distributed Map several items at a time.
 *
 * @param items at most; null for no such bound
 * @param bytes of the child's input at most; null for no such bound
 * @param input what each child gets beside its items; null for nothing
 */
public record ItemBatcher(
    @Nullable Amount items, @Nullable Amount bytes, @Nullable PayloadTemplate input) {}
