package dev.retrospec.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.retrospec.system.Http.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;

/** The HTTP API as a client with one key has it. */
final class Api {

  static final ObjectMapper JSON = new ObjectMapper();

  private final Http http;
  private final String[] key;

  private Api(RetroSpec retroSpec, String header, String key) {
    this.http = new Http(retroSpec);
    this.key = new String[] {header, key};
  }

  static Api with(RetroSpec retroSpec, String projectKey) {
    return new Api(retroSpec, "X-Retrospec-Key", projectKey);
  }

  static Api ofAdministrator(RetroSpec retroSpec) {
    return new Api(retroSpec, "X-Retrospec-Admin", retroSpec.adminKey());
  }

  /** Of 200, as JSON. */
  JsonNode read(String path) {
    return get(path).expect(200).json();
  }

  Answer get(String path) {
    return http.get(path, key);
  }

  Answer post(String path) {
    return http.post(path, new byte[0], key);
  }

  Answer post(String path, JsonNode body) {
    return http.postJson(path, body.toString(), key);
  }

  /**
   * @param ifMatch the ETag that the change was made on
   */
  Answer put(String path, JsonNode body, String ifMatch) {
    return http.send(
        "PUT",
        path,
        BodyPublishers.ofString(body.toString()),
        key[0],
        key[1],
        "Content-Type",
        "application/json",
        "If-Match",
        ifMatch);
  }

  /** As the recorder sends it. */
  Answer postGzipped(String path, JsonNode body) {
    return http.post(
        path,
        Http.gzip(body.toString().getBytes(StandardCharsets.UTF_8)),
        key[0],
        key[1],
        "Content-Type",
        "application/json",
        "Content-Encoding",
        "gzip");
  }
}
