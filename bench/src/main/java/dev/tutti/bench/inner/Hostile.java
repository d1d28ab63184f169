package dev.tutti.bench.inner;

import dev.tutti.core.asl.data.Entropy;
import dev.tutti.core.asl.data.Jsonata;
import dev.tutti.core.asl.data.Scope;
import dev.tutti.core.asl.data.StatesError;
import dev.tutti.core.json.Json;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Expressions that would take for ever, or all memory: what one costs until it gets its error. */
@State(org.openjdk.jmh.annotations.Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class Hostile {
  private static final Entropy NO_CHANCE =
      new Entropy() {
        @Override
        public double fraction() {
          return 0;
        }

        @Override
        public String uuid() {
          return "";
        }

        @Override
        public long millis() {
          return 0;
        }
      };

  /** What each does too much of. */
  public enum Excess {
    PADDING("$pad('x', 100000000)"),
    RANGE("[1..10000000]"),
    TAIL_CALLS("($f := function($n) { $f($n + 1) }; $f(0))"),
    RECURSION("($f := function($n) { 1 + $f($n + 1) }; $f(0))"),
    FIBONACCI("($f := function($n) { $n < 2 ? 1 : $f($n - 1) + $f($n - 2) }; $f(60))"),
    DOUBLED_OBJECT("$reduce([1..60], function($a, $x) { {'a': $a, 'b': $a} }, {})"),
    DOUBLED_TEXT("$reduce([1..60], function($a, $x) { $a & $a }, 'x')"),
    LOOPS("$map([1..1000], function($i) { $map([1..1000], function($j) { $i * $j }) })"),
    PRODUCT("$count([1..1000].[1..1000].[1..1000])"),
    LONG_TEXTS("$map([1..1000], function($i) { $pad('x', 250000) })"),
    SPLIT("$map([1..1000], function($i) { $split($pad('x', 100000, 'x'), '') })"),
    WRITTEN("($big := [1..100000]; $map([1..1000], function($i) { $string($big) }))"),
    COPIED("($big := [1..100000]; $map([1..1000], function($i) { $clone($big) }))"),
    ZIPPED("($big := [1..100000]; $map([1..1000], function($i) { $zip($big, $big) }))"),
    SUMMED("($big := [1..100000]; $map([1..1000], function($i) { $sum($big) }))"),
    SORTED("($big := [1..100000]; $map([1..1000], function($i) { $sort($big) }))"),
    CHUNKS("($big := [1..100000]; $map([1..1000], function($i) { $partition($big, 2) }))"),
    PICTURES(
        "($t := $pad('0', 250000, '0'); $map([1..1000], function($i) { $formatNumber(1, $t) }))"),
    ENCODED(
        "($t := $pad('a', 90000, ' '); $map([1..1000], function($i) { $encodeUrlComponent($t) }))"),
    REPLACED("$replace($pad('x', 100000, 'x'), 'x', $pad('y', 100000))"),
    MATCHES("$match($pad('a', 250000, 'a'), /a/)"),
    BACKTRACKING("$map([1..1000], function($i) { $contains($pad('a', 250000, 'a'), /^(a+)+b$/) })"),
    SORT("$sort([1..100000], function($a, $b) { $a < $b })");

    private final String expression;

    Excess(String expression) {
      this.expression = expression;
    }
  }

  @Param public Excess excess = Excess.PADDING;

  private final Scope scope = Scope.of(Json.object(), Json.object(), NO_CHANCE);
  private Jsonata compiled = compiled();

  @Setup
  public void compile() {
    compiled = compiled();
  }

  private Jsonata compiled() {
    return Objects.requireNonNull(Jsonata.parse("{% " + excess.expression + " %}"));
  }

  @Benchmark
  public StatesError cost() {
    try {
      throw new IllegalStateException(
          excess + " is within the bounds: " + compiled.evaluate(scope, "Output"));
    } catch (StatesError e) {
      return e;
    }
  }
}
