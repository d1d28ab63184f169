package dev.tutti.wire.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.wire.message.Request;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ForeignPagesTest {
  private final ForeignPages pages = new ForeignPages(Set.of("bus.example.com"));

  private @Nullable String refusal(String method, String... headers) {
    return pages.refusal(request(method, headers));
  }

  private static Request request(String method, String... headers) {
    Map<String, List<String>> named = new HashMap<>();
    for (int i = 0; i < headers.length; i += 2) {
      named.put(headers[i], List.of(headers[i + 1]));
    }
    return new Request(method, "/", "", named, new byte[0]);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1:4566",
        "[::1]:4566",
        "192.168.0.7",
        "localhost:4566",
        "Pictures.localhost:4566",
        "tutti:4566",
        "host.docker.internal:4566",
        "sync-states.eu-central-1.amazonaws.com",
        "bus.example.com",
        "sync-states.bus.example.com:8443"
      })
  void isCalledByNamesThatNoStrangerCanHave(String host) {
    assertThat(refusal("POST", "Host", host)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example:4566", "evil.example.:4566", "localhost.evil.example"})
  void isNotCalledByNamesThatAnybodyMayRegister(String host) {
    assertThat(refusal("GET", "Host", host)).contains("--public-url");
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:4566, true",
    "http://localhost:3000, true",
    "http://tutti:4566, true",
    "https://bus.example.com, true",
    "https://evil.example, false",
    "http://192.168.0.7:4566, false",
    "http://127.0.0.1.evil.example, false",
    "null, false"
  })
  void pagesOfOthersAreRefused(String origin, boolean taken) {
    assertThat(refusal("POST", "Host", "tutti:4566", "Origin", origin) == null).isEqualTo(taken);
  }

  @Test
  void whatAPageOfAnotherSiteLoadsIsRefused() {
    assertThat(
            refusal(
                "GET",
                "Host",
                "127.0.0.1:4566",
                "Sec-Fetch-Site",
                "cross-site",
                "Sec-Fetch-Mode",
                "no-cors"))
        .contains("other sites");
  }

  @Test
  void aLinkIsToldApart() {
    String[] link = {"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate"};

    assertThat(refusal("GET", link)).isNull();
    assertThat(ForeignPages.isLink(request("GET", link))).isTrue();
    assertThat(refusal("POST", link)).contains("other sites");
    assertThat(ForeignPages.isLink(request("GET"))).isFalse();
  }

  @Test
  void clientsThatAreNoBrowsersSayNothingOfPages() {
    assertThat(refusal("POST")).isNull();
  }
}
