package dev.tutti.services.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.wire.ServiceError;
import org.junit.jupiter.api.Test;

final class CursorTest {
  @Test
  void readsWhatItWrote() {
    for (Cursor cursor :
        new Cursor[] {
          new Cursor(1_700_000_000_000L, "0d6f1c0e-1111-8222-8333-444455556666"),
          Cursor.beginning(),
          Cursor.after(5)
        }) {
      assertThat(Cursor.of(cursor.toString(), 99)).isEqualTo(cursor);
    }
  }

  @Test
  void readsTimesWordsAndNothing() {
    assertThat(Cursor.of(null, 99)).isEqualTo(Cursor.after(99));
    assertThat(Cursor.of("now", 99)).isEqualTo(Cursor.after(99));
    assertThat(Cursor.of("beginning", 99)).isEqualTo(Cursor.beginning());
    assertThat(Cursor.of("1000", 99)).isEqualTo(Cursor.after(999));
    assertThat(Cursor.of("1970-01-01T00:00:01Z", 99)).isEqualTo(Cursor.after(999));
  }

  @Test
  void refusesAnythingElse() {
    assertThatThrownBy(() -> Cursor.of("yesterday", 99)).isInstanceOf(ServiceError.class);
  }
}
