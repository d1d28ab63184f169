package dev.tutti.services.mail;

import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Request;
import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Properties;
import java.util.function.Function;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends posts to {@code mailto:} addresses by SMTP: the post's headers {@code Subject} and {@code
 * Message-ID} are the mail's, its body the text.
 *
 * <p>Done means that the server took it. A server that says no for good (5yz) fails like a refused
 * request, one that says later (4yz) or isn't there like one that is unavailable. Blocks; call it
 * on a virtual thread.
 */
public final class Mailer implements Function<Request.Post, Outcome> {
  private static final String SCHEME = "mailto:";
  private static final String TIMEOUT_MILLIS = "15000";
  private static final int REFUSED = 400;
  private static final int UNAVAILABLE = 503;
  private static final Logger LOG = LoggerFactory.getLogger(Mailer.class);

  private final @Nullable MailServer server;

  /**
   * Makes a mailer.
   *
   * @param server null where there is none: all mail waits for one
   */
  public Mailer(@Nullable MailServer server) {
    this.server = server;
  }

  /** Whether a post is a mail. */
  public static boolean isMail(Request.Post post) {
    return post.url().startsWith(SCHEME);
  }

  @Override
  public Outcome apply(Request.Post post) {
    if (server == null) {
      return failed("NoMailServer", "the runtime was started without --mail", UNAVAILABLE);
    }
    try {
      Session session = session(server);
      Message mail = mail(session, server, post);
      try (Transport transport = session.getTransport()) {
        transport.connect(server.host(), server.port(), server.user(), server.password());
        transport.sendMessage(mail, mail.getAllRecipients());
      }
      return new Outcome.Succeeded(Json.object().put("RequestId", messageId(post, server)));
    } catch (AddressException e) {
      LOG.debug("{} is no address", post.url(), e);
      return failed("InvalidAddress", String.valueOf(e.getMessage()), REFUSED);
    } catch (MessagingException e) {
      LOG.debug("{} took no mail to {}", server, post.url(), e);
      return said(e);
    }
  }

  private static Session session(MailServer server) {
    String name = server.tls() ? "smtps" : "smtp";
    Properties settings = new Properties();
    settings.setProperty("mail.transport.protocol", name);
    String prefix = "mail." + name + ".";
    settings.setProperty(prefix + "connectiontimeout", TIMEOUT_MILLIS);
    settings.setProperty(prefix + "timeout", TIMEOUT_MILLIS);
    settings.setProperty(prefix + "writetimeout", TIMEOUT_MILLIS);
    settings.setProperty(prefix + "ssl.checkserveridentity", "true");
    settings.setProperty(prefix + "starttls.enable", "true");
    boolean loggedIn = server.user() != null;
    settings.setProperty(prefix + "auth", Boolean.toString(loggedIn));
    settings.setProperty(prefix + "starttls.required", Boolean.toString(loggedIn && !server.tls()));
    return Session.getInstance(settings);
  }

  private static Message mail(Session session, MailServer server, Request.Post post)
      throws MessagingException {
    MimeMessage mail =
        new MimeMessage(session) {
          @Override
          protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", messageId(post, server));
          }
        };
    mail.setFrom(new InternetAddress(server.from(), true));
    mail.setRecipient(
        Message.RecipientType.TO, new InternetAddress(post.url().substring(SCHEME.length()), true));
    mail.setSubject(post.headers().getOrDefault("Subject", ""), StandardCharsets.UTF_8.name());
    mail.setHeader(
        "Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)));
    mail.setHeader("Auto-Submitted", "auto-generated");
    mail.setText(post.body(), StandardCharsets.UTF_8.name());
    return mail;
  }

  /** The same for each attempt, and a host of its own after it, as RFC 5322 asks. */
  private static String messageId(Request.Post post, MailServer server) {
    String host = server.from().substring(server.from().indexOf('@') + 1);
    return "<" + post.headers().getOrDefault("Message-ID", post.url()) + "@" + host + ">";
  }

  /** What the server said last, somewhere among the causes; else that it said nothing. */
  private static Outcome said(MessagingException failure) {
    int code = code(failure);
    String message = String.valueOf(failure.getMessage()).strip();
    if (failure instanceof SendFailedException partly) {
      Address[] invalid = partly.getInvalidAddresses();
      message = invalid == null ? message : message + " " + invalid.length + " invalid";
    }
    return code / 100 == 5
        ? failed("MailRefused", message, REFUSED)
        : failed(code == 0 ? "ConnectionFailed" : "MailDeferred", message, UNAVAILABLE);
  }

  private static int code(MessagingException failure) {
    for (Exception each = failure; each != null; each = next(each)) {
      int code =
          switch (each) {
            case SMTPAddressFailedException refused -> refused.getReturnCode();
            case SMTPSenderFailedException refused -> refused.getReturnCode();
            case SMTPSendFailedException refused -> refused.getReturnCode();
            default -> 0;
          };
      if (code > 0) {
        return code;
      }
    }
    return 0;
  }

  private static @Nullable Exception next(Exception failure) {
    return failure instanceof MessagingException messaging ? messaging.getNextException() : null;
  }

  private static Outcome failed(String error, String message, int status) {
    return new Outcome.Failed("smtp", error, message, status);
  }
}
