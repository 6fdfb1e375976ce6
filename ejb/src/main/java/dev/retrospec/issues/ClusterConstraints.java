package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * What people said of two clusters: one failure, or not. A word about a key counts for the cluster
 * that it leads to. All methods take part in the caller's transaction.
 */
@ApplicationScoped
public class ClusterConstraints {

  private static final String SAY =
      """
      insert into cluster_constraint (project_id, one_key, other_key, kind, note, created_by)
      select :project, least(key, :other), greatest(key, :other), :kind,
             :note, :by
      from unnest(:keys) as k(key) where key <> :other
      on conflict (project_id, one_key, other_key) do update set
        kind = excluded.kind, note = excluded.note, created_by = excluded.created_by,
        created_at = now()
      """;

  /** The keys that lead to a cluster, and its own. */
  private static final String LEADING =
      """
      with naming as (
        select k.key as cluster, k.key from unnest(:keys) as k(key)
        union
        select a.target_key, a.source_key from cluster_alias a
        where a.project_id = :project and a.target_key = any(:keys)),
      own as (
        select cast(:key as text) as key
        union
        select a.source_key from cluster_alias a
        where a.project_id = :project and a.target_key = :key)
      """;

  private static final String BETWEEN =
      """
      from naming l
      join cluster_constraint c on c.project_id = :project and c.kind = 'cannot_link'
        and (c.one_key = l.key and c.other_key in (select key from own)
          or c.other_key = l.key and c.one_key in (select key from own))
      """;

  private static final String REFUSED = LEADING + "select distinct l.cluster " + BETWEEN;

  private static final String TAKE_BACK =
      LEADING
          + """
            delete from cluster_constraint c using naming l, own o
            where c.project_id = :project and c.kind = 'cannot_link'
              and (c.one_key = l.key and c.other_key = o.key
                or c.other_key = l.key and c.one_key = o.key)
            """;

  private static final String CARRY =
      """
      insert into cluster_constraint
        (project_id, one_key, other_key, kind, note, created_by, created_at)
      select project_id, least(other, :to), greatest(other, :to), kind, note,
             created_by, created_at
      from (
        select *, case when one_key = :from then other_key else one_key end as other
        from cluster_constraint
        where project_id = :project and (one_key = :from or other_key = :from)) said
      where other <> :to
      on conflict do nothing
      """;

  private static final String OF =
      """
      select one_key, other_key, kind, note, created_by, created_at from cluster_constraint
      where project_id = :project
        and (:key is null
          or one_key in (select cast(:key as text) union select source_key from cluster_alias
            where project_id = :project and target_key = :key)
          or other_key in (select cast(:key as text) union select source_key from cluster_alias
            where project_id = :project and target_key = :key))
      order by created_at, one_key, other_key
      """;

  private final Jdbi jdbi;

  @Inject
  public ClusterConstraints(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected ClusterConstraints() {
    this(null);
  }

  /** Of each of the keys and the other one; the last word counts. */
  void say(
      ProjectId project,
      Collection<ClusterKey> keys,
      ClusterKey other,
      ConstraintKind kind,
      @Nullable String note,
      @Nullable String by) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(SAY)
                .bind("project", project)
                .bindArray("keys", String.class, ClusterDecisions.texts(keys))
                .bind("other", other)
                .bind("kind", kind.wireName())
                .bind("note", note)
                .bind("by", by)
                .execute());
  }

  /** Forgets that clusters were said not to be one; needs asking before they become one. */
  void takeBack(ProjectId project, ClusterKey cluster, Collection<ClusterKey> others) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(TAKE_BACK)
                .bind("project", project)
                .bind("key", cluster)
                .bindArray("keys", String.class, ClusterDecisions.texts(others))
                .execute());
  }

  /** Those of the clusters that somebody said are not one with this one. */
  Set<ClusterKey> refused(ProjectId project, ClusterKey cluster, Collection<ClusterKey> others) {
    return jdbi.withHandle(
        handle ->
            new HashSet<>(
                handle
                    .createQuery(REFUSED)
                    .bind("project", project)
                    .bind("key", cluster)
                    .bindArray("keys", String.class, ClusterDecisions.texts(others))
                    .mapTo(ClusterKey.class)
                    .list()));
  }

  /** What was said of a key counts for the one that took its place. */
  void carry(ProjectId project, ClusterKey from, ClusterKey to) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(CARRY)
                .bind("project", project)
                .bind("from", from)
                .bind("to", to)
                .execute());
  }

  /** What was said of a cluster and of the keys that lead to it; null: of all, the oldest first. */
  List<ClusterConstraint> of(ProjectId project, @Nullable ClusterKey cluster) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(OF)
                .bind("project", project)
                .bind("key", cluster == null ? null : cluster.value())
                .map(ClusterConstraints::constraint)
                .list());
  }

  private static ClusterConstraint constraint(ResultSet row, StatementContext context)
      throws SQLException {
    return new ClusterConstraint(
        new ClusterKey(row.getString("one_key")),
        new ClusterKey(row.getString("other_key")),
        ConstraintKind.fromWireName(row.getString("kind")),
        row.getString("note"),
        row.getString("created_by"),
        row.getTimestamp("created_at").toInstant());
  }
}
