package dev.tutti.services.sns;

import dev.tutti.core.messaging.PushCatalogue;
import dev.tutti.core.messaging.TextCatalogue;
import dev.tutti.services.secrets.Vault;

/**
 * What SNS knows of phones.
 *
 * @param apps follows the facts of platform applications
 * @param texts follows the facts of accounts' text messages
 * @param vault seals the applications' secrets
 */
public record Phones(PushCatalogue apps, TextCatalogue texts, Vault vault) {}
