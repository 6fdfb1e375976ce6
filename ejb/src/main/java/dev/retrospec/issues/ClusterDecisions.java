package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.sessions.Visitor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jspecify.annotations.Nullable;

/**
 * What people decided against the fingerprint: merges (aliases) and splits (pins). They outlive the
 * clusters, so that a decision holds when the failure comes back. An alias always names the end of
 * its chain: {@link #alias} rewrites those that pointed to its source.
 *
 * <p>All methods take part in the caller's transaction.
 */
@ApplicationScoped
public class ClusterDecisions {

  /** A split that names the marker's own key counts before one that names the merged cluster. */
  private static final String RESOLVE =
      """
      select k.derived,
             coalesce(own.target_key, merged.target_key, a.target_key, k.derived) as key,
             exists (select from cluster_session s
                     where s.project_id = :project and s.session_id = :session
                       and s.visitor <> :visitor) as visitor_changed
      from unnest(:derived) as k(derived)
      left join cluster_alias a on a.project_id = :project and a.source_key = k.derived
      left join cluster_pin own on own.project_id = :project and own.session_id = :session
        and own.source_key = k.derived
      left join cluster_pin merged on merged.project_id = :project and merged.session_id = :session
        and merged.source_key = a.target_key
      """;

  private static final String VISITOR_CHANGED =
      """
      select exists (select from cluster_session s
        where s.project_id = :project and s.session_id = :session and s.visitor <> :visitor)
      """;

  private final Jdbi jdbi;

  @Inject
  public ClusterDecisions(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected ClusterDecisions() {
    this(null);
  }

  /**
   * What was decided about a session's keys.
   *
   * @param visitorChanged whether the session was counted for somebody else so far
   */
  record Resolution(Map<ClusterKey, ClusterKey> keys, boolean visitorChanged) {

    ClusterKey keyOf(ClusterKey derived) {
      return keys.getOrDefault(derived, derived);
    }
  }

  private record Row(ClusterKey derived, ClusterKey key, boolean visitorChanged) {}

  /** One statement. */
  Resolution resolve(
      ProjectId project, SessionId session, Visitor visitor, Set<ClusterKey> derived) {
    return jdbi.withHandle(
        handle -> {
          if (derived.isEmpty()) {
            return new Resolution(
                Map.of(),
                handle
                    .createQuery(VISITOR_CHANGED)
                    .bind("project", project)
                    .bind("session", session)
                    .bind("visitor", visitor)
                    .mapTo(Boolean.class)
                    .one());
          }
          List<Row> rows =
              handle
                  .createQuery(RESOLVE)
                  .bind("project", project)
                  .bind("session", session)
                  .bind("visitor", visitor)
                  .bindArray("derived", String.class, texts(derived))
                  .map(
                      (row, context) ->
                          new Row(
                              new ClusterKey(row.getString("derived")),
                              new ClusterKey(row.getString("key")),
                              row.getBoolean("visitor_changed")))
                  .list();
          Map<ClusterKey, ClusterKey> keys = new HashMap<>();
          rows.forEach(row -> keys.put(row.derived(), row.key()));
          return new Resolution(keys, rows.stream().anyMatch(Row::visitorChanged));
        });
  }

  /** The cluster that a key stands for now: itself, or what it was merged into. */
  public ClusterKey current(ProjectId project, ClusterKey key) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select target_key from cluster_alias"
                        + " where project_id = :project and source_key = :key")
                .bind("project", project)
                .bind("key", key)
                .mapTo(ClusterKey.class)
                .findOne()
                .orElse(key));
  }

  /** Whether the project has a cluster of exactly this key. */
  boolean exists(ProjectId project, ClusterKey key) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select exists (select from issue_cluster"
                        + " where project_id = :project and key = :key)")
                .bind("project", project)
                .bind("key", key)
                .mapTo(Boolean.class)
                .one());
  }

  /** From now on the sources are the target, and so is everything that was one of them. */
  void alias(
      ProjectId project,
      Set<ClusterKey> sources,
      ClusterKey target,
      @Nullable String note,
      @Nullable String createdBy) {
    jdbi.useHandle(
        handle -> {
          for (String sql :
              List.of(
                  """
                  update cluster_alias set target_key = :target
                  where project_id = :project and target_key = any(:sources)
                  """,
                  """
                  insert into cluster_alias (project_id, source_key, target_key, note, created_by)
                  select :project, source, :target, :note, :by from unnest(:sources) as s(source)
                  on conflict (project_id, source_key) do update set
                    target_key = excluded.target_key, note = excluded.note,
                    created_by = excluded.created_by, created_at = now()
                  """,
                  // What was split off a source stays apart, also for keys that reach it by alias.
                  """
                  insert into cluster_pin (project_id, source_key, session_id, target_key, note)
                  select project_id, :target, session_id, target_key, note from cluster_pin
                  where project_id = :project and source_key = any(:sources)
                    and target_key <> :target and target_key <> all(:sources)
                  on conflict do nothing
                  """,
                  """
                  update cluster_pin set target_key = :target
                  where project_id = :project and target_key = any(:sources)
                  """,
                  """
                  delete from cluster_pin
                  where project_id = :project and target_key = :target
                    and (source_key = :target or source_key = any(:sources))
                  """)) {
            handle
                .createUpdate(sql)
                .configure(SqlStatements.class, each -> each.setUnusedBindingAllowed(true))
                .bind("project", project)
                .bind("target", target)
                .bindArray("sources", String.class, texts(sources))
                .bind("note", note)
                .bind("by", createdBy)
                .execute();
          }
        });
  }

  /** From now on these sessions' markers of the source belong to the target. */
  void pin(
      ProjectId project,
      ClusterKey source,
      Set<SessionId> sessions,
      ClusterKey target,
      @Nullable String note) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    insert into cluster_pin (project_id, source_key, session_id, target_key, note)
                    select :project, :source, session, :target, :note
                    from unnest(:sessions) as s(session)
                    on conflict (project_id, source_key, session_id) do update set
                      target_key = excluded.target_key, note = excluded.note, created_at = now()
                    """)
                .bind("project", project)
                .bind("source", source)
                .bind("target", target)
                .bind("note", note)
                .bindArray(
                    "sessions", String.class, sessions.stream().map(SessionId::value).toList())
                .execute());
  }

  static List<String> texts(Collection<ClusterKey> keys) {
    return keys.stream().map(ClusterKey::value).sorted().toList();
  }
}
