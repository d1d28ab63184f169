package dev.tutti.bench.workload;

import dev.tutti.bench.client.Answer;
import dev.tutti.bench.client.Caller;
import dev.tutti.bench.client.Template;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * Publishing on a schedule that waits for nobody. An event's mark is its place in the schedule, so
 * that its latency runs from when it was due, however late it was sent: nothing is left out because
 * the publisher had to wait as well.
 */
final class Schedule implements Pipe.Listener {
  private static final int DIGITS = 3;
  private static final long NANOS_PER_MICRO = 1000;

  private final Histogram latency = new Histogram(DIGITS);
  private final BitSet arrived = new BitSet();
  private long intervalNanos = 1;
  private long beganNanos;
  private long beganMicros;
  private long measuredFrom;
  private long next;
  private long sent;

  /**
   * Begins a schedule; earlier arrivals are forgotten, those before {@code measuredFrom} ignored.
   */
  synchronized void begin(double perSecond, long measuredFrom) {
    this.intervalNanos = (long) (1e9 / perSecond);
    this.measuredFrom = measuredFrom;
    latency.reset();
    arrived.clear();
    next = 0;
    sent = 0;
    beganMicros = Deliver.nowMicros();
    beganNanos = System.nanoTime();
  }

  @Override
  public synchronized void told(long mark, long startedMicros) {
    int place = (int) mark;
    if (!arrived.get(place)) {
      arrived.set(place);
      if (place >= measuredFrom) {
        long due = beganMicros + place * intervalNanos / NANOS_PER_MICRO;
        latency.recordValue(Math.max(0, (startedMicros - due) * NANOS_PER_MICRO));
      }
    }
  }

  synchronized Histogram latency() {
    return latency.copy();
  }

  /** How many of those that were published didn't arrive. */
  synchronized long missing() {
    return sent - arrived.cardinality();
  }

  /** Publishers that share the schedule. */
  List<Caller> publishers(int count, Template request, Tally tally) {
    return Stream.<Caller>generate(() -> new Publisher(request, tally)).limit(count).toList();
  }

  private final class Publisher implements Caller {
    private final Template request;
    private final Tally tally;
    private long claim = -1;

    Publisher(Template request, Tally tally) {
      this.request = request;
      this.tally = tally;
    }

    /** The place that it takes next is claimed while it rests, the places before by others. */
    @Override
    public long waitNanos(long now) {
      if (claim < 0) {
        claim = next++;
      }
      return Math.max(0, beganNanos + claim * intervalNanos - now);
    }

    @Override
    public byte[] next() {
      synchronized (Schedule.this) {
        sent++;
      }
      long place = claim;
      claim = -1;
      return request.with(place);
    }

    @Override
    public void answered(Answer answer, long sentNanos, long now) {
      if (tally.isGood(answer) && answer.has(PutEvents.NONE_FAILED)) {
        tally.request();
        tally.done(1, now - sentNanos);
      } else {
        tally.fault("not accepted: " + answer.excerpt());
      }
    }
  }
}
