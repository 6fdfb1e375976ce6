package dev.retrospec.bench.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/**
 * A project of its own, so that its counts begin at nothing.
 *
 * @param key secret
 */
record FreshProject(String id, String key) {

  static FreshProject create(Target target, String tag) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(target.url().resolve("/v1/admin/projects"))
                    .header("X-Retrospec-Admin", target.setting("ADMIN_API_KEY"))
                    .header("Content-Type", "application/json")
                    .POST(
                        HttpRequest.BodyPublishers.ofString(
                            "{\"name\":\"Bench " + tag + "\",\"site\":\"shop.example\"}"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    JsonNode created = new ObjectMapper().readTree(answer.body());
    if (answer.statusCode() != 201) {
      throw new IOException("No project: " + answer.statusCode() + " " + created);
    }
    return new FreshProject(created.at("/project/id").asText(), created.path("apiKey").asText());
  }
}
