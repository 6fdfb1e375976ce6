package dev.retrospec.recordings;

import com.github.luben.zstd.RecyclingBufferPool;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
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
   * Writes several chunks as one JSON array of {@code {"seq":…,"events":[…]}}, in their order;
   * leaves the target open.
   */
  public void writeNumbered(Map<Integer, byte[]> zstdBySeq, OutputStream target)
      throws IOException {
    String before = "[";
    for (Map.Entry<Integer, byte[]> chunk : zstdBySeq.entrySet()) {
      target.write(ascii(before + "{\"seq\":" + chunk.getKey() + ",\"events\":"));
      try (InputStream json = json(chunk.getValue())) {
        json.transferTo(target);
      }
      before = "},";
    }
    target.write(ascii(zstdBySeq.isEmpty() ? "[]" : "}]"));
  }

  /** The same for a client that accepts gzip. */
  public void writeNumberedGzip(Map<Integer, byte[]> zstdBySeq, OutputStream target)
      throws IOException {
    try (FastGzip gzip = new FastGzip(target)) {
      writeNumbered(zstdBySeq, gzip);
      gzip.finish();
      gzip.flush();
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
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
