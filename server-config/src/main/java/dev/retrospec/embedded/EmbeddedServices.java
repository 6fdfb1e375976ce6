package dev.retrospec.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The process that stands in for a managed PostgreSQL and an S3 bucket on a developer's machine.
 *
 * <p>Configured by environment variables (see {@link EmbeddedServicesConfig}), so that no secret
 * stands in the process list. When everything answers it writes the ready file ({@code NAME=value}
 * lines), and on SIGTERM it stops what it started, in reverse order, and removes that file.
 */
public final class EmbeddedServices implements AutoCloseable {

  /** PostgreSQL's own fast shutdown took under a second; beyond this the caller may kill. */
  private static final long STOP_TIMEOUT_SECONDS = 25;

  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private final Map<String, String> facts = new LinkedHashMap<>();

  private EmbeddedServices() {}

  /**
   * Runs until SIGTERM.
   *
   * @param args none
   * @throws Exception when a service does not start; what had started by then is stopped
   */
  public static void main(String[] args) throws Exception {
    EmbeddedServicesConfig config = EmbeddedServicesConfig.from(System.getenv());
    CountDownLatch stopAsked = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stopAsked.countDown();
                  await(stopped);
                },
                "stop-embedded-services"));
    // Not a try-with-resources alone: the hook must be released when starting fails, too.
    try (EmbeddedServices services = start(config)) {
      services.writeReadyFile(config.readyFile());
      stopAsked.await();
      Files.deleteIfExists(config.readyFile());
    } finally {
      stopped.countDown();
    }
  }

  /**
   * Starts the wanted services.
   *
   * @param config what to start, where
   * @return the running services; closing stops them
   * @throws Exception when one does not start; the others are stopped by then
   */
  public static EmbeddedServices start(EmbeddedServicesConfig config) throws Exception {
    EmbeddedServices services = new EmbeddedServices();
    try {
      if (config.postgresql() != null) {
        PostgresqlDatabase database = PostgresqlDatabase.start(config.postgresql());
        services.running.push(database);
        services.facts.putAll(database.facts());
      }
      if (config.s3() != null) {
        S3Store store = S3Store.start(config.s3());
        services.running.push(store);
        services.facts.putAll(store.facts());
      }
      return services;
    } catch (Exception failure) {
      services.close();
      throw failure;
    }
  }

  /** What a client needs to know: ports, process ids. */
  public Map<String, String> facts() {
    return Map.copyOf(facts);
  }

  @Override
  public void close() {
    while (!running.isEmpty()) {
      AutoCloseable service = running.pop();
      try {
        service.close();
      } catch (Exception failure) {
        // The next one must be stopped, too.
        System.err.printf("%s did not stop cleanly: %s%n", service, failure);
      }
    }
  }

  private void writeReadyFile(Path readyFile) throws IOException {
    StringBuilder lines = new StringBuilder();
    facts.forEach((name, value) -> lines.append(name).append('=').append(value).append('\n'));
    Path partial = readyFile.resolveSibling(readyFile.getFileName() + ".part");
    Files.writeString(partial, lines);
    // A reader sees all of it or nothing.
    Files.move(partial, readyFile, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void await(CountDownLatch stopped) {
    try {
      if (!stopped.await(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("The embedded services did not stop in time");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
