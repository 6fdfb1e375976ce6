package dev.retrospec.system;

/**
 * A project of its own, so that tests on one server do not see each other's sessions.
 *
 * @param api with the project's secret key
 */
record Customer(String projectId, String site, String ingestKey, Api api) {

  static Customer of(RetroSpec retroSpec) {
    Http.Project project = new Http(retroSpec).newProject();
    return new Customer(
        project.id(),
        "shop.example",
        project.ingestKey(),
        Api.with(retroSpec, project.secretKey()));
  }
}
