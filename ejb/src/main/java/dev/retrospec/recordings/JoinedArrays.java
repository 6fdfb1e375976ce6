package dev.retrospec.recordings;

import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Makes one JSON array of several, byte by byte: {@code [a][b]} becomes {@code [a,b]}. Relies on
 * the arrays being ours: one bracket at each end, no white space.
 */
final class JoinedArrays extends InputStream {

  private final ChunkCodec codec;
  private final Iterator<byte[]> chunks;
  private @Nullable InputStream current;
  private int held = -1; // the byte before the next one: the last of an array is not passed on
  private boolean first = true; // nothing of any array has been passed on
  private boolean ended;
  private int pending = '[';

  JoinedArrays(ChunkCodec codec, Iterator<byte[]> chunks) {
    this.codec = codec;
    this.chunks = chunks;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (pending >= 0) {
      target[offset] = (byte) pending;
      pending = -1;
      return 1;
    }
    while (!ended) {
      InputStream open = current;
      if (open == null) {
        open = next();
        if (open == null) {
          ended = true;
          target[offset] = ']';
          return 1;
        }
        if (pending >= 0) {
          return read(target, offset, length);
        }
      }
      int count = shifted(open, target, offset, length);
      if (count > 0) {
        return count;
      }
      if (count < 0) {
        open.close();
        current = null;
      }
    }
    return -1;
  }

  /** Opens the next array that is not empty, past its bracket. */
  private @Nullable InputStream next() throws IOException {
    while (chunks.hasNext()) {
      InputStream opened = codec.json(chunks.next());
      current = opened;
      opened.read();
      held = opened.read();
      if (held != ']') {
        if (!first) {
          pending = ',';
        }
        first = false;
        return opened;
      }
      opened.close();
      current = null;
    }
    return null;
  }

  /** Passes on what is read one byte late. */
  private int shifted(InputStream open, byte[] target, int offset, int length) throws IOException {
    int count = open.read(target, offset, length);
    if (count <= 0) {
      return count;
    }
    byte last = target[offset + count - 1];
    System.arraycopy(target, offset, target, offset + 1, count - 1);
    target[offset] = (byte) held;
    held = last & 0xFF;
    return count;
  }

  @Override
  public void close() throws IOException {
    ended = true;
    if (current != null) {
      current.close();
      current = null;
    }
  }
}
