package dev.tutti.core.kernel;

/**
 * What an aggregate decided; all that the log holds. Each domain seals its own: records, values
 * only.
 *
 * <p>What a fact meant when it was released it means for ever: a released record may gain nullable
 * components, and loses or renames none.
 */
public interface Fact {}
