package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.platform.json.Json;
import dev.retrospec.signatures.Similarity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** The keys that lead to a cluster, and why. All methods take part in the caller's transaction. */
@ApplicationScoped
public class ClusterAliases {

  /** A cluster of months has few; a page shows no more. */
  private static final int MAX_SHOWN = 500;

  private static final String OF =
      """
      select source_key, coalesce(joined_key, target_key) as joined, kind, created_at, created_by,
             note, cast(parts as text) as parts
      from cluster_alias where project_id = :project and target_key = :key
      order by created_at desc, source_key limit :most
      """;

  /** Keys that came to the cluster by way of the source go with it. */
  private static final String DETACH =
      """
      with recursive chain as (
        select source_key from cluster_alias
        where project_id = :project and source_key = :source and target_key = :target
        union
        select a.source_key from cluster_alias a
        join chain c on coalesce(a.joined_key, a.target_key) = c.source_key
        where a.project_id = :project and a.target_key = :target),
      freed as (
        delete from cluster_alias
        where project_id = :project and source_key = :source and target_key = :target),
      led as (
        update cluster_alias a set target_key = :source
        where a.project_id = :project and a.target_key = :target and a.source_key <> :source
          and a.source_key in (select source_key from chain))
      select source_key from chain
      """;

  private static final String REPEAT =
      """
      insert into cluster_alias
        (project_id, source_key, target_key, joined_key, kind, note, created_by, score, parts,
         created_at)
      select project_id, :key, :target, :target, kind, note, created_by, score, parts, created_at
      from cluster_alias a
      where project_id = :project and source_key = :like
        and not exists (select from issue_cluster c
          where c.project_id = a.project_id and c.key = :key)
      on conflict do nothing
      """;

  private final Jdbi jdbi;

  @Inject
  public ClusterAliases(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected ClusterAliases() {
    this(null);
  }

  /** Those of a cluster, the latest first; at most {@value #MAX_SHOWN}. */
  public List<ClusterAlias> of(ProjectId project, ClusterKey cluster) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(OF)
                .bind("project", project)
                .bind("key", cluster)
                .bind("most", MAX_SHOWN)
                .map(ClusterAliases::alias)
                .list());
  }

  /**
   * The source leads nowhere any more, and what was part of it leads to it again.
   *
   * @return the source and these; empty when it does not lead to the target
   */
  Set<ClusterKey> detach(ProjectId project, ClusterKey source, ClusterKey target) {
    return jdbi.withHandle(
        handle ->
            new HashSet<>(
                handle
                    .createQuery(DETACH)
                    .bind("project", project)
                    .bind("source", source)
                    .bind("target", target)
                    .mapTo(ClusterKey.class)
                    .list()));
  }

  /**
   * A key leads to the target for the reason for which another one does; nothing happens when it is
   * that of a cluster, or leads somewhere.
   */
  void repeat(ProjectId project, ClusterKey like, ClusterKey key, ClusterKey target) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(REPEAT)
                .bind("project", project)
                .bind("like", like)
                .bind("key", key)
                .bind("target", target)
                .execute());
  }

  private static ClusterAlias alias(ResultSet row, StatementContext context) throws SQLException {
    String parts = row.getString("parts");
    return new ClusterAlias(
        new ClusterKey(row.getString("source_key")),
        new ClusterKey(row.getString("joined")),
        AliasKind.fromWireName(row.getString("kind")),
        row.getTimestamp("created_at").toInstant(),
        row.getString("created_by"),
        row.getString("note"),
        parts == null ? null : Json.read(parts, Similarity.class));
  }
}
