package dev.retrospec.filter;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Tells RetroSpec of failures, from a thread of its own. A request never waits: what does not fit
 * into the queue is dropped and counted, for a server whose every request fails has told enough.
 */
final class FailureReporter implements AutoCloseable {

  private static final Logger LOG = System.getLogger(FailureReporter.class.getName());

  private static final int MAX_WAITING = 200;
  private static final int MAX_AT_ONCE = 20;
  private static final int TRIES = 3;
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
  private static final int TIMEOUT_MS = 5_000;
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final FilterSettings settings;
  private final BlockingQueue<ServerFailure> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private final Thread sender = new Thread(this::send, "retrospec-failures");
  private volatile boolean closed;
  private volatile boolean refused;
  private long dropped;

  FailureReporter(FilterSettings settings) {
    this.settings = settings;
    sender.setDaemon(true);
    sender.start();
  }

  /** Returns at once. */
  void report(ServerFailure failure) {
    if (refused || closed || waiting.offer(failure)) {
      return;
    }
    synchronized (this) {
      dropped++;
      // Told at 1, 2, 4, 8 …: a flood of failures must not become a flood of log lines.
      if (Long.bitCount(dropped) == 1) {
        LOG.log(Level.WARNING, "{0} failures were not told: more than can be sent", dropped);
      }
    }
  }

  private void send() {
    try {
      while (!closed || !waiting.isEmpty()) {
        ServerFailure first = waiting.poll(200, TimeUnit.MILLISECONDS);
        if (first != null) {
          List<ServerFailure> batch = new ArrayList<>();
          batch.add(first);
          waiting.drainTo(batch, MAX_AT_ONCE - 1);
          send(batch);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(List<ServerFailure> batch) throws InterruptedException {
    for (int attempt = 1; attempt <= TRIES && !refused; attempt++) {
      try {
        int status = post(json(batch).getBytes(StandardCharsets.UTF_8));
        if (status == 401 || status == 403) {
          refused = true;
          LOG.log(Level.WARNING, "RetroSpec refused the key ({0}): no failure is told", status);
        }
        if (status < 300) {
          return;
        }
        if (status < 500 && status != 429) {
          LOG.log(Level.DEBUG, "RetroSpec refused failures ({0})", status);
          break;
        }
      } catch (IOException | RuntimeException e) {
        // Among the latter: a key or an address that cannot be sent.
        LOG.log(Level.DEBUG, "RetroSpec did not answer", e);
      }
      if (attempt < TRIES && !closed) {
        TimeUnit.MILLISECONDS.sleep(RETRY_AFTER.toMillis() * attempt);
      }
    }
    LOG.log(Level.WARNING, "{0} failures could not be told to RetroSpec", batch.size());
  }

  /** Not by {@code HttpClient}: its threads outlive the application that is stopped. */
  private int post(byte[] body) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) settings.endpoint().toURL().openConnection();
    try {
      connection.setConnectTimeout(TIMEOUT_MS);
      connection.setReadTimeout(TIMEOUT_MS);
      connection.setInstanceFollowRedirects(false);
      connection.setRequestProperty("Content-Type", "application/json");
      connection.setRequestProperty("X-Retrospec-Key", settings.apiKey());
      connection.setDoOutput(true);
      connection.setFixedLengthStreamingMode(body.length);
      try (OutputStream out = connection.getOutputStream()) {
        out.write(body);
      }
      return connection.getResponseCode();
    } finally {
      connection.disconnect();
    }
  }

  private static String json(List<ServerFailure> batch) {
    StringBuilder json = new StringBuilder("{\"errors\":[");
    for (int i = 0; i < batch.size(); i++) {
      if (i > 0) {
        json.append(',');
      }
      batch.get(i).writeTo(json);
    }
    return json.append("]}").toString();
  }

  /** Sends what waits, for at most two seconds: an application that is stopped must stop. */
  @Override
  public void close() {
    closed = true;
    try {
      sender.join(LAST_WORDS.toMillis());
      sender.interrupt();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
