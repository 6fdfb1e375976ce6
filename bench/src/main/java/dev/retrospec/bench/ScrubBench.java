package dev.retrospec.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.github.luben.zstd.RecyclingBufferPool;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import dev.retrospec.fixture.RrwebFixture;
import dev.retrospec.privacy.Scrubber;
import dev.retrospec.recordings.BodyLimits;
import dev.retrospec.recordings.BoundedInflater;
import dev.retrospec.recordings.EventStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * How many megabytes of event JSON one core takes in: inflate, parse, scrub, index, compress;
 * beside it, in the same run, the bare ceiling: inflate, copy token by token with Jackson,
 * compress, discard. Counts the thread's CPU time, so that other load on the machine disturbs less.
 *
 * <p>Arguments: seconds per figure (5), then sizes of the event JSON in bytes (20 000, 200 000, 2
 * 000 000).
 */
public final class ScrubBench {

  private static final int ROUNDS = 15;
  private static final JsonFactory PLAIN = new JsonFactory();

  private final EventStream stream = new EventStream(new Scrubber());

  private ScrubBench() {}

  @FunctionalInterface
  private interface Work {
    void on(byte[] gzip) throws IOException;
  }

  public static void main(String[] args) throws IOException {
    double seconds = args.length > 0 ? Double.parseDouble(args[0]) : 5;
    int[] sizes =
        args.length > 1
            ? Arrays.stream(args).skip(1).mapToInt(Integer::parseInt).toArray()
            : new int[] {20_000, 200_000, 2_000_000};
    System.out.printf(
        "%10s %10s %12s %12s %8s%n",
        "json bytes", "gzip bytes", "bare MB/s", "scrub MB/s", "ratio");
    for (int size : sizes) {
      new ScrubBench().compare(size, seconds);
    }
  }

  private void compare(int size, double seconds) throws IOException {
    byte[] json = RrwebFixture.events(size, 1).getBytes(StandardCharsets.UTF_8);
    byte[] gzip = gzip(json);
    Work[] works = {this::bare, this::scrub};
    double[][] rates = new double[works.length][ROUNDS];
    for (Work work : works) {
      rate(work, gzip, json.length, seconds); // warm-up
    }
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < works.length; i++) {
        rates[i][round] = rate(works[i], gzip, json.length, seconds / ROUNDS);
      }
    }
    double bare = median(rates[0]);
    double scrub = median(rates[1]);
    System.out.printf(
        Locale.ROOT,
        "%10d %10d %12.1f %12.1f %8.2f%n",
        json.length,
        gzip.length,
        bare,
        scrub,
        scrub / bare);
  }

  /** Megabytes of JSON for each second of this thread's CPU time. */
  private static double rate(Work work, byte[] gzip, int jsonBytes, double seconds)
      throws IOException {
    var threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    long end = start + (long) (seconds * 1e9);
    long bytes = 0;
    long now = start;
    while (now < end) {
      work.on(gzip);
      bytes += jsonBytes;
      now = threads.getCurrentThreadCpuTime();
    }
    return bytes / 1e6 / ((now - start) / 1e9);
  }

  private void scrub(byte[] gzip) throws IOException {
    try (BoundedInflater body =
            new BoundedInflater(new ByteArrayInputStream(gzip), "gzip", BodyLimits.DEFAULT);
        JsonParser parser = EventStream.jsonFactory().createParser(body)) {
      parser.nextToken();
      stream.encode(parser);
      body.finish();
    }
  }

  private void bare(byte[] gzip) throws IOException {
    try (JsonParser parser =
            PLAIN.createParser(new GZIPInputStream(new ByteArrayInputStream(gzip), 8 * 1024));
        OutputStream zstd =
            new ZstdOutputStreamNoFinalizer(
                OutputStream.nullOutputStream(), RecyclingBufferPool.INSTANCE, 1);
        JsonGenerator copy = PLAIN.createGenerator(zstd)) {
      while (parser.nextToken() != null) {
        copy.copyCurrentEvent(parser);
      }
    }
  }

  private static byte[] gzip(byte[] json) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(json);
    }
    return bytes.toByteArray();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
