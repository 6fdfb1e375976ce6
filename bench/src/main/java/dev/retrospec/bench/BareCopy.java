package dev.retrospec.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.github.luben.zstd.RecyclingBufferPool;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.GZIPInputStream;

/**
 * The least that anyone must do with a recording: inflate, read it token by token with Jackson,
 * compress it again, discard it. No check, no scrub, no index, no encryption, nothing stored.
 */
public final class BareCopy {

  private static final int INFLATE_BUFFER = 8 * 1024;
  private static final int ZSTD_LEVEL = 1;
  private static final JsonFactory PLAIN = new JsonFactory();

  private BareCopy() {}

  public static void copy(InputStream gzip) throws IOException {
    try (JsonParser parser = PLAIN.createParser(new GZIPInputStream(gzip, INFLATE_BUFFER));
        OutputStream zstd =
            new ZstdOutputStreamNoFinalizer(
                OutputStream.nullOutputStream(), RecyclingBufferPool.INSTANCE, ZSTD_LEVEL);
        JsonGenerator copy = PLAIN.createGenerator(zstd)) {
      while (parser.nextToken() != null) {
        copy.copyCurrentEvent(parser);
      }
    }
  }
}
