/** Mail, handed to a configured SMTP server. */
@NullMarked
package dev.tutti.services.mail;

import org.jspecify.annotations.NullMarked;
