package dev.tutti.core.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PatternsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":[]} | Empty arrays are not allowed",
        "{} | Empty objects are not allowed",
        "[] | Filter is not an object",
        "{\"a\":1} | \"a\" must be an object or an array",
        "{\"a\":[{\"numeric\":[\">\",0,\">\",0]}]} | Bad numeric range operator: >",
        "{\"a\":[{\"cidr\":\"bad\"}]} | Malformed CIDR, one '/' required",
        "{\"a\":[{\"suffix\":[\"x\"]}]} | suffix match pattern must be a string",
        "{\"a\":[{\"wildcard\":\"a**b\"}]} | Consecutive wildcard characters at pos 2",
        "{\"a\":[{\"wildcard\":\"*:*:*:*:*:event-bus/*\"}]} | Rule is too complex - try using fewer"
            + " wildcard characters or fewer repeating character sequences after a wildcard"
            + " character",
      })
  void explainsInTheWordsOfAws(String pattern, String fault) {
    assertThat(Patterns.fault(pattern)).contains(fault);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":[\"x\"]} | {\"a\":\"x\"} | true",
        "{\"a\":[\"x\"]} | {\"a\":[\"y\",\"x\"]} | true",
        "{\"a\":[{\"exists\":false}]} | {\"b\":1} | true",
        "{\"a\":[{\"anything-but\":[\"x\"]}]} | {\"a\":\"x\"} | false",
        "{\"a\":{\"b\":[{\"numeric\":[\">\",5,\"<=\",7.5]}]}} | {\"a\":{\"b\":7.50}} | true",
        "{\"a\":[{\"prefix\":\"x-\"}]} | {\"a\":\"x-1\"} | true",
        "{\"a\":[{\"equals-ignore-case\":\"X\"}]} | {\"a\":\"x\"} | true",
        "{\"a\":[{\"wildcard\":\"x*z\"}]} | {\"a\":\"xyz\"} | true",
        "{\"$or\":[{\"a\":[1]},{\"b\":[2]}]} | {\"b\":2} | true",
      })
  void matches(String pattern, String event, boolean expected) {
    assertThat(Patterns.fault(pattern)).isEmpty();
    assertThat(Patterns.matches(pattern, event)).isEqualTo(expected);
  }

  @Test
  void boundsWildcardsAndNumbersTogether() {
    String wildcards = String.join(",", Collections.nCopies(40, "{\"wildcard\":\"a*b*c\"}"));
    String numbers = String.join(",", Collections.nCopies(101, "{\"numeric\":[\">\",1]}"));

    assertThat(Patterns.fault("{\"a\":[" + wildcards + "]}")).isPresent();
    assertThat(Patterns.fault("{\"a\":[" + numbers + "]}")).isPresent();
  }
}
