package dev.retrospec.snapshots;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.projects.Projects;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** Where the browser may go for which project; the operator may add entries for all of them. */
@ApplicationScoped
public class SnapshotAddresses {

  private final Jdbi jdbi;
  private final Projects projects;
  private final SnapshotConfig config;
  private final Clock clock;

  @Inject
  public SnapshotAddresses(Jdbi jdbi, Projects projects, SnapshotConfig config, Clock clock) {
    this.jdbi = jdbi;
    this.projects = projects;
    this.config = config;
    this.clock = clock;
  }

  /** For the container's proxy. */
  protected SnapshotAddresses() {
    this(null, null, null, null);
  }

  /** What holds for the project now: its own entries and the operator's. */
  public AddressRules inForce(ProjectId project) {
    return AddressRules.of(entries(project)).and(config.addresses());
  }

  /**
   * The project's own entries.
   *
   * @throws NotFound when there is no such project
   */
  public List<String> of(ProjectId project) {
    existing(project);
    return entries(project);
  }

  /**
   * Replaces the project's own entries.
   *
   * @return as they are stored
   * @throws InvalidRequest when one of them is not understood; nothing is changed
   * @throws NotFound when there is no such project
   */
  @Transactional
  public List<String> replace(ProjectId project, List<String> entries) {
    AddressRules rules = AddressRules.of(entries);
    existing(project);
    jdbi.useHandle(
        handle -> {
          handle
              .createUpdate("delete from snapshot_address where project_id = :project")
              .bind("project", project)
              .execute();
          handle
              .createUpdate(
                  """
                  insert into snapshot_address (project_id, pattern, created_at)
                  select :project, pattern, :now from unnest(:patterns) as pattern
                  on conflict do nothing
                  """)
              .bind("project", project)
              .bindArray("patterns", String.class, rules.entries())
              .bind("now", clock.instant())
              .execute();
        });
    return entries(project);
  }

  private void existing(ProjectId project) {
    projects.find(project).orElseThrow(() -> new NotFound("project"));
  }

  private List<String> entries(ProjectId project) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select pattern from snapshot_address where project_id = :project"
                        + " order by pattern")
                .bind("project", project)
                .mapTo(String.class)
                .list());
  }
}
