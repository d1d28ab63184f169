package dev.tutti.services.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.core.delivery.Verdict;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Request;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailerTest {
  private static final Request.Post MAIL =
      new Request.Post(
          "mailto:ann@example.org",
          Map.of("Subject", "Größe", "Message-ID", "1.2"),
          "Text with ö\n.\n");

  @Test
  void aMailBearsTheSameIdAtEachAttempt() throws IOException {
    try (PostOffice office = new PostOffice()) {
      Mailer mailer = new Mailer(office.server());

      Outcome first = mailer.apply(MAIL);
      Outcome second = mailer.apply(MAIL);

      assertThat(first).isInstanceOf(Outcome.Succeeded.class).isEqualTo(second);
      assertThat(office.mails())
          .hasSize(2)
          .allSatisfy(mail ->
              assertThat(mail)
                  .contains("Message-ID: <1.2@example.org>")
                  .contains("To: ann@example.org")
                  .contains("From: tutti@example.org")
                  .contains("Subject: =?UTF-8?Q?Gr=C3=B6=C3=9Fe?=")
                  .contains("charset=UTF-8"));
    }
  }

  @ParameterizedTest
  @CsvSource({"550 unknown,MailRefused,FINAL", "451 later,MailDeferred,PASSING"})
  void whatTheServerSaysDecides(String answer, String error, Verdict verdict) throws IOException {
    try (PostOffice office = new PostOffice()) {
      office.answerToRecipient(answer);

      Outcome outcome = new Mailer(office.server()).apply(MAIL);

      assertThat(outcome)
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              failed -> {
                assertThat(failed.error()).isEqualTo(error);
                assertThat(Verdict.of(failed)).isEqualTo(verdict);
              });
      assertThat(office.mails()).isEmpty();
    }
  }

  @Test
  void withoutAServerMailWaits() throws IOException {
    MailServer gone;
    try (PostOffice office = new PostOffice()) {
      gone = office.server();
    }
    for (Mailer mailer : new Mailer[] {new Mailer(gone), new Mailer(null)}) {
      assertThat(mailer.apply(MAIL))
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              failed -> assertThat(Verdict.of(failed)).isEqualTo(Verdict.PASSING));
    }
  }

  @Test
  void aServerIsSaidByAUrl() {
    assertThat(MailServer.of("smtp://mail?from=a@b", null, null).port()).isEqualTo(587);
    assertThat(MailServer.of("smtps://mail?from=a@b", "u", "p").port()).isEqualTo(465);
    assertThatThrownBy(() -> MailServer.of("smtp://u:p@mail?from=a@b", null, null))
        .hasMessageContaining("TUTTI_MAIL_USER");
    assertThatThrownBy(() -> MailServer.of("smtp://mail", null, null))
        .hasMessageContaining("?from=");
    assertThatThrownBy(() -> MailServer.of("http://mail?from=a@b", null, null))
        .hasMessageContaining("expected smtp://");
    assertThatThrownBy(() -> MailServer.of("smtp://mail?from=a@b", "u", null))
        .hasMessageContaining("belong together");
  }
}
