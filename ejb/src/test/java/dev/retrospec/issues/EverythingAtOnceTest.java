package dev.retrospec.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.SessionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Intake, folds of several nodes, merges, splits and expiry, all at the same time. */
class EverythingAtOnceTest {

  private static final List<String> LABELS = List.of("alpha", "beta", "gamma", "delta", "epsilon");
  private static final int INTAKES = 5;
  private static final int SESSIONS = 40;

  private final Incidents shop = new Incidents();
  private final IssueMerge merge = shop.merge;
  private final IssueSplit split = shop.split;
  private final IssueData data = new IssueData(shop.jdbi, shop.counts, shop.moves, shop.clock);
  private final AtomicInteger working = new AtomicInteger(INTAKES);

  @Test
  void countsAreThoseOfTheGroundAndNothingIsLost() throws Exception {
    for (String label : LABELS) {
      shop.visit("first-" + label, "u:first", shop.exception("m-" + label, label));
      shop.visit("second-" + label, "u:second", shop.exception("m-" + label, label));
    }
    List<Callable<Void>> work = new ArrayList<>();
    for (int i = 0; i < INTAKES; i++) {
      int thread = i;
      work.add(() -> intake(thread));
    }
    work.add(this::foldWhileWorking);
    work.add(this::foldWhileWorking);
    work.add(this::regroup);
    work.add(this::expire);

    ExecutorService pool = Executors.newFixedThreadPool(work.size());
    try {
      for (Future<Void> one : pool.invokeAll(work)) {
        one.get();
      }
    } finally {
      pool.shutdownNow();
    }
    shop.settle();
    shop.settle();

    assertThat(stored()).isEqualTo(groundTruth()).isNotEmpty();
    assertThat(shop.count("select count(*) from cluster_delta where project_id = ?", shop.project))
        .isZero();
    // Every marker stands in a cluster that exists, with its session.
    assertThat(
            shop.count(
                """
                select count(*) from error_marker m
                left join cluster_session s on s.project_id = m.project_id
                  and s.cluster_key = m.cluster_key and s.session_id = m.session_id
                left join issue_cluster c on c.project_id = m.project_id and c.key = m.cluster_key
                where m.project_id = ? and (s.session_id is null or c.key is null)
                """,
                shop.project))
        .isZero();
    assertThat(shop.promotions.fired()).extracting(IssuePromoted::key).doesNotHaveDuplicates();
  }

  private Void intake(int thread) {
    try {
      for (int i = 0; i < SESSIONS; i++) {
        String one = LABELS.get((thread + i) % LABELS.size());
        String other = LABELS.get((thread + 3 * i + 1) % LABELS.size());
        shop.visit(
            "s" + thread + "-" + i,
            "u:" + (i % 7),
            shop.exception("m1", one),
            shop.exception("m2", other),
            shop.exception("m3", one));
      }
      return null;
    } finally {
      working.decrementAndGet();
    }
  }

  private Void foldWhileWorking() {
    while (working.get() > 0) {
      shop.settle();
    }
    return null;
  }

  private Void regroup() {
    ClusterKey target = key("first-alpha");
    for (String label : LABELS.subList(1, 4)) {
      ClusterKey source = key("first-" + label);
      shop.inTransaction(
          () ->
              merge.merge(
                  shop.project, new IssueMerge.Request(target, List.of(source), null, null)));
    }
    shop.inTransaction(
        () ->
            split.split(
                shop.project,
                target,
                new IssueSplit.Request(List.of(new SessionId("second-beta")), null, null)));
    return null;
  }

  private Void expire() {
    while (working.get() > 0) {
      List<String> some =
          shop.jdbi.withHandle(
              handle ->
                  handle
                      .select(
                          "select id from session where project_id = ? and id like 's%-1%'"
                              + " order by id limit 3",
                          shop.project)
                      .mapTo(String.class)
                      .list());
      for (String id : some) {
        shop.inTransaction(
            () -> {
              data.deleteRows(shop.project, Set.of(new SessionId(id)));
              shop.jdbi.useHandle(
                  handle ->
                      handle.execute(
                          "delete from session where project_id = ? and id = ?", shop.project, id));
              return true;
            });
      }
    }
    return null;
  }

  private ClusterKey key(String session) {
    return shop.markers.of(shop.project, new SessionId(session)).get(0).clusterKey();
  }

  private List<Map<String, Object>> stored() {
    return shop.rows(
        """
        select key, session_count::bigint as sessions, marker_count::bigint as markers
        from issue_cluster where project_id = ? order by key
        """,
        shop.project);
  }

  private List<Map<String, Object>> groundTruth() {
    return shop.rows(
        """
        select cluster_key as key, count(distinct session_id) as sessions, count(*) as markers
        from error_marker where project_id = ? group by cluster_key order by cluster_key
        """,
        shop.project);
  }
}
