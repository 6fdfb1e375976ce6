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
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;

/** A client of the API as any program writes it: plain requests, answers as status and JSON. */
final class Http {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final RetroSpec retroSpec;

  Http(RetroSpec retroSpec) {
    this.retroSpec = retroSpec;
  }

  /** Status, headers and body. */
  record Answer(int status, HttpHeaders headers, byte[] bytes) {

    Answer expect(int wanted) {
      assertThat(status).as("answered: %s", text()).isEqualTo(wanted);
      return this;
    }

    String text() {
      return new String(bytes, StandardCharsets.UTF_8);
    }

    JsonNode json() {
      try {
        return JSON.readTree(bytes);
      } catch (IOException notJson) {
        throw new AssertionError("no JSON: " + text(), notJson);
      }
    }

    String header(String name) {
      return headers.firstValue(name).orElse("");
    }
  }

  /** A project of the test's own, with a key of each scope. */
  record Project(String id, String secretKey, String ingestKey) {}

  Project newProject() {
    JsonNode made =
        postJson(
                "/v1/admin/projects",
                "{\"name\":\"Test\",\"site\":\"shop.example\"}",
                "X-Retrospec-Admin",
                retroSpec.adminKey())
            .json();
    String id = made.at("/project/id").asText();
    return new Project(
        id, made.get("apiKey").asText(), newKey(id, "ingest").get("apiKey").asText());
  }

  JsonNode newKey(String project, String scope) {
    return postJson(
            "/v1/admin/projects/" + project + "/keys",
            "{\"label\":\"test\",\"scope\":\"" + scope + "\"}",
            "X-Retrospec-Admin",
            retroSpec.adminKey())
        .json();
  }

  Answer get(String path, String... headers) {
    return send("GET", path, BodyPublishers.noBody(), headers);
  }

  Answer delete(String path, String... headers) {
    return send("DELETE", path, BodyPublishers.noBody(), headers);
  }

  Answer postJson(String path, String body, String... headers) {
    return post(path, body.getBytes(StandardCharsets.UTF_8), and(headers, "application/json"));
  }

  Answer post(String path, byte[] body, String... headers) {
    return send("POST", path, BodyPublishers.ofByteArray(body), headers);
  }

  Answer send(String method, String path, BodyPublisher body, String... headers) {
    URI address = URI.create(retroSpec.url().toString().replaceAll("/$", "") + path);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address).timeout(TIMEOUT).method(method, body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
      return new Answer(answer.statusCode(), answer.headers(), answer.body());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(plain);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return packed.toByteArray();
  }

  private static String[] and(String[] headers, String contentType) {
    String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Content-Type";
    all[headers.length + 1] = contentType;
    return all;
  }
}
