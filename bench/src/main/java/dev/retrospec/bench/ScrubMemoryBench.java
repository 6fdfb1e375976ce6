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
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPOutputStream;

/**
 * How much memory many recordings take while they come in at once: each stops half way until all
 * are there, as slow clients do. Run it with the heap to be tried, e.g. {@code -Xmx512m}; prints
 * the largest resident size of the process (Linux).
 *
 * <p>Arguments: bodies at once (64), bytes of event JSON in each (2 000 000), rounds (10).
 */
public final class ScrubMemoryBench {

  private final byte[] gzip;
  private final EventStream stream = new EventStream(new Scrubber());

  private ScrubMemoryBench(byte[] gzip) {
    this.gzip = gzip;
  }

  public static void main(String[] args) throws Exception {
    int bodies = args.length > 0 ? Integer.parseInt(args[0]) : 64;
    int size = args.length > 1 ? Integer.parseInt(args[1]) : 2_000_000;
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 10;
    byte[] json = RrwebFixture.events(size, 1).getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream target = new GZIPOutputStream(bytes)) {
      target.write(json);
    }
    ScrubMemoryBench bench = new ScrubMemoryBench(bytes.toByteArray());
    ExecutorService threads = Executors.newFixedThreadPool(bodies);
    try {
      for (int round = 1; round <= rounds; round++) {
        CyclicBarrier halfWay = new CyclicBarrier(bodies);
        Callable<Integer> one = () -> bench.encode(halfWay);
        for (Future<Integer> done : threads.invokeAll(Collections.nCopies(bodies, one))) {
          done.get();
        }
        System.out.printf("round %d: %s%n", round, largestResidentSize());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private int encode(CyclicBarrier halfWay) throws IOException {
    InputStream wire = new PausingInput(gzip, halfWay);
    try (BoundedInflater body = new BoundedInflater(wire, "gzip", BodyLimits.DEFAULT);
        JsonParser parser = EventStream.jsonFactory().createParser(body)) {
      parser.nextToken();
      int length = stream.encode(parser).zstd().length;
      body.finish();
      return length;
    }
  }

  private static String largestResidentSize() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .findFirst()
        .orElse("unknown");
  }

  /** Gives the first half, waits for the others, gives the rest. */
  private static final class PausingInput extends ByteArrayInputStream {

    private final CyclicBarrier halfWay;
    private boolean waited;

    PausingInput(byte[] bytes, CyclicBarrier halfWay) {
      super(bytes);
      this.halfWay = halfWay;
    }

    @Override
    public synchronized int read(byte[] target, int offset, int length) {
      if (!waited && pos > count / 2) {
        waited = true;
        try {
          halfWay.await();
        } catch (InterruptedException | BrokenBarrierException e) {
          Thread.currentThread().interrupt();
          throw new IllegalStateException("the other bodies did not come", e);
        }
      }
      return super.read(target, offset, length);
    }
  }
}
