package dev.retrospec.bench.clusters;

import dev.retrospec.ids.ProjectId;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/**
 * Markers as intake leaves them, made by SQL: ten of a session, ten of a cluster, each session of a
 * visitor of its own, counts folded.
 */
final class MarkerStock {

  private static final List<String> FILL =
      List.of(
          """
          insert into session (project_id, id, site, route, started_at, ended_at, duration_ms,
            marker_count)
          select :project, 'stock-' || n, 'shop.test', '/', now(), now(), 1000, 10
          from generate_series(:from / 10, :to / 10 - 1) n
          """,
          """
          insert into error_marker (project_id, session_id, id, kind, cluster_key, fingerprint,
            label, route, replay_offset_ms, error, observed_at)
          select :project, 'stock-' || n / 10, 'm' || n, 'js_exception',
                 'v2-' || md5(:from || ' ' || n % :clusters), 'v2-' || md5(:from || ' ' || n % :clusters),
                 'Cannot read price of product ' || n, '/cart', 1000,
                 jsonb_build_object('type', 'TypeError', 'stack', repeat('at total (cart.js:1:1) ', 20)),
                 now()
          from generate_series(:from, :to - 1) n
          """,
          """
          insert into issue_cluster (project_id, key, kind, symptom, route, session_count,
            user_count, marker_count, first_seen_at, last_seen_at, compared_at)
          select :project, 'v2-' || md5(:from || ' ' || n), 'js_exception', 'Cannot read price', '/cart',
                 10, 10, 10, now(), now(), now()
          from generate_series(0, :clusters - 1) n
          """,
          """
          insert into cluster_session (project_id, cluster_key, session_id, visitor,
            first_marker_id, marker_count, first_observed_at, last_observed_at, created_at)
          select :project, 'v2-' || md5(:from || ' ' || n % :clusters), 'stock-' || n / 10,
                 'u:' || n / 10, 'm' || n, 1, now(), now(), now()
          from generate_series(:from, :to - 1) n
          on conflict do nothing
          """,
          """
          insert into cluster_user (project_id, cluster_key, visitor)
          select :project, 'v2-' || md5(:from || ' ' || n % :clusters), 'u:' || n / 10
          from generate_series(:from, :to - 1) n
          on conflict do nothing
          """,
          "analyze");

  private MarkerStock() {}

  /** Adds the markers of these numbers; both divisible by ten. */
  static void fill(Jdbi jdbi, ProjectId project, int from, int to) {
    jdbi.useHandle(
        handle -> {
          for (String sql : FILL) {
            handle
                .createUpdate(sql)
                .configure(
                    org.jdbi.v3.core.statement.SqlStatements.class,
                    each -> each.setUnusedBindingAllowed(true))
                .bind("project", project)
                .bind("from", from)
                .bind("to", to)
                .bind("clusters", Math.max(1, (to - from) / 10))
                .execute();
          }
        });
  }
}
