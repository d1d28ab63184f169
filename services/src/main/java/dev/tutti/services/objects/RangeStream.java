package dev.tutti.services.objects;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * An object's content that is fetched in pieces, so that no more of it is in memory, or on its way,
 * than is soon read. Pieces grow: who reads on wants more. An object that changes meanwhile can't
 * be read on.
 */
final class RangeStream extends InputStream {
  private static final int FIRST_BYTES = 256 * 1024;
  private static final int MOST_BYTES = 4 * 1024 * 1024;

  private final Pieces pieces;
  private byte[] piece = new byte[0];
  private int at;
  private long next;
  private int size = FIRST_BYTES;
  private boolean ended;
  private @Nullable String etag;

  /** Fetches. */
  @FunctionalInterface
  interface Pieces {
    /**
     * A part of the content.
     *
     * @param from offset of its first byte
     * @param length most bytes of it
     */
    Piece fetch(long from, int length) throws IOException;
  }

  /**
   * A part of the content.
   *
   * @param last whether there is nothing beyond it
   * @param etag the object's; empty where there is no part to have one
   */
  @SuppressWarnings("ArrayRecordComponent") // bytes that pass through; nobody compares pieces
  record Piece(byte[] bytes, boolean last, String etag) {}

  /** Opens a content at an offset; fetches the first piece. */
  RangeStream(Pieces pieces, long from) throws IOException {
    this.pieces = pieces;
    this.next = from;
    fetch();
  }

  private void fetch() throws IOException {
    Piece fetched = pieces.fetch(next, size);
    if (etag != null && !fetched.etag().isEmpty() && !fetched.etag().equals(etag)) {
      throw new IOException("The object was changed while it was read.");
    }
    if (etag == null && !fetched.etag().isEmpty()) {
      etag = fetched.etag();
    }
    piece = fetched.bytes();
    at = 0;
    next += piece.length;
    ended = fetched.last();
    size = Math.min(2 * size, MOST_BYTES);
  }

  /** Whether there is a byte to be read. */
  private boolean ready() throws IOException {
    if (at == piece.length && !ended) {
      fetch();
    }
    return at < piece.length;
  }

  @Override
  public int read() throws IOException {
    return ready() ? piece[at++] & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!ready()) {
      return -1;
    }
    int taken = Math.min(length, piece.length - at);
    System.arraycopy(piece, at, into, offset, taken);
    at += taken;
    return taken;
  }

  @Override
  public int available() {
    return piece.length - at;
  }
}
