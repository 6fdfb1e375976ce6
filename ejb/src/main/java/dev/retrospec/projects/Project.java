package dev.retrospec.projects;

import dev.retrospec.ids.ProjectId;
import java.time.Instant;

/** A customer's project as its administrators see it. */
public record Project(ProjectId id, String name, String site, Instant createdAt) {

  /** The project of requests without a key, made by the first migration. */
  public static final ProjectId DEFAULT = new ProjectId("proj_default");
}
