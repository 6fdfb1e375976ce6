package dev.retrospec.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As the launcher runs it: a process of its own. */
class EmbeddedServicesTest {

  private static final Duration START = Duration.ofSeconds(60);

  @TempDir Path directory;
  private @Nullable Process services;

  @AfterEach
  void stop() throws InterruptedException {
    if (services != null) {
      services.destroy();
      services.waitFor();
    }
  }

  @Test
  void writesTheReadyFileWhenItAnswersAndRemovesItWhenItStops() throws Exception {
    Properties facts = start(freePort(), freePort());
    long postmaster = Long.parseLong(facts.getProperty("POSTGRESQL_PID"));
    assertThat(ProcessHandle.of(postmaster)).isPresent();

    services.destroy();

    assertThat(services.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(directory.resolve("ready")).doesNotExist();
    await().until(() -> hasEnded(postmaster));
  }

  @Test
  void takesOverADatabaseWhoseParentWasKilled() throws Exception {
    int port = freePort();
    long leftover = Long.parseLong(start(port, freePort()).getProperty("POSTGRESQL_PID"));
    services.destroyForcibly().waitFor();
    Files.delete(directory.resolve("ready"));

    long successor = Long.parseLong(start(port, freePort()).getProperty("POSTGRESQL_PID"));

    assertThat(successor).isNotEqualTo(leftover);
    assertThat(hasEnded(leftover)).isTrue();
  }

  @Test
  void hasAnObjectStoreThatRefusesUnsignedRequests() throws Exception {
    String port = start(freePort(), freePort()).getProperty("S3_PORT");
    URI bucket = URI.create("http://127.0.0.1:" + port + "/retrospec");

    int status =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(bucket).build(), BodyHandlers.discarding())
            .statusCode();

    assertThat(status).isEqualTo(403);
    assertThat(directory.resolve("s3/retrospec")).isDirectory();
  }

  private Properties start(int postgresqlPort, int s3Port) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                EmbeddedServices.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("services.log").toFile());
    builder
        .environment()
        .putAll(
            Map.ofEntries(
                Map.entry("EMBEDDED_READY_FILE", path("ready")),
                Map.entry("EMBEDDED_POSTGRESQL_PORT", Integer.toString(postgresqlPort)),
                Map.entry("EMBEDDED_POSTGRESQL_DIRECTORY", path("postgresql")),
                Map.entry("EMBEDDED_POSTGRESQL_LOG", path("postgresql.log")),
                Map.entry("EMBEDDED_POSTGRESQL_DATABASE", "retrospec"),
                Map.entry("EMBEDDED_POSTGRESQL_USER", "retrospec"),
                Map.entry("EMBEDDED_POSTGRESQL_PASSWORD", "secret"),
                Map.entry("EMBEDDED_S3_PORT", Integer.toString(s3Port)),
                Map.entry("EMBEDDED_S3_DIRECTORY", path("s3")),
                Map.entry("S3_ACCESS_KEY", "access"),
                Map.entry("S3_SECRET_KEY", "secret"),
                Map.entry("S3_BUCKET", "retrospec")));
    Process process = builder.start();
    services = process;
    await()
        .atMost(START)
        .failFast(() -> assertThat(process.isAlive()).as(this::log).isTrue())
        .until(() -> Files.exists(directory.resolve("ready")));
    Properties facts = new Properties();
    try (var lines = Files.newBufferedReader(directory.resolve("ready"))) {
      facts.load(lines);
    }
    return facts;
  }

  private String path(String name) {
    return directory.resolve(name).toString();
  }

  private String log() {
    try {
      return Files.readString(directory.resolve("services.log"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** A process whose parent never asks for its status stays as a zombie without a command line. */
  private static boolean hasEnded(long processId) {
    return ProcessHandle.of(processId)
        .map(process -> process.info().commandLine().isEmpty())
        .orElse(true);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
