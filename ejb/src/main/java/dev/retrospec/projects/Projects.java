package dev.retrospec.projects;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.platform.failure.InvalidRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;

/** The projects of this installation. */
@ApplicationScoped
public class Projects {

  static final int MAX_TEXT = 200;

  private static final RowMapper<Project> PROJECT =
      (row, context) ->
          new Project(
              new ProjectId(row.getString("id")),
              row.getString("name"),
              row.getString("site"),
              row.getTimestamp("created_at").toInstant());

  private final Jdbi jdbi;
  private final Clock clock;

  @Inject
  public Projects(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /** For the container's proxy. */
  protected Projects() {
    this.jdbi = null;
    this.clock = null;
  }

  /**
   * Adds a project with the default recording rules.
   *
   * @throws InvalidRequest when name or site is blank or longer than 200 characters
   */
  @Transactional
  public Project add(String name, String site) {
    Project project =
        new Project(
            ProjectId.mint(), checked("name", name), checked("site", site), clock.instant());
    jdbi.useHandle(
        handle -> {
          handle
              .createUpdate(
                  "insert into project (id, name, site, created_at) values (:id, :name, :site, :at)")
              .bind("id", project.id())
              .bind("name", project.name())
              .bind("site", project.site())
              .bind("at", project.createdAt())
              .execute();
          handle
              .createUpdate("insert into recording_rules (project_id) values (:id)")
              .bind("id", project.id())
              .execute();
        });
    return project;
  }

  /** Oldest first. */
  public List<Project> all() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select id, name, site, created_at from project order by created_at, id")
                .map(PROJECT)
                .list());
  }

  public Optional<Project> find(ProjectId id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select id, name, site, created_at from project where id = :id")
                .bind("id", id)
                .map(PROJECT)
                .findOne());
  }

  private static String checked(String field, String text) {
    String stripped = text.strip();
    if (stripped.isEmpty() || stripped.length() > MAX_TEXT) {
      throw new InvalidRequest(field + " must be 1 to " + MAX_TEXT + " characters");
    }
    return stripped;
  }
}
