package dev.retrospec.issues.suspects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.issues.Incidents;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who opens an issue reads a sample, however many sessions were on its route and show it. */
class SuspectsCostTest {

  private static final int FEW = 4_000;
  private static final int MANY = 40_000;

  private final Incidents shop = new Incidents();
  private final IssueSuspects suspects = new IssueSuspects(shop.jdbi, shop.decisions);
  private ClusterKey key = new ClusterKey("none");

  @Test
  void blocksReadDoNotGrowWithTheSessionsOnTheRoute() {
    shop.store("first");
    key = shop.only(shop.visit("first", "u:ann", shop.exception("m1", "boom")).touched());
    fill(0, FEW);
    long few = cost();

    fill(FEW, MANY);
    long many = cost();

    assertThat(many).as("after %d with %d sessions", few, FEW).isLessThan(2 * few);
  }

  private long cost() {
    shop.jdbi.useHandle(
        handle -> {
          for (String table : List.of("session", "session_index", "cluster_session")) {
            handle.execute("vacuum analyze " + table);
          }
        });
    suspects.of(shop.project, key);
    return shop.inTransaction(
        () -> {
          long before = blocks();
          IssueSuspects.Comparison found = suspects.of(shop.project, key);
          assertThat(found.failing()).isEqualTo(IssueSuspects.MAX_FAILING);
          assertThat(found.healthy()).isBetween(1_000, IssueSuspects.MAX_LOOKED_AT);
          return blocks() - before;
        });
  }

  /** Every other one fails. */
  private void fill(int from, int to) {
    shop.jdbi.useHandle(
        handle -> {
          handle.execute(
              """
              insert into session (project_id, id, site, route, started_at, ended_at, duration_ms,
                created_at, browser, os, release)
              select ?, 'x' || n, 'shop.test', '/checkout', t.at, t.at, 0, t.at,
                case when n % 3 = 0 then 'Safari' else 'Chrome' end, 'Windows', '1.' || n % 5
              from generate_series(?, ? - 1) n
              cross join lateral (
                select timestamptz '2026-02-01' + n * interval '10 seconds' as at) t
              """,
              shop.project, from, to);
          handle.execute(
              """
              insert into session_index (project_id, session_id, started_at, pages, idle, text)
              select project_id, id, started_at, jsonb_build_array(
                jsonb_build_object('url', 'https://shop.test/checkout')), '[]', ''
              from session s where project_id = ? and id like 'x%'
              on conflict do nothing
              """,
              shop.project);
          handle.execute(
              """
              insert into cluster_session (project_id, cluster_key, session_id, visitor,
                first_marker_id, marker_count, first_observed_at, last_observed_at, created_at)
              select project_id, ?, id, 'u:' || id, 'm1', 1, started_at, started_at, created_at
              from session where project_id = ? and id like 'x%' and right(id, 1) in
                ('1', '3', '5', '7', '9')
              on conflict do nothing
              """,
              key, shop.project);
        });
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
}
