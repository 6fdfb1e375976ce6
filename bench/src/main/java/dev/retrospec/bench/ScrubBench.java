package dev.retrospec.bench;

import com.fasterxml.jackson.core.JsonParser;
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
import java.util.zip.GZIPOutputStream;

/**
 * How many megabytes of event JSON one core takes in: inflate, parse, scrub, index, compress;
 * beside it, in the same run, {@link BareCopy}. Counts the thread's CPU time, so that other load on
 * the machine disturbs less.
 */
public final class ScrubBench {

  private static final int ROUNDS = 15;

  private final EventStream stream = new EventStream(new Scrubber());

  /**
   * Megabytes (10⁶ bytes) of event JSON for each second of one core, the median of 15 rounds.
   *
   * @param wireBytes after gzip
   */
  public record Rates(int jsonBytes, int wireBytes, double bare, double scrub) {}

  @FunctionalInterface
  private interface Work {
    void on(byte[] gzip) throws IOException;
  }

  /**
   * @param size approximate bytes of event JSON in a body
   * @param seconds of each of both figures
   */
  public Rates measure(int size, double seconds) throws IOException {
    byte[] json = RrwebFixture.events(size, 1).getBytes(StandardCharsets.UTF_8);
    byte[] gzip = gzip(json);
    Work[] works = {bytes -> BareCopy.copy(new ByteArrayInputStream(bytes)), this::scrub};
    double[][] rates = new double[works.length][ROUNDS];
    for (Work work : works) {
      rate(work, gzip, json.length, seconds); // warm-up
    }
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < works.length; i++) {
        rates[i][round] = rate(works[i], gzip, json.length, seconds / ROUNDS);
      }
    }
    return new Rates(json.length, gzip.length, median(rates[0]), median(rates[1]));
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
