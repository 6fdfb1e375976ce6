package dev.retrospec.testing;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Stops a piece of work at one lock and looks which others it holds by then. */
public final class LockOrder {

  private LockOrder() {}

  /** A question that locks what it finds, with its arguments. */
  public record Rows(String sql, List<Object> arguments) {

    public static Rows of(String sql, Object... arguments) {
      return new Rows(sql, List.of(arguments));
    }

    private int locked(TestDatabase database) {
      return database
          .jdbi()
          .withHandle(handle -> handle.select(sql, arguments.toArray()).mapToMap().list())
          .size();
    }
  }

  /**
   * Holds some locks until the work, in a transaction and a thread of its own, waits for one of
   * them; then lets go of them, and the work ends.
   *
   * @param probe ends with {@code for update skip locked}
   * @return how many rows of the probe are free while the work waits
   */
  public static int freeWhileWaiting(TestDatabase database, Rows held, Rows probe, Runnable work)
      throws Exception {
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      Found found =
          database.inTransaction(
              () -> {
                held.locked(database);
                int holder = pid(database);
                Future<?> working = other.submit(() -> database.inTransaction(work));
                await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> working.isDone() || isWaitedFor(database, holder));
                if (working.isDone()) {
                  working.get();
                  throw new AssertionError("The work did not wait");
                }
                return new Found(probe.locked(database), working);
              });
      found.working.get(20, TimeUnit.SECONDS);
      return found.rows;
    } finally {
      other.shutdownNow();
    }
  }

  private record Found(int rows, Future<?> working) {}

  private static int pid(TestDatabase database) {
    return database
        .jdbi()
        .withHandle(handle -> handle.select("select pg_backend_pid()").mapTo(Integer.class).one());
  }

  private static boolean isWaitedFor(TestDatabase database, int holder) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .select(
                        "select exists (select from pg_stat_activity"
                            + " where ? = any(pg_blocking_pids(pid)))",
                        holder)
                    .mapTo(Boolean.class)
                    .one());
  }
}
