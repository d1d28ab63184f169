package dev.tutti.bench.client;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Many callers on one thread, a connection each: some microseconds a request, whatever their
 * number. Threads that block would cost as much as what is measured.
 */
public final class Loop implements AutoCloseable {
  private static final long MILLI = 1_000_000;
  private static final long NAP = 100_000;

  private final Selector selector;
  private final List<Seat> seats = new ArrayList<>();
  private final PriorityQueue<Seat> idle =
      new PriorityQueue<>(Comparator.comparingLong(seat -> seat.due));
  private final ConcurrentLinkedQueue<Integer> woken = new ConcurrentLinkedQueue<>();
  private final long origin = System.nanoTime();

  private static final class Seat {
    private final Caller caller;
    private final SocketChannel channel;
    private final Input input = new Input();
    private long sent;
    private long due;
    private boolean waiting;

    Seat(Caller caller, SocketChannel channel) {
      this.caller = caller;
      this.channel = channel;
    }
  }

  private Loop(Selector selector) {
    this.selector = selector;
  }

  /** Connects all callers; nothing is sent yet. */
  public static Loop open(Endpoint endpoint, List<? extends Caller> callers) throws IOException {
    Loop loop = new Loop(Selector.open());
    for (Caller caller : callers) {
      SocketChannel channel = SocketChannel.open(endpoint.address());
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.configureBlocking(false);
      Seat seat = new Seat(caller, channel);
      channel.register(loop.selector, SelectionKey.OP_READ, seat);
      loop.seats.add(seat);
      loop.idle.add(seat);
    }
    return loop;
  }

  /** Asks a caller again when it wants to send; from any thread. One that isn't here is ignored. */
  public void wake(int caller) {
    woken.add(caller);
    selector.wakeup();
  }

  /** Lets all callers send for a time; requests may be under way at its end. */
  public void run(Duration time) throws IOException {
    long until = now() + time.toNanos();
    for (long now = now(); now < until; now = now()) {
      ask(now);
      long next = until;
      for (Seat seat = idle.peek(); seat != null && seat.due <= next; seat = idle.peek()) {
        if (seat.due > now) {
          next = seat.due;
          break;
        }
        Seat due = idle.remove();
        if (due.caller.waitNanos(now + origin) == 0) {
          send(due, now);
        } else {
          rest(due, now);
        }
      }
      select(next - now(), until);
    }
  }

  /**
   * Sends nothing more, and waits for what is under way.
   *
   * @return how many answers are still missing when the patience is over
   */
  public int drain(Duration patience) throws IOException {
    long until = now() + patience.toNanos();
    while (owed() > 0 && now() < until) {
      select(until - now(), Long.MIN_VALUE);
    }
    return owed();
  }

  private int owed() {
    int owed = 0;
    for (Seat seat : seats) {
      if (seat.waiting && !seat.caller.isPatient()) {
        owed++;
      }
    }
    return owed;
  }

  private long now() {
    return System.nanoTime() - origin;
  }

  private void ask(long now) {
    for (@Nullable Integer index = woken.poll(); index != null; index = woken.poll()) {
      Seat seat = index < seats.size() ? seats.get(index) : null;
      if (seat != null && !seat.waiting) {
        idle.remove(seat);
        rest(seat, now);
      }
    }
  }

  private void rest(Seat seat, long now) {
    long wait = seat.caller.waitNanos(now + origin);
    seat.due = wait == Caller.NEVER ? Caller.NEVER : now + wait;
    idle.add(seat);
  }

  /** A selector's clock is of milliseconds: what is due sooner is napped for. */
  private void select(long nanos, long until) throws IOException {
    if (!woken.isEmpty() || nanos <= 0) {
      selector.selectNow(key -> ready(key, until));
    } else if (nanos >= 2 * MILLI) {
      selector.select(key -> ready(key, until), nanos / MILLI);
    } else if (selector.selectNow(key -> ready(key, until)) == 0) {
      LockSupport.parkNanos(Math.min(nanos, NAP));
    }
  }

  private void ready(SelectionKey key, long until) {
    Seat seat = (Seat) key.attachment();
    try {
      Answer answer = seat.input.read(seat.channel);
      if (answer == null) {
        return;
      }
      long now = now();
      seat.waiting = false;
      seat.caller.answered(answer, seat.sent + origin, now + origin);
      if (now < until && seat.caller.waitNanos(now + origin) == 0) {
        send(seat, now);
      } else {
        rest(seat, now);
      }
    } catch (IOException e) {
      throw new Broken(e);
    }
  }

  private void send(Seat seat, long now) throws IOException {
    seat.sent = now;
    seat.waiting = true;
    ByteBuffer out = ByteBuffer.wrap(seat.caller.next());
    while (out.hasRemaining()) {
      if (seat.channel.write(out) == 0) {
        Thread.onSpinWait();
      }
    }
  }

  @Override
  public void close() throws IOException {
    for (Seat seat : seats) {
      seat.channel.close();
    }
    selector.close();
  }

  /** A connection broke: the run is worth nothing. */
  public static final class Broken extends RuntimeException {
    Broken(IOException cause) {
      super("a connection broke: " + cause.getMessage(), cause);
    }
  }
}
