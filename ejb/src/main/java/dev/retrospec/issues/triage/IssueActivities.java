package dev.retrospec.issues.triage;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.issues.ClusterDecisions;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.paging.Cursor;
import dev.retrospec.platform.paging.Page;
import dev.retrospec.retention.Deleted;
import dev.retrospec.retention.ExpiringData;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** What happened to issues. Writing takes part in the caller's transaction. */
@ApplicationScoped
public class IssueActivities implements ExpiringData {

  public static final int MAX_LIMIT = 200;

  private static final String ADD =
      """
      insert into issue_activity
        (project_id, cluster_key, at, actor_kind, actor, kind, what, note)
      values (:project, :key, :now, :actorKind, :actor, :kind, :what, :note)
      """;

  private static final String LATEST =
      """
      select id, at, actor_kind, actor, kind, what, note from issue_activity
      where project_id = :project and cluster_key = :key
        and (cast(:before as bigint) is null or id < :before)
      order by id desc limit :limit
      """;

  private static final String FORGET =
      """
      delete from issue_activity a where a.at < :before and not exists (
        select from issue_cluster c where c.project_id = a.project_id and c.key = a.cluster_key)
      """;

  private final Jdbi jdbi;
  private final ClusterDecisions decisions;

  @Inject
  public IssueActivities(Jdbi jdbi, ClusterDecisions decisions) {
    this.jdbi = jdbi;
    this.decisions = decisions;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected IssueActivities() {
    this(null, null);
  }

  /** Keeps what somebody did. */
  public void add(ProjectId project, ClusterKey key, Actor actor, Activity done, Instant now) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(ADD)
                .bind("project", project)
                .bind("key", key)
                .bind("now", now)
                .bind("actorKind", actor.kind().wireName())
                .bind("actor", actor.name())
                .bind("kind", done.kind())
                .bind("what", done.what())
                .bind("note", done.note())
                .execute());
  }

  /**
   * What happened last comes first; empty for a key that nothing is known of.
   *
   * @param limit 1 to {@link #MAX_LIMIT}
   * @param after the last entry of the page before; null for the first page
   */
  public Page<ActivityEntry> of(
      ProjectId project, ClusterKey key, int limit, @Nullable Cursor after) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new InvalidRequest("limit must be 1 to " + MAX_LIMIT);
    }
    Long before = after == null ? null : number(after);
    List<ActivityEntry> rows =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(LATEST)
                    .bind("project", project)
                    .bind("key", decisions.current(project, key))
                    .bindByType("before", before, Long.class)
                    .bind("limit", limit + 1)
                    .map(
                        (row, context) ->
                            new ActivityEntry(
                                row.getLong("id"),
                                row.getTimestamp("at").toInstant(),
                                Actor.Kind.valueOf(
                                    row.getString("actor_kind").toUpperCase(Locale.ROOT)),
                                row.getString("actor"),
                                row.getString("kind"),
                                row.getString("what"),
                                row.getString("note")))
                    .list());
    return Page.of(
        rows, limit, entry -> new Cursor(entry.at(), Long.toString(entry.id())).encoded());
  }

  private static Long number(Cursor after) {
    try {
      return Long.valueOf(after.id());
    } catch (NumberFormatException e) {
      throw new InvalidRequest("cursor is not one that this list gave");
    }
  }

  /** What was decided about an issue is not a session's. */
  @Override
  public Deleted deleteRows(ProjectId project, Set<SessionId> sessions) {
    return Deleted.NOTHING;
  }

  /** Of issues that are gone. */
  @Override
  public Deleted sweep(Instant before) {
    jdbi.useHandle(handle -> handle.createUpdate(FORGET).bind("before", before).execute());
    return Deleted.NOTHING;
  }
}
