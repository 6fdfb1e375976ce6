package dev.retrospec.issues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.issues.clustering.RegroupReport;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Markers were grouped by older rules: here some other words stand for what those looked at. */
class ClusterRegroupTest {

  private final Incidents shop = new Incidents();
  private final ClusterRegroup regroup = shop.regroup();

  @Test
  void theLatestRunsOfAProjectAreListedTheLastOneFirst() {
    visit("s1", "boom");
    run(true);
    shop.clock.pass(Duration.ofMinutes(1));
    run(false);

    assertThat(regroup.latest(shop.project))
        .extracting(RegroupRun::dryRun, RegroupRun::state, run -> run.report() != null)
        .containsExactly(
            tuple(false, RegroupRun.State.DONE, true), tuple(true, RegroupRun.State.DONE, true));
    assertThat(regroup.latest(new Incidents().project)).isEmpty();
  }

  @Test
  void aDryRunChangesNothingAndSaysWhatTheRealRunThenDoes() {
    ClusterKey old = visit("s1", "total is undefined in old words");
    visit("s2", "total is undefined in old words");
    visit("s3", "total is undefined in old words");
    ClusterKey twin = visit("s4", "sum is undefined in old words");
    ClusterKey fixed = visit("s5", "nothing changes here");
    shop.settle();
    triage(old);
    shop.jdbi.useHandle(
        handle ->
            handle.execute(
                "insert into report_rule_use (project_id, rule, cluster_key) values (?, 'r', ?)",
                shop.project,
                old));
    tell("s1", "total is undefined");
    tell("s2", "total is undefined");
    tell("s3", "another failure by newer rules");
    tell("s4", "total is undefined");
    List<Map<String, Object>> before = everything();

    RegroupReport dry = run(true);

    assertThat(everything()).isEqualTo(before);
    assertThat(dry.markers()).isEqualTo(5);
    assertThat(dry.clustersBefore()).isEqualTo(3);
    assertThat(dry.clustersAfter()).isEqualTo(3);
    assertThat(dry.markersMoved()).isEqualTo(4);
    assertThat(dry.joins())
        .singleElement()
        .satisfies(
            join -> {
              assertThat(join.from()).containsExactlyInAnyOrder(old, twin);
              assertThat(join.markers()).isEqualTo(3);
              assertThat(join.example()).isEqualTo("total is undefined");
            });
    assertThat(dry.fallsApart())
        .singleElement()
        .satisfies(apart -> assertThat(apart.into()).hasSize(2));

    int told = shop.promotions.fired().size();
    RegroupReport real = run(false);
    shop.settle();

    assertThat(real).isEqualTo(dry);
    assertThat(shop.promotions.fired()).as("no news").hasSize(told);
    ClusterKey now = real.joins().get(0).key();
    shop.settle();
    // Old keys lead to the largest part, with what was decided.
    assertThat(shop.queries.find(shop.project, old).orElseThrow())
        .satisfies(
            issue -> {
              assertThat(issue.key()).isEqualTo(now);
              assertThat(issue.sessionCount()).isEqualTo(3);
              assertThat(issue.assignee()).isEqualTo("ann");
            });
    assertThat(shop.decisions.current(shop.project, twin)).isEqualTo(now);
    assertThat(
            shop.count(
                "select count(*) from report_rule_use where project_id = ? and cluster_key = ?",
                shop.project,
                now))
        .isEqualTo(1);
    assertThat(shop.cluster(fixed).sessionCount()).isEqualTo(1);
    assertThat(shop.aliases.of(shop.project, now))
        .extracting(ClusterAlias::kind)
        .containsOnly(AliasKind.REGROUP);
    assertThat(shop.count("select count(*) from issue_cluster where project_id = ?", shop.project))
        .isEqualTo(3);
    assertThat(shop.miscounted()).isEmpty();

    // Again: nothing more.
    assertThat(run(false).markersMoved()).isZero();
    assertThat(shop.miscounted()).isEmpty();
  }

  @Test
  void aSmallMutedClusterDoesNotMuteTheLargeOneThatItBecomesOneWith() {
    ClusterKey large = visit("s1", "alpha in old words");
    visit("s2", "alpha in old words");
    ClusterKey small = visit("s3", "beta in old words");
    shop.settle();
    mute(small);
    for (String session : List.of("s1", "s2", "s3")) {
      tell(session, "gamma");
    }

    run(false);
    shop.settle();

    ClusterKey now = shop.decisions.current(shop.project, small);
    assertThat(now).isEqualTo(shop.decisions.current(shop.project, large));
    assertThat(shop.queries.find(shop.project, now).orElseThrow())
        .satisfies(
            issue -> {
              assertThat(issue.state()).isEqualTo(TriageState.OPEN);
              assertThat(issue.symptom()).isEqualTo("alpha in old words");
              assertThat(issue.sessionCount()).isEqualTo(3);
            });
  }

  @Test
  void whatCameUnderTheNewKeyMeanwhileTakesTheStateOfTheLargerClusterThatItWas() {
    ClusterKey muted = visit("s1", "alpha in old words");
    visit("s2", "alpha in old words");
    shop.settle();
    mute(muted);
    ClusterKey fresh = visit("s3", "alpha");
    shop.settle();
    tell("s1", "alpha");
    tell("s2", "alpha");

    run(false);
    shop.settle();

    assertThat(shop.queries.find(shop.project, fresh).orElseThrow())
        .satisfies(
            issue -> {
              assertThat(issue.state()).isEqualTo(TriageState.MUTED);
              assertThat(issue.sessionCount()).isEqualTo(3);
            });
  }

  @Test
  void whatWasMergedStaysMerged() {
    ClusterKey a = visit("s1", "alpha in old words");
    ClusterKey b = visit("s2", "beta in old words");
    shop.inTransaction(
        () -> shop.merge.merge(shop.project, new IssueMerge.Request(a, List.of(b), null, "ann")));
    tell("s1", "alpha");
    tell("s2", "beta");

    RegroupReport dry = run(true);
    assertThat(run(false)).isEqualTo(dry);
    shop.settle();

    assertThat(dry.clustersAfter()).isEqualTo(1);
    assertThat(dry.constraintsKept()).isEqualTo(1);
    ClusterKey now = shop.decisions.current(shop.project, a);
    assertThat(now).isNotEqualTo(a);
    assertThat(shop.decisions.current(shop.project, b)).isEqualTo(now);
    assertThat(visit("s3", "beta")).isEqualTo(now);
    assertThat(visit("s4", "alpha")).isEqualTo(now);
    shop.settle();
    assertThat(shop.cluster(now).sessionCount()).isEqualTo(4);
    assertThat(shop.miscounted()).isEmpty();
  }

  @Test
  void whatWasFoundAlikeStaysOneAndTheReportSaysSo() {
    ClusterKey a = visit("s1", "alpha in old words");
    visit("s2", "alpha in old words");
    ClusterKey b = visit("s3", "beta in old words");
    foundAlike(b, a);
    shop.settle();
    tell("s1", "alpha");
    tell("s2", "alpha");
    tell("s3", "beta");

    RegroupReport dry = run(true);
    assertThat(run(false)).isEqualTo(dry);
    shop.settle();

    assertThat(dry.clustersAfter()).isEqualTo(1);
    assertThat(dry.fallsApart()).isEmpty();
    ClusterKey now = shop.decisions.current(shop.project, a);
    assertThat(shop.cluster(now).sessionCount()).isEqualTo(3);
    ClusterKey part = shop.only(shop.visit("s3", "u:s3", shop.exception("m2", "beta")).touched());
    assertThat(part).isEqualTo(now);
    assertThat(shop.aliases.of(shop.project, now))
        .filteredOn(alias -> alias.kind() == AliasKind.LIKENESS)
        .extracting(ClusterAlias::key)
        .contains(b)
        .hasSize(2);
    shop.settle();
    assertThat(shop.miscounted()).isEmpty();

    // And it can still be taken back.
    ClusterKey beta =
        shop.aliases.of(shop.project, now).stream()
            .filter(alias -> alias.kind() == AliasKind.LIKENESS && !alias.key().equals(b))
            .findFirst()
            .orElseThrow()
            .key();
    shop.inTransaction(() -> shop.separation.separate(shop.project, now, beta, null, "ann"));
    shop.settle();
    assertThat(shop.cluster(beta).markerCount()).isEqualTo(2);
    assertThat(shop.miscounted()).isEmpty();
  }

  @Test
  void whatWasFoundAlikeIsNotKeptWithAFailureThatIsKnownUnderItsNewKey() {
    ClusterKey a = visit("s1", "alpha in old words");
    ClusterKey b = visit("s2", "beta in old words");
    foundAlike(b, a);
    ClusterKey other = visit("s3", "gamma in old words");
    tell("s1", "alpha");
    tell("s2", "beta");
    tell("s3", "beta");

    RegroupReport dry = run(true);
    assertThat(run(false)).isEqualTo(dry);
    shop.settle();

    ClusterKey now = shop.decisions.current(shop.project, other);
    assertThat(now).isNotEqualTo(shop.decisions.current(shop.project, a));
    assertThat(shop.cluster(now).sessionCount()).isEqualTo(2);
    assertThat(shop.miscounted()).isEmpty();
  }

  private void foundAlike(ClusterKey source, ClusterKey target) {
    shop.inTransaction(
        () ->
            shop.merge.merge(
                shop.project, new IssueMerge.Request(target, List.of(source), null, null)));
    shop.jdbi.useHandle(
        handle -> {
          handle.execute(
              "update cluster_alias set kind = 'likeness', score = 0.95 where project_id = ?",
              shop.project);
          handle.execute("delete from cluster_constraint where project_id = ?", shop.project);
        });
  }

  @Test
  void whatWasMergedBeforeFingerprintsWereKeptStaysMergedToo() {
    ClusterKey a = visit("s1", "alpha in old words");
    ClusterKey b = visit("s2", "beta in old words");
    shop.inTransaction(
        () -> shop.merge.merge(shop.project, new IssueMerge.Request(a, List.of(b), null, "ann")));
    shop.jdbi.useHandle(
        handle ->
            handle.execute(
                "update error_marker set fingerprint = null where project_id = ?", shop.project));
    tell("s1", "alpha");
    tell("s2", "beta");

    RegroupReport dry = run(true);
    assertThat(run(false)).isEqualTo(dry);
    shop.settle();

    assertThat(dry.clustersAfter()).isEqualTo(1);
    assertThat(shop.cluster(shop.decisions.current(shop.project, b)).sessionCount()).isEqualTo(2);
    assertThat(shop.miscounted()).isEmpty();
  }

  @Test
  void whatWasSplitOffStaysApart() {
    ClusterKey a = visit("s1", "alpha in old words");
    visit("s2", "alpha in old words");
    ClusterKey apart =
        shop.inTransaction(
                () ->
                    shop.split.split(
                        shop.project,
                        a,
                        new IssueSplit.Request(List.of(new SessionId("s2")), null, null)))
            .newClusterKey();
    tell("s1", "alpha");
    tell("s2", "alpha");

    RegroupReport dry = run(true);
    assertThat(run(false)).isEqualTo(dry);
    shop.visit("s2", "u:s2", shop.exception("later", "alpha"));
    shop.settle();

    assertThat(dry.clustersAfter()).isEqualTo(2);
    assertThat(shop.cluster(apart).markerCount()).isEqualTo(2);
    assertThat(shop.cluster(shop.decisions.current(shop.project, a)).markerCount()).isEqualTo(1);
    assertThat(shop.miscounted()).isEmpty();
  }

  @Test
  void whatWasSaidToBeDifferentDoesNotBecomeOne() {
    ClusterKey a = visit("s1", "alpha in old words");
    visit("s2", "alpha in old words");
    ClusterKey b = visit("s3", "beta in old words");
    shop.inTransaction(
        () -> {
          shop.constraints.say(
              shop.project, List.of(a), b, ConstraintKind.CANNOT_LINK, null, "ann");
          return true;
        });
    tell("s1", "gamma");
    tell("s2", "gamma");
    tell("s3", "gamma");

    RegroupReport dry = run(true);
    assertThat(run(false)).isEqualTo(dry);
    shop.settle();

    assertThat(dry.constraintsNote()).containsExactly(b);
    assertThat(shop.cluster(b).sessionCount()).isEqualTo(1);
    ClusterKey now = shop.decisions.current(shop.project, a);
    assertThat(now).isNotEqualTo(b).isNotEqualTo(a);
    assertThat(shop.cluster(now).sessionCount()).isEqualTo(2);
    assertThat(shop.constraints.refused(shop.project, now, List.of(b))).containsExactly(b);
    assertThat(shop.miscounted()).isEmpty();
  }

  @Test
  void whatARunThatFailedHasEmptiedIsSucceededByTheNext() {
    ClusterKey old = visit("s1", "alpha in old words");
    visit("s2", "alpha in old words");
    shop.settle();
    triage(old);
    tell("s1", "alpha");
    tell("s2", "alpha");
    RegroupRun failed = shop.inTransaction(() -> regroup.request(shop.project, false, "ann"));
    while (shop.count(
            "select count(*) from error_marker where project_id = ? and cluster_key = ?",
            shop.project,
            old)
        > 0) {
      shop.inTransaction(() -> regroup.step(shop.project, failed.id()));
    }
    shop.inTransaction(
        () -> {
          new RegroupRuns(shop.jdbi)
              .fail(shop.project, failed.id(), "the database was away", shop.clock.instant());
          return true;
        });
    shop.settle();
    assertThat(shop.cluster(old).sessionCount()).isZero();

    run(true);
    assertThat(shop.cluster(old).sessionCount()).as("a dry run changes nothing").isZero();
    run(false);
    shop.settle();

    ClusterKey now = shop.decisions.current(shop.project, old);
    assertThat(now).isNotEqualTo(old);
    assertThat(shop.queries.find(shop.project, old).orElseThrow())
        .satisfies(
            issue -> {
              assertThat(issue.sessionCount()).isEqualTo(2);
              assertThat(issue.assignee()).isEqualTo("ann");
            });
    assertThat(shop.count("select count(*) from regroup_part where project_id = ?", shop.project))
        .isZero();
    assertThat(shop.miscounted()).isEmpty();
  }

  @Test
  void whatIsKeptTogetherUnderAKeyThatIsNewStaysAnIssue() {
    ClusterKey a = visit("s1", "alpha in old words");
    ClusterKey b = visit("s2", "beta in old words");
    shop.inTransaction(
        () -> shop.merge.merge(shop.project, new IssueMerge.Request(a, List.of(b), null, "ann")));
    // What came under the new key of the part already, and is an issue.
    ClusterKey own = visit("s3", "beta");
    visit("s4", "beta");
    shop.settle();
    assertThat(shop.cluster(own).promotedAt()).isNotNull();
    tell("s1", "alpha");
    tell("s2", "beta");

    RegroupReport dry = run(true);
    RegroupRun real = shop.inTransaction(() -> regroup.request(shop.project, false, "ann"));
    while (regroup.find(shop.project, real.id()).orElseThrow().state() != RegroupRun.State.MOVING) {
      shop.inTransaction(() -> regroup.step(shop.project, real.id()));
    }
    // The source is gone already, and what it was part of has not come yet.
    assertThat(shop.queries.find(shop.project, own).orElseThrow().sessionCount()).isEqualTo(2);
    finish(real);
    assertThat(regroup.find(shop.project, real.id()).orElseThrow().report()).isEqualTo(dry);
    shop.settle();

    ClusterKey now = shop.decisions.current(shop.project, a);
    assertThat(shop.decisions.current(shop.project, own)).isEqualTo(now);
    assertThat(shop.cluster(now).sessionCount()).isEqualTo(4);
    assertThat(shop.cluster(now).promotedAt()).isNotNull();
    assertThat(shop.miscounted()).isEmpty();
  }

  @Test
  void whateverRefersToAClustersRowGoesAlongWhenItsKeyChanges() {
    assertThat(
            shop.rows(
                """
                select conrelid::regclass::text as refers from pg_constraint
                where contype = 'f' and confrelid = 'issue_cluster'::regclass
                  and confupdtype <> 'c'
                """))
        .as("foreign keys to issue_cluster need: on update cascade")
        .isEmpty();
  }

  @Test
  void oneAtATimeInAProjectThatThereIs() {
    RegroupRun first = regroup.request(shop.project, true, "ann");

    assertThatThrownBy(() -> regroup.request(shop.project, false, null))
        .isInstanceOf(InvalidRequest.class);
    assertThatThrownBy(() -> regroup.request(new ProjectId("proj_none"), true, null))
        .isInstanceOf(NotFound.class);
    assertThat(
            shop.count(
                "select count(*) from job where project_id = ? and kind = ? and subject = ?",
                shop.project,
                JobKind.REGROUP.wireName(),
                first.id()))
        .isEqualTo(1);
  }

  private ClusterKey visit(String session, String label) {
    return shop.only(shop.visit(session, "u:" + session, shop.exception("m1", label)).touched());
  }

  private void tell(String session, String label) {
    shop.jdbi.useHandle(
        handle ->
            handle.execute(
                "update error_marker set label = ? where project_id = ? and session_id = ?",
                label,
                shop.project,
                session));
  }

  private void triage(ClusterKey key) {
    shop.jdbi.useHandle(
        handle ->
            handle.execute(
                "update issue_cluster set assignee = 'ann', state_updated_at = now()"
                    + " where project_id = ? and key = ?",
                shop.project,
                key));
  }

  private void mute(ClusterKey key) {
    shop.jdbi.useHandle(
        handle ->
            handle.execute(
                "update issue_cluster set state = 'muted', state_updated_at = now()"
                    + " where project_id = ? and key = ?",
                shop.project,
                key));
  }

  private RegroupReport run(boolean dryRun) {
    RegroupRun run = shop.inTransaction(() -> regroup.request(shop.project, dryRun, "ann"));
    finish(run);
    RegroupRun done = regroup.find(shop.project, run.id()).orElseThrow();
    assertThat(done.state()).isEqualTo(RegroupRun.State.DONE);
    RegroupReport report = Objects.requireNonNull(done.report());
    assertThat(done.markersMoved()).isEqualTo(dryRun ? 0 : report.markersMoved());
    return report;
  }

  private void finish(RegroupRun run) {
    while (shop.inTransaction(() -> regroup.step(shop.project, run.id()))) {
      // The worker does the same.
    }
  }

  private List<Map<String, Object>> everything() {
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
