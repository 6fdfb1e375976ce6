package dev.retrospec.inspection;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.projects.ApiKeys;
import dev.retrospec.projects.RecordingRules;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Reads the pages on projects, and the names for the switch between them. */
@ApplicationScoped
public class ProjectInspection {

  private static final String LINES =
      """
      select p.id, p.name, p.site, p.created_at,
        (select count(*) from api_key k
          where k.project_id = p.id and k.revoked_at is null) as active_keys,
        (select max(started_at) from session s where s.project_id = p.id) as last_session_at
      from project p
      """;

  /** A project by its name. */
  public record Choice(ProjectId id, String name) {}

  private final Jdbi jdbi;
  private final ApiKeys keys;
  private final RecordingRules rules;

  @Inject
  public ProjectInspection(Jdbi jdbi, ApiKeys keys, RecordingRules rules) {
    this.jdbi = jdbi;
    this.keys = keys;
    this.rules = rules;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected ProjectInspection() {
    this(null, null, null);
  }

  /** Every project, by name. */
  public List<Choice> choices() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select id, name from project order by lower(name), id")
                .map(ConstructorMapper.of(Choice.class))
                .list());
  }

  /** Every project, the oldest first. */
  public List<ProjectLine> list() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(LINES + " order by p.created_at, p.id")
                .map(ConstructorMapper.of(ProjectLine.class))
                .list());
  }

  public Optional<ProjectPageView> open(ProjectId project) {
    return line(project)
        .map(line -> new ProjectPageView(line, keys.of(project), rules.inForce(project)));
  }

  private Optional<ProjectLine> line(ProjectId project) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(LINES + " where p.id = :project")
                .bind("project", project)
                .map(ConstructorMapper.of(ProjectLine.class))
                .findOne());
  }
}
