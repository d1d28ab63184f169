package dev.tutti.services.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.core.json.Json;
import dev.tutti.services.http.RetryAfter;
import dev.tutti.services.http.Web;
import dev.tutti.wire.ServiceError;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sms.example.org",
        "ftp://sms.example.org",
        "http:",
        "https://a:b@example.org/",
        "a b"
      })
  void onlyAddressesWithoutSecretsAreTaken(String url) {
    assertThatThrownBy(() -> Gateway.of(url, null)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aTokenIsNotShown() {
    assertThat(Gateway.of("https://sms.example.org/send", "secret"))
        .hasToString("https://sms.example.org/send");
  }

  @ParameterizedTest
  @CsvSource({"400,HttpStatus400", "429,HttpStatus429", "503,HttpStatus503"})
  void whatAGatewaySaysIsNotRepeated(int status, String code) {
    Web web =
        ask ->
            new Web.Answer.Received(
                status, List.of(new Web.Pair("retry-after", "7")), "token=secret", true);
    Posting posting = new Posting(web, () -> 0);

    assertThatThrownBy(
            () -> posting.post(Gateway.of("https://sms.example.org", "t"), Json.object()))
        .isInstanceOfSatisfying(
            ServiceError.class,
            error -> {
              assertThat(error.code()).isEqualTo(code);
              assertThat(error.status()).isEqualTo(status);
              assertThat(error.getMessage()).doesNotContain("secret");
              assertThat(error.members().path(RetryAfter.MEMBER).asLong()).isEqualTo(7);
            });
  }

  @ParameterizedTest
  @CsvSource({"TIMEOUT,Timeout,504", "CONNECTION,ConnectionFailed,503"})
  void noAnswerPasses(Web.Fault fault, String code, int status) {
    Posting posting = new Posting(ask -> new Web.Answer.Missing(fault, "why"), () -> 0);

    assertThatThrownBy(
            () -> posting.post(Gateway.of("https://sms.example.org", null), Json.object()))
        .isInstanceOfSatisfying(
            ServiceError.class,
            error -> {
              assertThat(error.code()).isEqualTo(code);
              assertThat(error.status()).isEqualTo(status);
            });
  }
}
