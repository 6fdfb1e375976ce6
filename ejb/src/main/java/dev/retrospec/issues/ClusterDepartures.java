package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * Where the markers of a cluster went, session by session, while it still has some. All methods
 * take part in the caller's transaction.
 */
@ApplicationScoped
public class ClusterDepartures {

  private static final String NOTE =
      """
      insert into cluster_left as l (project_id, source_key, target_key, markers)
      select c.project_id, p.source, p.target, sum(p.markers)
      from jsonb_to_recordset(cast(:parts as jsonb)) as p (source text, target text, markers integer)
      join issue_cluster c on c.project_id = :project and c.key = p.source
      group by c.project_id, p.source, p.target order by p.source, p.target
      on conflict (project_id, source_key, target_key) do update set
        markers = l.markers + excluded.markers
      """;

  private final Jdbi jdbi;
  private final ClusterDecisions decisions;

  @Inject
  public ClusterDepartures(Jdbi jdbi, ClusterDecisions decisions) {
    this.jdbi = jdbi;
    this.decisions = decisions;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected ClusterDepartures() {
    this(null, null);
  }

  /**
   * Adds what has just moved.
   *
   * @param partsJson a list of {@link MarkerMoves.Part}
   */
  void note(ProjectId project, String partsJson) {
    jdbi.useHandle(
        handle ->
            handle.createUpdate(NOTE).bind("project", project).bind("parts", partsJson).execute());
  }

  /** The cluster that took most of a cluster's markers; empty when none has left it. */
  Optional<ClusterKey> successor(ProjectId project, ClusterKey left) {
    return jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select target_key from cluster_left
                        where project_id = :project and source_key = :key
                        order by markers desc, target_key limit 1
                        """)
                    .bind("project", project)
                    .bind("key", left)
                    .mapTo(ClusterKey.class)
                    .findOne())
        .map(key -> decisions.current(project, key));
  }
}
