package dev.retrospec.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.issues.clustering.RegroupReport;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Markers were grouped by older rules: some other words stand for what those looked at. */
final class OlderRules {

  final Incidents shop = new Incidents();
  final ClusterRegroup regroup = shop.regroup();

  ClusterKey visit(String session, String label) {
    return shop.only(shop.visit(session, "u:" + session, shop.exception("m1", label)).touched());
  }

  void tell(String session, String label) {
    shop.jdbi.useHandle(
        handle ->
            handle.execute(
                "update error_marker set label = ? where project_id = ? and session_id = ?",
                label,
                shop.project,
                session));
  }

  void triage(ClusterKey key) {
    shop.jdbi.useHandle(
        handle ->
            handle.execute(
                "update issue_cluster set assignee = 'ann', state_updated_at = now()"
                    + " where project_id = ? and key = ?",
                shop.project,
                key));
  }

  void mute(ClusterKey key) {
    shop.jdbi.useHandle(
        handle ->
            handle.execute(
                "update issue_cluster set state = 'muted', state_updated_at = now()"
                    + " where project_id = ? and key = ?",
                shop.project,
                key));
  }

  RegroupReport run(boolean dryRun) {
    RegroupRun run = shop.inTransaction(() -> regroup.request(shop.project, dryRun, "ann"));
    finish(run);
    RegroupRun done = regroup.find(shop.project, run.id()).orElseThrow();
    assertThat(done.state()).isEqualTo(RegroupRun.State.DONE);
    RegroupReport report = Objects.requireNonNull(done.report());
    assertThat(done.markersMoved()).isEqualTo(dryRun ? 0 : report.markersMoved());
    return report;
  }

  void finish(RegroupRun run) {
    while (shop.inTransaction(() -> regroup.step(shop.project, run.id()))) {
      // The worker does the same.
    }
  }

  List<Map<String, Object>> everything() {
    return shop.rows(
        """
        select 'm' as what, session_id as a, cluster_key as b, fingerprint as c from error_marker
        where project_id = ?
        union all
        select 'c', key, session_count::text, state from issue_cluster where project_id = ?
        union all
        select 'a', source_key, target_key, kind from cluster_alias where project_id = ?
        order by 1, 2, 3, 4
        """,
        shop.project,
        shop.project,
        shop.project);
  }
}
