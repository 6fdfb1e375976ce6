package dev.retrospec.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;

/** The HTTP API as a client with one key has it. */
final class Api {

  static final ObjectMapper JSON = new ObjectMapper();

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private final RetroSpec retroSpec;
  private final String header;
  private final String key;

  private Api(RetroSpec retroSpec, String header, String key) {
    this.retroSpec = retroSpec;
    this.header = header;
    this.key = key;
  }

  static Api with(RetroSpec retroSpec, String projectKey) {
    return new Api(retroSpec, "X-Retrospec-Key", projectKey);
  }

  static Api ofAdministrator(RetroSpec retroSpec) {
    return new Api(retroSpec, "X-Retrospec-Admin", retroSpec.adminKey());
  }

  /** An answer, whatever its status. */
  record Answer(String request, int status, HttpHeaders headers, byte[] body) {

    Answer expect(int wanted) {
      assertThat(status).as("%s answered %s", request, text()).isEqualTo(wanted);
      return this;
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException failure) {
        throw new AssertionError(request + " is no JSON: " + text(), failure);
      }
    }
  }

  /** Of 200, as JSON. */
  JsonNode read(String path) {
    return get(path).expect(200).json();
  }

  Answer get(String path) {
    return send(request(path).GET());
  }

  Answer post(String path) {
    return send(request(path).POST(BodyPublishers.noBody()));
  }

  Answer post(String path, JsonNode body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString())));
  }

  /** As the recorder sends it. */
  Answer postGzipped(String path, JsonNode body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .header("Content-Encoding", "gzip")
            .POST(BodyPublishers.ofByteArray(gzipped(body.toString()))));
  }

  private HttpRequest.Builder request(String path) {
    URI uri = retroSpec.url(path);
    return HttpRequest.newBuilder(uri).timeout(TIMEOUT).header(header, key);
  }

  /**
   * @throws UncheckedIOException when there is no answer
   */
  private static Answer send(HttpRequest.Builder builder) {
    HttpRequest request = builder.build();
    try {
      HttpResponse<byte[]> answer = HTTP.send(request, BodyHandlers.ofByteArray());
      return new Answer(
          request.method() + " " + request.uri(),
          answer.statusCode(),
          answer.headers(),
          answer.body());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted in " + request.uri(), interrupted);
    }
  }

  private static byte[] gzipped(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }
}
