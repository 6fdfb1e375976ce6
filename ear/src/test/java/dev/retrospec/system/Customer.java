package dev.retrospec.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A project of its own, so that tests on one server do not see each other's sessions. */
record Customer(String projectId, String site, String secretKey, String ingestKey, Api api) {

  /** A new project with one key of each scope; {@link #api} uses the secret one. */
  static Customer of(RetroSpec retroSpec, String name) {
    Api administrator = Api.ofAdministrator(retroSpec);
    String site = name + ".example";
    JsonNode made =
        administrator
            .post("/v1/admin/projects", object().put("name", name).put("site", site))
            .expect(201)
            .json();
    String id = made.at("/project/id").asText();
    String secret = made.path("apiKey").asText();
    String ingest =
        administrator
            .post("/v1/admin/projects/" + id + "/keys", object().put("scope", "ingest"))
            .expect(201)
            .json()
            .path("apiKey")
            .asText();
    return new Customer(id, site, secret, ingest, Api.with(retroSpec, secret));
  }

  private static ObjectNode object() {
    return Api.JSON.createObjectNode();
  }
}
