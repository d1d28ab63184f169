package dev.tutti.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.kernel.Cause;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Request;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Plays targets by hand, in virtual time. */
final class LanesTest {
  private static final Cause CAUSE = new Cause("1-00000000-000000000000000000000000", "", "");
  private static final Request REQUEST = new Request.Post("http://example.com", Map.of(), "");

  private final Deque<Supplier<Runnable>> begun = new ArrayDeque<>();
  private final List<String> performed = new ArrayList<>();
  private final List<String> expired = new ArrayList<>();
  private final Map<String, Integer> lanesOf = new HashMap<>();
  private Health health = Health.WELL;
  private long now = 1_000_000;
  private final Lanes lanes =
      new Lanes(
          new Held(),
          () -> now,
          Backlog.InMemory::new,
          new Paces(target -> target.startsWith("slow") ? 10 : 0),
          new Recording());

  private final class Held implements Drive {
    @Override
    public void keep(Part part) {}

    @Override
    public void perform(Supplier<Runnable> call) {
      begun.add(call);
    }

    @Override
    public <T> T await(CompletableFuture<T> answer) {
      return answer.join();
    }

    @Override
    public void rest() {}

    @Override
    public void close() {}
  }

  private final class Recording implements Lanes.Calls {
    @Override
    public Lanes.Performed perform(OwedId id, Owed.@Nullable Outgoing call) {
      String lane = id.owner().id().split("#", 2)[0];
      lanesOf.merge(lane, 1, Integer::sum);
      performed.add(id.owner().id());
      return new Lanes.Performed(lane.startsWith("dead") ? Health.DOWN : health, () -> {});
    }

    @Override
    public Runnable expire(OwedId id) {
      expired.add(id.owner().id());
      return () -> {};
    }
  }

  private void add(String lane, int number, @Nullable Long patientUntil) {
    lanes.add(
        new OwedId(new Key("delivery", lane + "#" + number), "attempt/1"),
        new Owed.Outgoing(CAUSE, lane, REQUEST, patientUntil));
  }

  private void addPatient(String lane, int count) {
    for (int i = 0; i < count; i++) {
      add(lane, i, now + 86_400_000);
    }
  }

  private void endAll() {
    while (!begun.isEmpty()) {
      begun.remove().get().run();
    }
  }

  @Test
  void beginsNoMoreThanItsLimitAndThenTheRestInOrder() {
    addPatient("a", 5000);
    assertThat(begun).hasSize(Limit.START);

    endAll();
    assertThat(performed).hasSize(5000);
    assertThat(performed.subList(0, 20)).contains("a#0", "a#1", "a#2").isSubsetOf(first(40));
  }

  private static List<String> first(int count) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add("a#" + i);
    }
    return names;
  }

  @Test
  void beginsNoMoreThanATargetAllowsInASecond() {
    addPatient("slow", 100);
    long end = now + 5000;
    while (now < end) {
      endAll();
      now = Math.min(end, lanes.dueMillis());
      lanes.step();
    }
    assertThat(performed).hasSizeBetween(50, 52);
  }

  @Test
  void keepsItsPaceWhereCallsComeOneByOne() {
    for (int i = 0; i < 20; i++) {
      add("slow", i, now + 86_400_000);
      endAll();
    }
    assertThat(performed).hasSizeLessThanOrEqualTo(2);
    assertThat(lanes.dueMillis()).isBetween(now, now + 100);
  }

  @Test
  void stopsCallingATargetThatIsDownAndProbesIt() {
    addPatient("dead", 1000);
    endAll();
    int tried = performed.size();
    assertThat(tried).isBetween(Breaker.FAILURES, Limit.START);

    for (int i = 0; i < 10; i++) {
      now = lanes.dueMillis();
      lanes.step();
      assertThat(begun).hasSize(1);
      endAll();
      assertThat(performed).hasSize(++tried);
    }
    assertThat(expired).isEmpty();
  }

  @Test
  void aTargetThatComesBackGetsAllThatWaited() {
    health = Health.DOWN;
    addPatient("a", 3000);
    endAll();
    assertThat(performed).hasSizeLessThan(100);

    health = Health.WELL;
    now = lanes.dueMillis();
    lanes.step();
    endAll();
    assertThat(performed).hasSize(3000).doesNotHaveDuplicates();
  }

  @Test
  void endsWhatWaitedTooLongWithoutTryingIt() {
    addPatient("dead", 100);
    add("dead", 100, now + 10_000);
    endAll();
    while (expired.isEmpty()) {
      now = lanes.dueMillis();
      lanes.step();
      endAll();
    }
    assertThat(now).isEqualTo(1_010_000);
    assertThat(expired).containsExactly("dead#100");
    assertThat(performed).doesNotContain("dead#100");
  }

  @Test
  void callsThatMayNotWaitAreMadeWhateverIsKnown() {
    addPatient("dead", 100);
    endAll();
    performed.clear();
    add("dead", 7, null);
    endAll();

    assertThat(performed).containsExactly("dead#7");
  }

  @Test
  void aTargetThatHangsLeavesRoomForAllOthers() {
    for (int hanging = 0; hanging < 100; hanging++) {
      addPatient("hanging" + hanging, 50);
    }
    List<Supplier<Runnable>> held = new ArrayList<>(begun);
    begun.clear();
    assertThat(held).hasSizeBetween(1024, 1124);

    addPatient("a", 100);
    endAll();
    assertThat(lanesOf).containsEntry("a", 100);
  }

  @Test
  void sharesWhatIsFreeAmongThoseThatWaitInTurn() {
    for (int lane = 0; lane < 100; lane++) {
      addPatient("lane" + lane, 200);
    }
    for (int i = 0; i < 5000; i++) {
      begun.remove().get().run();
    }
    assertThat(lanesOf).hasSize(100);
    assertThat(lanesOf.values()).allSatisfy(count -> assertThat(count).isBetween(15, 120));
    endAll();
    assertThat(performed).hasSize(20_000);
  }

  @Test
  void startsNothingOnceClosed() {
    addPatient("a", 100);
    int under = begun.size();
    lanes.close();
    endAll();
    assertThat(performed).hasSize(under);
  }

  @Test
  void closesThoughOthersWaitInTurn() {
    for (int lane = 0; lane < 100; lane++) {
      addPatient("lane" + lane, 200);
    }
    int under = begun.size();
    lanes.close();
    endAll();
    assertThat(performed).hasSize(under);
  }

  @Test
  void aClockThatIsSetBackKeepsNobodyWaitingForLong() {
    addPatient("dead", 100);
    endAll();
    lanes.step();
    now -= 3_600_000;
    lanes.step();
    assertThat(lanes.dueMillis()).isLessThanOrEqualTo(now + Breaker.LONGEST_MILLIS);

    now = lanes.dueMillis();
    lanes.step();
    assertThat(begun).hasSize(1);
  }

  @Test
  void aClockThatIsSetBackIsNoticedByItself() {
    addPatient("slow", 100);
    endAll();
    lanes.step();
    now -= 3_600_000;
    assertThat(lanes.dueMillis()).isLessThanOrEqualTo(now);

    lanes.step();
    assertThat(lanes.dueMillis()).isBetween(now, now + 1000);
  }
}
