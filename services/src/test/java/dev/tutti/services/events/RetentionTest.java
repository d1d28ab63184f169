package dev.tutti.services.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.core.events.BusCatalogue;
import dev.tutti.core.events.Events;
import dev.tutti.core.events.LogKeepers;
import dev.tutti.core.json.Json;
import dev.tutti.wire.ServiceError;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RetentionTest {
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;

  private final Rig rig = new Rig();

  @BeforeEach
  void open() {
    rig.open();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void whatIsTooOldLeavesTheLog() {
    tag("1d");
    put(3);
    assertThat(sweep()).isZero();

    rig.later(2 * DAY);

    assertThat(sweep()).isEqualTo(3);
    assertThat(log()).isZero();
    assertThat(rig.engine().rows(LogKeepers.STARTS, List.of(Rig.BUS), null, 10)).hasSize(1);
    rig.reopen();
    assertThat(log()).isZero();
    put(1);
    assertThat(log()).isEqualTo(1);
  }

  @Test
  void ofALogThatIsTooLargeTheOldestGo() {
    tag("1KB");
    put(10);
    rig.later(HOUR);

    int gone = sweep();

    assertThat(gone).isBetween(3, 9);
    assertThat(log()).isEqualTo(10 - gone);
    assertThat(sweep()).isZero();
  }

  @Test
  void whatAStreamHasNotReadStays() {
    tag("30m");
    put(2);
    rig.later(DAY);
    rig.listened(0);
    assertThat(sweep()).isZero();

    rig.listened(Long.MAX_VALUE);

    assertThat(sweep()).isEqualTo(2);
  }

  @Test
  void anArchiveIsKeptApartFromTheLog() {
    rig.call(
        "CreateArchive",
        Json.parse(
            "{\"ArchiveName\":\"a\",\"EventSourceArn\":\"" + Rig.BUS + "\",\"RetentionDays\":10}"));
    tag("1d");
    put(4);
    rig.later(2 * DAY);
    assertThat(sweep()).isEqualTo(4);
    assertThat(archived()).isEqualTo(4);

    rig.later(11 * DAY);

    assertThat(sweep()).isEqualTo(4);
    assertThat(archived()).isZero();
  }

  @Test
  void whatADeletedArchiveShowedGoes() {
    rig.call(
        "CreateArchive",
        Json.parse("{\"ArchiveName\":\"a\",\"EventSourceArn\":\"" + Rig.BUS + "\"}"));
    put(2);
    rig.later(HOUR);
    assertThat(sweep()).isZero();

    rig.call("DeleteArchive", Json.parse("{\"ArchiveName\":\"a\"}"));

    assertThat(sweep()).isEqualTo(2);
    assertThat(archived()).isZero();
    assertThat(log()).isEqualTo(2);
  }

  @Test
  void aTagThatSaysNothingIsRefused() {
    assertThatThrownBy(() -> tag("a week"))
        .isInstanceOf(ServiceError.class)
        .hasMessageContaining("tutti:retention is an age");
  }

  private void tag(String value) {
    rig.call(
        "TagResource",
        Json.parse(
            "{\"ResourceARN\":\""
                + Rig.BUS
                + "\",\"Tags\":[{\"Key\":\"tutti:retention\",\"Value\":\""
                + value
                + "\"}]}"));
  }

  private void put(int events) {
    for (int i = 0; i < events; i++) {
      rig.call(
          "PutEvents",
          Json.parse(
              "{\"Entries\":[{\"Source\":\"shop\",\"DetailType\":\"t\",\"Detail\":\"{\\\"f\\\":\\\""
                  + "x".repeat(200)
                  + "\\\"}\"}]}"));
    }
  }

  /** Sweeps all once; returns how many rows went. */
  private int sweep() {
    int before = log() + archived();
    for (BusCatalogue.Kept kept : rig.buses().kept()) {
      while (LogSweep.step(rig.door(), kept)) {
        assertThat(log() + archived()).isLessThan(before);
      }
    }
    return before - log() - archived();
  }

  private int log() {
    return rig.engine().rows(Events.LOG, List.of(Rig.BUS), null, 1000).size();
  }

  private int archived() {
    return rig.engine().rows(Events.ARCHIVED, List.of(), null, 1000).size();
  }
}
