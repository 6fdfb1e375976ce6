package dev.retrospec.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.retrospec.bench.machine.Usage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadRunTest {

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<String> paths = ConcurrentHashMap.newKeySet();
  private final AtomicLong requests = new AtomicLong();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          byte[] sent = exchange.getRequestBody().readAllBytes();
          paths.add(exchange.getRequestURI().getPath());
          requests.incrementAndGet();
          // Without a length the answer is chunked.
          boolean chunked = exchange.getRequestURI().getPath().endsWith("1");
          int status = exchange.getRequestURI().getPath().endsWith("5") ? 500 : 200;
          exchange.sendResponseHeaders(status, chunked ? 0 : sent.length);
          exchange.getResponseBody().write(sent);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void readsAnswersWithALengthAndInChunks() throws IOException {
    byte[] content = "größer".repeat(40_000).getBytes(StandardCharsets.UTF_8);
    try (HttpConnection connection = new HttpConnection(url())) {
      for (int number : new int[] {1, 2, 1}) {
        int status = connection.exchange(head(content.length).with(number), content);

        assertThat(status).isEqualTo(200);
        assertThat(connection.content()).isEqualTo("größer".repeat(40_000));
      }
    }
  }

  @Test
  void countsEachFailureAndNeverTheSameNumberTwice() throws InterruptedException {
    PatchedBytes head = head(3);
    byte[] content = {'a', 'b', 'c'};
    LoadRun run = new LoadRun(url(), () -> new Usage(0, 0, 0, 0, 0, 0), new AtomicLong());

    LoadRun.Result result =
        run.run(
            4,
            Duration.ofMillis(200),
            // At least one request begins and ends in it, and six are made, on a busy machine, too.
            Duration.ofSeconds(1),
            () -> {
              PatchedBytes own = head.copy();
              return (connection, number, laps) ->
                  laps.timed("request", connection, own.with(number), content, 200);
            });

    assertThat(paths).hasSize(requests.intValue());
    assertThat(result.laps().failures().get("request: 500"))
        .isEqualTo((int) paths.stream().filter(path -> path.endsWith("5")).count());
    assertThat(result.laps().count(LoadRun.ALL)).isPositive().isLessThan(requests.get());
  }

  private URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private PatchedBytes head(int length) {
    return PatchedBytes.of(
        "POST /"
            + PatchedBytes.MARK
            + " HTTP/1.1\r\nHost: test\r\nContent-Length: "
            + length
            + "\r\n\r\n");
  }
}
