package dev.tutti.core.logs.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LogFilterTest {

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      value = {
        "``                      => anything at all           => true",
        "ERROR                   => [ERROR 400] BAD REQUEST   => true",
        "ERROR                   => [error 400] BAD REQUEST   => false",
        "ERROR BAD               => [ERROR 400] BAD REQUEST   => true",
        "ERROR GOOD              => [ERROR 400] BAD REQUEST   => false",
        "?GOOD ?BAD              => [ERROR 400] BAD REQUEST   => true",
        "?GOOD ?FINE             => [ERROR 400] BAD REQUEST   => false",
        "ERROR ?GOOD             => [ERROR 400] BAD REQUEST   => true",
        "ERROR -BAD              => [ERROR 400] BAD REQUEST   => false",
        "-BAD                    => all is well               => true",
        "\"400] BAD\"            => [ERROR 400] BAD REQUEST   => true",
        "-\"400] BAD\"           => [ERROR 400] BAD REQUEST   => false",
        "\"say \\\"hi\\\"\"      => they say \"hi\" and go    => true",
        "%E[A-Z]+R [0-9]{3}%     => [ERROR 400] BAD REQUEST   => true",
        "%E[A-Z]+R [0-9]{4}%     => [ERROR 400] BAD REQUEST   => false",
      })
  void words(String pattern, String message, boolean expected) {
    assertThat(LogFilter.of(pattern).matches(message)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      value = {
        "{ $.type = \"Failed\" }                  => true",
        "{ $.type = Failed }                      => true",
        "{ $.type = F*d }                         => true",
        "{ $.type = \"*il*\" }                    => true",
        "{ $.type = \"*li*\" }                    => false",
        "{ $.type != \"Failed\" }                 => false",
        "{ $.absent != \"Failed\" }               => false",
        "{ $.type = %^Fail% }                     => true",
        "{ $.type = %^ail% }                      => false",
        "{ $.id = 7 }                             => true",
        "{ $.id >= 7 && $.id < 8 }                => true",
        "{ $.id > 7e0 }                           => false",
        "{ $.id = 8 || $.ok IS TRUE }             => true",
        "{ ($.id = 8 || $.ok IS TRUE) && $.x = 1} => false",
        "{ $.id = 7 || $.ok IS TRUE && $.x = 1}   => true",
        "{ $.ok IS FALSE }                        => false",
        "{ $.none IS NULL }                       => true",
        "{ $.absent IS NULL }                     => false",
        "{ $.absent NOT EXISTS }                  => true",
        "{ $.absent != 1 }                        => false",
        "{ $.ok != 1 }                            => false",
        "{ $.id = \"7\" }                         => true",
        "{ $.text = 7 }                           => true",
        "{ $.text > 6 }                           => false",
        "{ $.text != 7.0 }                        => true",
        "{ $.ok = true }                          => false",
        "{ $.nulls IS NULL }                      => true",
        "{ $.details.names[0] = a }               => true",
        "{ $.details.names[1] = a }               => false",
        "{ $.details.names[*] = b }               => true",
        "{ $['details']['with.dot'] = 1 }         => true",
        "{ $.details.['with.dot'] = 1 }           => true",
        "{ $.* = Failed }                         => true",
        "{ $.detail-type = order }                => true",
        "{ $.details = * }                        => false",
        "{ $.ip = 10.0.* }                        => true",
      })
  void properties(String pattern, boolean expected) {
    String message =
        """
        {"type":"Failed","id":8,"id":7,"ok":true,"text":"7","nulls":[1,null],"none":null,"ip":"10.0.0.1","detail-type":"order",
         "details":{"names":["a","b"],"with.dot":1}}
        """;
    assertThat(LogFilter.of(pattern).matches(message)).isEqualTo(expected);
  }

  @Test
  void aMessageThatIsNoObjectHasNoProperties() {
    LogFilter filter = LogFilter.of("{ $.a NOT EXISTS }");
    assertThat(filter.matches("{\"b\":1}")).isTrue();
    assertThat(filter.matches("plain")).isFalse();
    assertThat(filter.matches("{ plain")).isFalse();
    assertThat(filter.matches("[1]")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      value = {
        "[ip, user, name, time, request, status, bytes]                   => true",
        "[]                                                               => true",
        "[ip, user, name, time, request, rest = 404]                      => false",
        "[ip, user, name, time, request, rest = \"404 1534\"]             => true",
        "[ip, user, name, time, request, rest > 400]                      => false",
        "[ip, ..., bytes]                                                 => true",
        "[..., status = 4*, bytes]                                        => true",
        "[..., status = 4* && status != 404, bytes]                       => false",
        "[..., status = 5* || status = 404, bytes > 1000]                 => true",
        "[ip = 127.0.0.*, ..., request = \"GET */index.html*\", s, bytes] => true",
        "[ip, user, name, time = 10/Oct*, ...]                            => true",
        "[ip = %^127\\.%, ...]                                            => true",
        "[..., bytes < 1000]                                              => false",
        "[a, b, c, d, e, f, g, h, ...]                                    => false",
      })
  void columns(String pattern, boolean expected) {
    String message = "127.0.0.1 - frank [10/Oct/2000] \"GET /a/index.html HTTP/1.0\" 404 1534";
    assertThat(LogFilter.of(pattern).matches(message)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      value = {
        "a:b                      => Invalid character(s) in term ':'",
        "+x                       => Invalid character(s) in term '+'",
        "ERR*                     => Invalid character(s) in term '*'",
        "\"ERROR                  => Invalid character(s) in term '\"ERROR'",
        "%open                    => Invalid character(s) in term '%open'",
        "%hello!%                 => Invalid character(s) in term '%hello!'",
        "%^(ERROR|WARN)%          => Invalid character(s) in term '%^('",
        "%[abc%                   => Failed to compile regular expression.",
        "{ $.a = 1                => If a filter pattern starts with '{' it must end with '}'",
        "[a, b                    => If a filter pattern starts with '[' it must end with ']'",
        "{ $.\"a\" = 1 }          => Invalid character(s) in term '\"'",
        "{ $..a = 1 }             => Invalid character(s) in term '$..'",
        "{ $.a[-1] = 1 }          => Invalid character(s) in term '[-'",
        "{ $.a[0:2] = 1 }         => Invalid character(s) in term '[0:'",
        "{ $.a > \"x\" }          => Invalid character(s) in term '\"x\"'",
        "{ $.a == 1 }             => Invalid filter pattern",
        "{ $.a = null }           => Invalid filter pattern",
        "{ $.a EXISTS }           => Invalid filter pattern",
        "{ $.a IS NOT NULL }      => Invalid filter pattern",
        "{ $.a > 0 AND $.a < 2 }  => Invalid filter pattern",
        "[a = 1 && b = 2]         => Invalid filter pattern",
        "[..., a, ...]            => Duplicate field '...'",
        "[word, word]             => Duplicate field 'word'",
      })
  void whatIsNone(String pattern, String why) {
    assertThatIllegalArgumentException().isThrownBy(() -> LogFilter.of(pattern)).withMessage(why);
  }

  @Test
  void itsLimits() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LogFilter.of("{ $.a[*].* = 1 }"))
        .withMessageContaining("exceeds the maximum of 1 wildcard allowed per json selector.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LogFilter.of("{ $.* = 1 || $.* = 2 || $.* = 3 || $.* = 4 }"))
        .withMessageContaining("exceeded the maximum of 3 JSON wildcard selectors allowed");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LogFilter.of("%a% %b% %c%"))
        .withMessage(
            "Your input has exceeded the maximum of 2 regular expressions per filter pattern.");
  }
}
