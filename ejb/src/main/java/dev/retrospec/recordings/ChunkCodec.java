package dev.retrospec.recordings;

import com.github.luben.zstd.RecyclingBufferPool;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Gives stored chunks back: as JSON, as gzip, or many as one array. Safe for several threads. */
public final class ChunkCodec {

  private static final int BUFFER = 16 * 1024;

  /**
   * The chunk's events as a JSON array. Close it: it holds native memory.
   *
   * @param zstd what {@link EncodedEvents#zstd()} gave
   */
  public InputStream json(byte[] zstd) throws IOException {
    return new ZstdInputStreamNoFinalizer(
        new ByteArrayInputStream(zstd), RecyclingBufferPool.INSTANCE);
  }

  /** Writes the chunk for a client that does not accept zstd; leaves the target open. */
  public void writeGzip(byte[] zstd, OutputStream target) throws IOException {
    try (InputStream json = json(zstd);
        FastGzip gzip = new FastGzip(target)) {
      json.transferTo(gzip);
      gzip.finish();
      gzip.flush();
    }
  }

  /**
   * The events of several chunks as one JSON array, in the given order. Opens one chunk at a time
   * and asks for the next only when the one before has been read. Close it.
   */
  public InputStream joined(Iterator<byte[]> zstdChunks) {
    return new JoinedArrays(this, zstdChunks);
  }

  /** Ends its own native memory but never the target. */
  private static final class FastGzip extends GZIPOutputStream {

    FastGzip(OutputStream target) throws IOException {
      super(target, BUFFER);
      def.setLevel(Deflater.BEST_SPEED);
    }

    @Override
    public void close() {
      def.end();
    }
  }
}
