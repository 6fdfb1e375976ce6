package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.issues.clustering.Confidence;
import dev.retrospec.issues.clustering.Symptom;
import dev.retrospec.platform.json.Json;
import dev.retrospec.sessions.ObservedMarker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Jdbi;

/** Makes the clusters that stored markers go to. Takes part in the caller's transaction. */
@ApplicationScoped
public class RegroupedClusters {

  /** A row that is there is not locked: whoever has its sessions may be waiting for it. */
  private static final String MAKE =
      """
      insert into issue_cluster
        (project_id, key, kind, symptom, route, representative_session_id,
         representative_marker_id, confidence, first_seen_at, last_seen_at, created_at, made_from)
      select :project, c.key, c.kind, c.symptom, c.route, c.session, c.marker, c.confidence, c.at,
             c.at, :now, c.sources
      from jsonb_to_recordset(cast(:clusters as jsonb)) as c
        (key text, kind text, symptom text, route text, session text, marker text,
         confidence float8, at timestamptz, sources text[])
      order by c.key
      on conflict do nothing
      returning key
      """;

  /**
   * What comes from an issue is one: nobody shall be told of a new issue because an old one has got
   * another key.
   */
  private static final String PROMOTE =
      """
      with issues as (
        select t.key, issue.* from issue_cluster t
        join jsonb_to_recordset(cast(:clusters as jsonb)) as c(key text, sources text[])
          on c.key = t.key
        cross join lateral (
          select s.promoted_at, s.promotion_trigger, s.promotion_reason, s.symptom
          from issue_cluster s
          where s.project_id = :project and s.key = any(c.sources) and s.promoted_at is not null
          order by s.promoted_at limit 1) issue
        where t.project_id = :project and t.promoted_at is null
        order by t.key for no key update of t)
      update issue_cluster t set
        promoted_at = issue.promoted_at, promotion_trigger = issue.promotion_trigger,
        promotion_reason =
          'Regrouped from an issue: ' || coalesce(issue.promotion_reason, issue.symptom)
      from issues issue
      where t.project_id = :project and t.key = issue.key and t.promoted_at is null
      """;

  private final Jdbi jdbi;
  private final Event<ClustersFound> found;
  private final Clock clock;

  @Inject
  public RegroupedClusters(Jdbi jdbi, Event<ClustersFound> found, Clock clock) {
    this.jdbi = jdbi;
    this.found = found;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected RegroupedClusters() {
    this(null, null, null);
  }

  private record Row(
      String key,
      String kind,
      String symptom,
      String route,
      String session,
      String marker,
      double confidence,
      Instant at,
      Set<String> sources) {}

  /** Makes the targets that do not exist, each of its first marker, and says so. */
  void make(ProjectId project, Collection<MarkerMoves.Move> moves) {
    Collection<Row> wanted = rows(moves);
    if (wanted.isEmpty()) {
      return;
    }
    Set<ClusterKey> made =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(MAKE)
                    .bind("project", project)
                    .bind("clusters", Json.write(wanted))
                    .bind("now", clock.instant())
                    .mapTo(ClusterKey.class)
                    .set());
    if (!made.isEmpty()) {
      found.fire(new ClustersFound(project, made));
    }
  }

  /**
   * Makes issues of the targets that take something from one. Needs the locks of the sessions that
   * move: a request has those first, and the clusters' own rows after them.
   */
  void promote(ProjectId project, Collection<MarkerMoves.Move> moves) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(PROMOTE)
                .bind("project", project)
                .bind("clusters", Json.write(rows(moves)))
                .execute());
  }

  private Collection<Row> rows(Collection<MarkerMoves.Move> moves) {
    Instant now = clock.instant();
    Map<ClusterKey, Row> rows = new LinkedHashMap<>();
    for (MarkerMoves.Move move : moves) {
      ObservedMarker marker = move.marker();
      if (!move.target().equals(move.source())) {
        Instant observed = marker.observedAt();
        rows.computeIfAbsent(
                move.target(),
                target ->
                    new Row(
                        target.value(),
                        marker.kind().wireName(),
                        Symptom.of(marker),
                        marker.route(),
                        move.session().value(),
                        marker.id().value(),
                        Confidence.of(marker.kind(), 1, 1),
                        observed.isAfter(now) ? now : observed,
                        new TreeSet<>()))
            .sources()
            .add(move.source().value());
      }
    }
    return rows.values();
  }
}
