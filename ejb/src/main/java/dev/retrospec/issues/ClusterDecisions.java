package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.platform.json.Json;
import dev.retrospec.sessions.StoredMarker;
import dev.retrospec.sessions.Visitor;
import dev.retrospec.signatures.Similarity;
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

  private static final String RESOLVE_EACH =
      """
      select coalesce(own.target_key, merged.target_key, a.target_key, k.derived) as key
      from unnest(:derived, :sessions) with ordinality as k(derived, session, place)
      left join cluster_alias a on a.project_id = :project and a.source_key = k.derived
      left join cluster_pin own on own.project_id = :project and own.session_id = k.session
        and own.source_key = k.derived
      left join cluster_pin merged on merged.project_id = :project
        and merged.session_id = k.session and merged.source_key = a.target_key
      order by k.place
      """;

  /** What was split off stays apart, whatever its fingerprint is now. */
  private static final String CARRY_PINS =
      """
      insert into cluster_pin (project_id, source_key, session_id, target_key, note)
      select distinct on (k.derived, k.session)
             p.project_id, k.derived, p.session_id, p.target_key, p.note
      from unnest(:derived, :sessions, :clusters) as k(derived, session, cluster)
      join cluster_pin p on p.project_id = :project and p.session_id = k.session
        and p.target_key = k.cluster
      where k.derived <> k.cluster
      order by k.derived, k.session, p.created_at desc
      on conflict do nothing
      """;

  /**
   * What was merged stays merged, unless the new key has been seen or decided about already. What
   * is still on its way there counts as being there.
   */
  private static final String CARRY_ALIASES =
      """
      insert into cluster_alias
        (project_id, source_key, target_key, joined_key, kind, note, created_by, score, parts,
         created_at)
      select distinct on (k.derived)
             a.project_id, k.derived, a.target_key, a.joined_key, a.kind, a.note, a.created_by,
             a.score, a.parts, a.created_at
      from unnest(:derived, :before, :clusters) as k(derived, before, cluster)
      left join cluster_alias own on own.project_id = :project and own.source_key = k.cluster
      join cluster_alias a on a.project_id = :project and a.source_key = k.before
        and a.target_key = coalesce(own.target_key, k.cluster) and a.kind = 'hand'
      where k.derived <> a.target_key
        and not exists (select from issue_cluster c
          where c.project_id = :project and c.key = k.derived)
        and not exists (select from cluster_alias t
          where t.project_id = :project and t.target_key = k.derived)
      order by k.derived, a.created_at desc
      on conflict do nothing
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

  /** A key that the content of a session's marker gives. */
  record Derived(SessionId session, ClusterKey key) {}

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

  /** The same for markers of several sessions, in their order, whoever the visitors are. */
  List<ClusterKey> resolveEach(ProjectId project, List<Derived> derived) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(RESOLVE_EACH)
                .bind("project", project)
                .bindArray(
                    "derived", String.class, derived.stream().map(d -> d.key().value()).toList())
                .bindArray(
                    "sessions",
                    String.class,
                    derived.stream().map(d -> d.session().value()).toList())
                .mapTo(ClusterKey.class)
                .list());
  }

  /**
   * What was decided about the fingerprints that markers had holds for those that they have now.
   *
   * @param derived the new fingerprints of the markers, in their order
   */
  void carry(ProjectId project, List<StoredMarker> markers, List<Derived> derived) {
    jdbi.useHandle(
        handle -> {
          for (String sql : List.of(CARRY_PINS, CARRY_ALIASES)) {
            handle
                .createUpdate(sql)
                .configure(SqlStatements.class, each -> each.setUnusedBindingAllowed(true))
                .bind("project", project)
                .bindArray(
                    "derived", String.class, derived.stream().map(d -> d.key().value()).toList())
                .bindArray(
                    "sessions",
                    String.class,
                    derived.stream().map(d -> d.session().value()).toList())
                .bindArray(
                    "before",
                    String.class,
                    markers.stream().map(m -> m.fingerprint().value()).toList())
                .bindArray(
                    "clusters", String.class, markers.stream().map(m -> m.key().value()).toList())
                .execute();
          }
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
  void alias(ProjectId project, Set<ClusterKey> sources, ClusterKey target, AliasOrigin origin) {
    Similarity likeness = origin.likeness();
    jdbi.useHandle(
        handle -> {
          for (String sql :
              List.of(
                  """
                  update cluster_alias set target_key = :target
                  where project_id = :project and target_key = any(:sources)
                  """,
                  """
                  insert into cluster_alias
                    (project_id, source_key, target_key, joined_key, kind, note, created_by, score,
                     parts)
                  select :project, source, :target, :target, :kind, :note, :by, :score,
                         cast(:parts as jsonb)
                  from unnest(:sources) as s(source)
                  on conflict (project_id, source_key) do update set
                    target_key = excluded.target_key, joined_key = excluded.joined_key,
                    kind = excluded.kind, note = excluded.note, created_by = excluded.created_by,
                    score = excluded.score, parts = excluded.parts, created_at = now()
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
                .bind("kind", origin.kind().wireName())
                .bind("note", origin.note())
                .bind("by", origin.by())
                .bind("score", likeness == null ? null : likeness.score())
                .bind("parts", likeness == null ? null : Json.write(likeness))
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
