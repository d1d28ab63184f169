package dev.tutti.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.tutti.core.kernel.Cause;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A shard decides while its store writes, and tells of nothing that isn't written. */
final class ShardTest {
  private static final Cause CAUSE =
      new Cause("1-00000001-000000000000000000000001", "", "111111111111 test:Add");
  private static final Key A = Tally.key("a");

  private final Tally tally = new Tally();
  private final HeldStore store = new HeldStore();
  private final List<Work.Dispatch> dispatched = new ArrayList<>();
  private final List<Throwable> failures = new ArrayList<>();
  private final Shard shard = shard();

  private Shard shard() {
    Domains domains = new Domains();
    domains.add(tally);
    return new Shard(
        0,
        store,
        new Unsettled(),
        domains,
        () -> 1_000_000,
        new SplittableRandom(1),
        new Shard.Aftermath() {
          @Override
          public void dispatch(Work.Dispatch dispatch) {
            dispatched.add(dispatch);
          }

          @Override
          public void failed(Throwable failure) {
            failures.add(failure);
          }
        });
  }

  private CompletableFuture<Reply> leave(Key to, Tally.Change change) {
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    shard.add(new Envelope.Asked(to, change, CAUSE, null, reply));
    return reply;
  }

  private CompletableFuture<Reply> decide(Key to, Tally.Change change) {
    CompletableFuture<Reply> reply = leave(to, change);
    shard.step();
    return reply;
  }

  private CompletableFuture<Integer> look(Key at) {
    CompletableFuture<Integer> answer = new CompletableFuture<>();
    shard.add(new Envelope.Question<>(at, tally, (Integer state) -> state, answer));
    shard.step();
    return answer;
  }

  private static Reply done(int state) {
    return new Reply.Done(IntNode.valueOf(state));
  }

  @Test
  void whatComesDuringAWriteIsDecidedAndAnsweredInOrder() {
    CompletableFuture<Reply> one = decide(A, new Tally.Change.Add(1));
    CompletableFuture<Reply> two = decide(A, new Tally.Change.Add(2));
    assertThat(store.waiting()).isEqualTo(2);
    assertThat(List.of(one, two)).noneMatch(CompletableFuture::isDone);

    store.writeOne();
    shard.step();
    assertThat(one).isCompletedWithValue(done(1));
    assertThat(two).isNotDone();
    store.writeOne();
    shard.step();
    assertThat(two).isCompletedWithValue(done(3));
  }

  @Test
  void nothingIsDispatchedBeforeItIsWritten() {
    var _ = decide(A, new Tally.Change.Later(1, 2_000_000));
    assertThat(dispatched).isEmpty();

    store.writeOne();
    shard.step();
    assertThat(dispatched).hasSize(1);
  }

  @Test
  void aQuestionWaitsForWhatItsAnswerWouldTellAndForNothingElse() {
    var _ = decide(A, new Tally.Change.Add(1));
    CompletableFuture<Integer> a = look(A);
    assertThat(look(Tally.key("b"))).isCompletedWithValue(0);
    assertThat(a).isNotDone();

    store.writeOne();
    shard.step();
    assertThat(a).isCompletedWithValue(1);
    assertThat(look(A)).isCompletedWithValue(1);
  }

  @Test
  void afterADefectNothingIsDecidedUntilTheStateCanBeReadBack() {
    CompletableFuture<Reply> one = leave(A, new Tally.Change.Add(1));
    CompletableFuture<Reply> broken = leave(A, new Tally.Change.Break());
    CompletableFuture<Reply> two = leave(A, new Tally.Change.Add(1));
    shard.step();
    assertThat(store.waiting()).isEqualTo(1);
    assertThat(shard.dueMillis()).isEqualTo(Long.MAX_VALUE);

    store.writeOne();
    shard.step();
    assertThat(one).isCompletedWithValue(done(1));
    assertThatThrownBy(broken::join).hasRootCauseMessage("a planted defect");
    store.writeOne();
    shard.step();
    assertThat(two).isCompletedWithValue(done(2));
  }

  @Test
  void aWriteThatFailsFailsAllThatWasDecidedOnIt() {
    CompletableFuture<Reply> one = decide(A, new Tally.Change.Add(1));
    CompletableFuture<Reply> two = decide(A, new Tally.Change.Later(1, 2_000_000));
    CompletableFuture<Reply> three = leave(A, new Tally.Change.Add(1));
    store.failOne();
    shard.step();

    assertThat(List.of(one, two, three)).allMatch(CompletableFuture::isCompletedExceptionally);
    assertThat(decide(A, new Tally.Change.Add(1))).isCompletedExceptionally();
    assertThat(dispatched).isEmpty();
    assertThat(failures).singleElement().isInstanceOf(StoreFailure.class);
  }

  @Test
  void whatIsNotWrittenIsNotForgottenHoweverManyAreAskedFor() {
    var _ = decide(A, new Tally.Change.Add(1));
    for (int i = 0; i <= Cache.MOST_STATES; i++) {
      var _ = look(Tally.key("other-" + i));
    }
    CompletableFuture<Reply> two = decide(A, new Tally.Change.Add(1));
    store.writeOne();
    store.writeOne();
    shard.step();

    assertThat(two).isCompletedWithValue(done(2));
  }

  @Test
  void itDecidesNoFurtherThanItsMemoryAllows() {
    while (shard.dueMillis() == Long.MIN_VALUE || store.waiting() == 0) {
      for (int i = 0; i < 1000; i++) {
        var _ = leave(Tally.key("x".repeat(1000) + i), new Tally.Change.Add(1));
      }
      shard.step();
    }
    CompletableFuture<Reply> late = leave(A, new Tally.Change.Add(1));
    shard.step();
    assertThat(shard.dueMillis()).isEqualTo(Long.MAX_VALUE);

    while (store.waiting() > 0) {
      store.writeOne();
      shard.step();
    }
    assertThat(late).isCompletedWithValue(done(1));
  }
}
