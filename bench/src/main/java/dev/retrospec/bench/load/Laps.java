package dev.retrospec.bench.load;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** What one connection has seen: how long each request took, and what failed. */
public final class Laps {

  /** Three digits, up to two minutes, in microseconds. */
  private static final long LONGEST_MICROS = 120_000_000;

  private final Map<String, Histogram> series = new TreeMap<>();
  private final Map<String, Integer> failures = new TreeMap<>();
  private final boolean[] counting;

  Laps(boolean[] counting) {
    this.counting = counting;
  }

  public Laps() {
    this(new boolean[] {true});
  }

  /** Sends one request, takes its time, and says whether the status was the expected one. */
  public boolean timed(
      String name, HttpConnection connection, byte[] head, byte[] content, int expected)
      throws java.io.IOException {
    long begun = System.nanoTime();
    int status = connection.exchange(head, content);
    add(name, System.nanoTime() - begun);
    if (status != expected) {
      fail(name + ": " + status);
    }
    return status == expected;
  }

  public void add(String name, long nanos) {
    if (counting[0]) {
      Histogram histogram = series.get(name);
      if (histogram == null) {
        histogram = new Histogram(LONGEST_MICROS, 3);
        series.put(name, histogram);
      }
      histogram.recordValue(Math.min(LONGEST_MICROS, nanos / 1_000));
    }
  }

  /** Failures count in the warm-up, too. */
  public void fail(String what) {
    failures.merge(what, 1, Integer::sum);
  }

  public void add(Laps other) {
    other.series.forEach(
        (name, histogram) ->
            series.computeIfAbsent(name, any -> new Histogram(LONGEST_MICROS, 3)).add(histogram));
    other.failures.forEach((what, count) -> failures.merge(what, count, Integer::sum));
  }

  public long count(String name) {
    Histogram histogram = series.get(name);
    return histogram == null ? 0 : histogram.getTotalCount();
  }

  /** Milliseconds that so many percent of the requests did not exceed. */
  public double millis(String name, double percentile) {
    Histogram histogram = series.get(name);
    return histogram == null ? Double.NaN : histogram.getValueAtPercentile(percentile) / 1_000.0;
  }

  /** What failed, and how often. */
  public Map<String, Integer> failures() {
    return failures;
  }
}
