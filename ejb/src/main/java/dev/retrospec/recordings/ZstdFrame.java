package dev.retrospec.recordings;

import com.github.luben.zstd.EndDirective;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Compresses one stream of bytes into one zstd frame in memory. The native context and its buffers
 * are reused, because making them costs more than compressing 20 KB; those that find no place in
 * the pool are freed. Close it always: an unfinished frame is discarded.
 */
final class ZstdFrame implements AutoCloseable {

  /** Level 1: faster than 3 and on event JSON only a few percent larger; see bench/results. */
  static final int LEVEL = 1;

  /** 512 KB: keeps the native memory of one request near one megabyte. */
  private static final int WINDOW_LOG = 19;

  private static final int BUFFER = 32 * 1024;
  private static final int HEAP_BUFFER = 16 * 1024;

  /** A larger one is rare, and the pool would keep it for good. */
  private static final int LARGEST_KEPT_OUTPUT = 512 * 1024;

  /** More than the cores can use at once; requests that wait for a slow client make their own. */
  private static final BlockingQueue<Native> POOL =
      new ArrayBlockingQueue<>(Math.max(8, 2 * Runtime.getRuntime().availableProcessors()));

  private final Native state;
  private boolean open = true;

  ZstdFrame() {
    Native pooled = POOL.poll();
    state = pooled == null ? new Native() : pooled;
  }

  /** A buffer for whoever writes into this frame, so that it is reused with the rest. */
  byte[] buffer() {
    return state.heap;
  }

  void write(byte[] bytes, int offset, int length) {
    int from = offset;
    int left = length;
    while (left > 0) {
      int count = Math.min(left, state.in.remaining());
      state.in.put(bytes, from, count);
      from += count;
      left -= count;
      if (!state.in.hasRemaining()) {
        compress(EndDirective.CONTINUE);
      }
    }
  }

  /** Ends the frame and returns all of it. */
  byte[] finish() {
    compress(EndDirective.END);
    return state.output.toByteArray();
  }

  private void compress(EndDirective directive) {
    state.in.flip();
    boolean done;
    do {
      done = state.context.compressDirectByteBufferStream(state.out, state.in, directive);
      state.out.flip();
      state.output.take(state.out);
      state.out.clear();
    } while (directive == EndDirective.END ? !done : state.in.hasRemaining());
    state.in.clear();
  }

  @Override
  public void close() {
    if (!open) {
      return;
    }
    open = false;
    state.reset();
    if (!POOL.offer(state)) {
      state.context.close();
    }
  }

  /** The native context and the two buffers it works between. */
  private static final class Native {

    private final ZstdCompressCtx context = new ZstdCompressCtx();
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER);
    private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER);
    private final byte[] heap = new byte[HEAP_BUFFER];
    private Output output = new Output();

    Native() {
      configure();
    }

    private void configure() {
      context.setLevel(LEVEL).setWindowLog(WINDOW_LOG).setChecksum(true);
    }

    void reset() {
      context.reset();
      configure();
      in.clear();
      out.clear();
      output = output.capacity() > LARGEST_KEPT_OUTPUT ? new Output() : output;
      output.reset();
    }
  }

  /** Takes bytes from a direct buffer without a copy in between. */
  private static final class Output extends ByteArrayOutputStream {

    Output() {
      super(BUFFER);
    }

    int capacity() {
      return buf.length;
    }

    void take(ByteBuffer bytes) {
      int more = bytes.remaining();
      if (buf.length - count < more) {
        buf = Arrays.copyOf(buf, Math.max(buf.length * 2, count + more));
      }
      bytes.get(buf, count, more);
      count += more;
    }
  }
}
