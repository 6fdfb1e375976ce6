package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

  /** Of those that are there, by what they are called now. */
  private static final String TAKERS =
      """
      select c.key from cluster_left l
      left join cluster_alias a on a.project_id = l.project_id and a.source_key = l.target_key
      join issue_cluster c on c.project_id = l.project_id
        and c.key = coalesce(a.target_key, l.target_key)
      where l.project_id = :project and l.source_key = :key and c.key <> :key
      group by c.key order by sum(l.markers) desc, c.key
      """;

  private final Jdbi jdbi;
  private final ClusterConstraints constraints;

  @Inject
  public ClusterDepartures(Jdbi jdbi, ClusterConstraints constraints) {
    this.jdbi = jdbi;
    this.constraints = constraints;
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

  /**
   * The cluster that took most of a cluster's markers, among those that are there and that nobody
   * said are another failure; empty when there is none.
   */
  Optional<ClusterKey> successor(ProjectId project, ClusterKey left) {
    List<ClusterKey> takers =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(TAKERS)
                    .bind("project", project)
                    .bind("key", left)
                    .mapTo(ClusterKey.class)
                    .list());
    Set<ClusterKey> refused = constraints.refused(project, left, takers);
    return takers.stream().filter(taker -> !refused.contains(taker)).findFirst();
  }
}
