package dev.tutti.rehearse.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubsetTest {
  private static List<String> differences(String expected, String actual) {
    return Subset.differences("output", Json.parse(expected), Json.parse(actual));
  }

  @Test
  void furtherMembersDontMatterAndNumbersAreEqualByValue() {
    assertThat(differences("{\"a\": {\"b\": 1.0}}", "{\"a\": {\"b\": 1, \"c\": 2}, \"d\": 3}"))
        .isEmpty();
  }

  @Test
  void eachDifferenceIsToldWithItsPlace() {
    assertThat(differences("{\"a\": [1, {\"b\": 2}], \"c\": 3}", "{\"a\": [1, {\"b\": 5}]}"))
        .containsExactly("output.a[1].b: expected 2, got 5", "output.c: expected 3, got nothing");
    assertThat(differences("[1]", "[1, 2]")).containsExactly("output: expected [1], got [1,2]");
  }
}
