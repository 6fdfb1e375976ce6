package dev.retrospec.inspection;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.inspection.ProjectPageView.KeyLine;
import dev.retrospec.inspection.ProjectPageView.Rules;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
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

  private static final String KEYS =
      """
      select id, label, scope, created_at, last_used_at, revoked_at
      from api_key
      where project_id = :project
      order by revoked_at is not null, created_at, id
      """;

  private static final String RULES =
      """
      select enabled, sample_rate, policy, privacy_level, private_selectors, excluded_pages
      from recording_rules
      where project_id = :project
      """;

  /** What the table's defaults say, for a project without a row. */
  private static final Rules DEFAULT_RULES =
      new Rules(true, 1, "continuous", "balanced", List.of(), List.of());

  /** A project by its name. */
  public record Choice(ProjectId id, String name) {}

  private final Jdbi jdbi;

  @Inject
  public ProjectInspection(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected ProjectInspection() {
    this.jdbi = null;
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
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(LINES + " where p.id = :project")
                .bind("project", project)
                .map(ConstructorMapper.of(ProjectLine.class))
                .findOne()
                .map(
                    line ->
                        new ProjectPageView(line, keys(handle, project), rules(handle, project))));
  }

  private static List<KeyLine> keys(Handle handle, ProjectId project) {
    return handle
        .createQuery(KEYS)
        .bind("project", project)
        .map(ConstructorMapper.of(KeyLine.class))
        .list();
  }

  private static Rules rules(Handle handle, ProjectId project) {
    return handle
        .createQuery(RULES)
        .bind("project", project)
        .map(ConstructorMapper.of(Rules.class))
        .findOne()
        .orElse(DEFAULT_RULES);
  }
}
