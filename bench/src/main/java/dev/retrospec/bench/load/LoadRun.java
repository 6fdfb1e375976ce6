package dev.retrospec.bench.load;

import dev.retrospec.bench.machine.Usage;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * So many connections that send, wait for the answer and send again (a closed loop): first unseen,
 * to warm up, then measured.
 */
public final class LoadRun {

  /** The name under which each call of {@link Work#once} is timed. */
  public static final String ALL = "all";

  private static final int MAX_FAILURES = 100;

  private final URI server;
  private final Supplier<Usage> usage;
  private final AtomicLong numbers;

  private volatile long measuredFrom = Long.MAX_VALUE;
  private volatile long measuredUntil = Long.MAX_VALUE;

  /**
   * @param numbers where the work's numbers come from; go on with the same ones in the next run
   */
  public LoadRun(URI server, Supplier<Usage> usage, AtomicLong numbers) {
    this.server = server;
    this.usage = usage;
    this.numbers = numbers;
  }

  /**
   * What was measured.
   *
   * @param seconds of the measured part
   * @param used by all processes meanwhile
   */
  public record Result(double seconds, Laps laps, Usage used) {

    public double perSecond() {
      return laps.count(ALL) / seconds;
    }
  }

  /**
   * @param work makes what each of the connections does
   */
  public Result run(int connections, Duration warmUp, Duration measured, Supplier<Work> work)
      throws InterruptedException {
    List<Laps> laps = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    CountDownLatch broken = new CountDownLatch(1);
    for (int i = 0; i < connections; i++) {
      boolean[] counting = {false};
      Laps own = new Laps(counting);
      Work one = work.get();
      laps.add(own);
      threads.add(new Thread(() -> loop(one, own, counting, broken), "load-" + i));
    }
    threads.forEach(Thread::start);
    broken.await(warmUp.toMillis(), TimeUnit.MILLISECONDS);
    Usage before = usage.get();
    measuredFrom = System.nanoTime();
    broken.await(measured.toMillis(), TimeUnit.MILLISECONDS);
    measuredUntil = System.nanoTime();
    Usage used = usage.get().since(before);
    double seconds = (measuredUntil - measuredFrom) / 1e9;
    for (Thread thread : threads) {
      thread.join();
    }
    Laps sum = new Laps();
    laps.forEach(sum::add);
    return new Result(seconds, sum, used);
  }

  private void loop(Work work, Laps laps, boolean[] counting, CountDownLatch broken) {
    int failed = 0;
    try (HttpConnection connection = new HttpConnection(server)) {
      while (measuredUntil == Long.MAX_VALUE) {
        long begun = System.nanoTime();
        counting[0] = begun >= measuredFrom;
        try {
          work.once(connection, numbers.getAndIncrement(), laps);
        } catch (IOException e) {
          laps.fail(e.getClass().getSimpleName() + ": " + e.getMessage());
          if (++failed > MAX_FAILURES) {
            break;
          }
        }
        long ended = System.nanoTime();
        // What ends after the measured time belongs to no rate.
        counting[0] = counting[0] && ended <= measuredUntil;
        laps.add(ALL, ended - begun);
      }
    } catch (IOException | RuntimeException e) {
      laps.fail(e.toString());
    } finally {
      if (measuredUntil == Long.MAX_VALUE) {
        broken.countDown();
      }
    }
  }
}
