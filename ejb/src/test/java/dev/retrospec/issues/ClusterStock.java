package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import java.util.List;
import org.jdbi.v3.core.statement.SqlStatements;

/**
 * Many sessions of a cluster that is there, made by SQL as intake leaves them: one marker each, and
 * each third visitor with two sessions.
 */
final class ClusterStock {

  private static final List<String> FILL =
      List.of(
          """
          insert into session (project_id, id, site, route, started_at, ended_at, duration_ms,
            marker_count)
          select :project, :key || n, 'shop.test', '/', now(), now(), 1000, 1
          from generate_series(1, :many) n
          """,
          """
          insert into error_marker (project_id, session_id, id, kind, cluster_key, fingerprint,
            label, route, replay_offset_ms, error, observed_at)
          select :project, :key || n, 'm1', 'js_exception', :key, :key, 'words', '/cart', 1000,
                 jsonb_build_object('type', 'TypeError',
                   'stack', repeat('at total (cart.js:1:1) ', 20)),
                 now()
          from generate_series(1, :many) n
          """,
          """
          insert into cluster_session (project_id, cluster_key, session_id, visitor,
            first_marker_id, marker_count, first_observed_at, last_observed_at, created_at)
          select :project, :key, :key || n, 'u:' || n - n % 3 % 2, 'm1', 1, now(), now(),
                 now()
          from generate_series(1, :many) n
          """,
          """
          with met as (
            insert into cluster_user (project_id, cluster_key, visitor)
            select distinct :project, :key, 'u:' || n - n % 3 % 2
            from generate_series(1, :many) n
            returning 1)
          insert into cluster_delta (project_id, cluster_key, sessions, users, markers)
          select :project, :key, :many, count(*), :many from met
          """,
          "analyze");

  private ClusterStock() {}

  static void fill(Incidents shop, ClusterKey key, int many) {
    shop.jdbi.useHandle(
        handle -> {
          for (String sql : FILL) {
            handle
                .createUpdate(sql)
                .configure(SqlStatements.class, each -> each.setUnusedBindingAllowed(true))
                .bind("project", shop.project)
                .bind("key", key)
                .bind("many", many)
                .execute();
          }
        });
  }
}
