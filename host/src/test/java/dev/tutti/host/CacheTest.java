package dev.tutti.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.kernel.Key;
import dev.tutti.host.Facts.Loaded;
import org.junit.jupiter.api.Test;

final class CacheTest {
  private final Cache cache = new Cache(10_000);

  private Loaded<String> keep(String id, long bytes, long changedIn) {
    Loaded<String> loaded = new Loaded<>(id, 1);
    loaded.bytes = bytes;
    loaded.changedIn = changedIn;
    cache.put(new Key("k", id), loaded);
    return loaded;
  }

  private boolean has(String id) {
    return cache.get(new Key("k", id)) != null;
  }

  @Test
  void whatWasNotAskedForLongestIsForgottenWhereAllWeighTooMuch() {
    keep("a", 3000, 0);
    keep("b", 3000, 0);
    assertThat(has("a")).isTrue();
    keep("c", 3000, 0);
    cache.trim(0);
    assertThat(has("b")).isFalse();
    assertThat(has("a")).isTrue();
    assertThat(has("c")).isTrue();
  }

  @Test
  void whatGrowsCounts() {
    Loaded<String> a = keep("a", 100, 0);
    keep("b", 100, 0);
    cache.trim(0);
    assertThat(cache.size()).isEqualTo(2);
    cache.grow(a, 9500);
    cache.trim(0);
    assertThat(has("a")).isFalse();
    assertThat(has("b")).isTrue();
  }

  @Test
  void whatTheStoreCannotTellYetStays() {
    keep("a", 9000, 7);
    keep("b", 9000, 0);
    cache.trim(6);
    assertThat(cache.size()).isEqualTo(2);
    cache.trim(7);
    assertThat(has("a")).isFalse();
  }

  @Test
  void theOneThatIsInUseStaysHoweverLargeAndCountsNoMoreOnceItIsGone() {
    keep("a", 1L << 40, 0);
    cache.trim(0);
    assertThat(has("a")).isTrue();
    cache.remove(new Key("k", "a"));
    keep("b", 4000, 0);
    keep("c", 4000, 0);
    cache.trim(0);
    assertThat(cache.size()).isEqualTo(2);
  }
}
