package dev.retrospec.issues;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** One more marker costs the same with a hundred clusters stored and with fifty thousand. */
class IntakeCostTest {

  private final Incidents shop = new Incidents();

  @Test
  void blocksReadByOneMoreMarkerDoNotGrowWithTheStoredClusters() {
    fill(0, 100);
    long few = blocksOf("few");

    fill(100, 50_000);
    long many = blocksOf("many");

    // Indexes of fifty thousand rows are one level deeper than those of a hundred.
    assertThat(many).isLessThan(few * 2 + 50);
  }

  /** Pages that the three statements of an intake and the look of promotion touch. */
  private long blocksOf(String name) {
    shop.jdbi.useHandle(
        handle -> {
          for (String table : List.of("issue_cluster", "cluster_session", "cluster_user")) {
            handle.execute("vacuum analyze " + table);
          }
        });
    visit(name + "-warm");
    return shop.inTransaction(
        () -> {
          long before = blocks();
          shop.visitUnconsidered(name, "u:" + name, shop.exception("m1", "boom " + name));
          return blocks() - before;
        });
  }

  private void visit(String session) {
    shop.visit(session, "u:" + session, shop.exception("m1", "boom " + session));
  }

  /** Of this transaction so far: counted by the server itself, not by a clock. */
  private long blocks() {
    return shop.count(
        """
        select coalesce(sum(pg_stat_get_xact_blocks_fetched(c.oid)), 0)::bigint
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'public' and c.relkind in ('r', 'i')
        """);
  }

  private void fill(int from, int to) {
    shop.jdbi.useHandle(
        handle -> {
          handle.execute(
              """
              insert into issue_cluster (project_id, key, kind, symptom, route, session_count,
                user_count, first_seen_at, last_seen_at)
              select ?, 'v1-' || md5(n::text), 'js_exception', 'boom', '/', 1, 1, now(), now()
              from generate_series(?, ? - 1) n
              """,
              shop.project,
              from,
              to);
          handle.execute(
              """
              insert into cluster_session (project_id, cluster_key, session_id, visitor,
                first_marker_id, marker_count, first_observed_at, last_observed_at, created_at)
              select ?, 'v1-' || md5(n::text), 'old-' || n, 'u:' || n, 'm1', 1, now(), now(), now()
              from generate_series(?, ? - 1) n
              """,
              shop.project,
              from,
              to);
          handle.execute(
              """
              insert into cluster_user (project_id, cluster_key, visitor)
              select ?, 'v1-' || md5(n::text), 'u:' || n from generate_series(?, ? - 1) n
              """,
              shop.project,
              from,
              to);
        });
  }
}
