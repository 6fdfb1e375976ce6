package dev.retrospec.issues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.issues.clustering.RegroupReport;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How a regroup runs, what it reports, and what becomes of the clusters that it empties. */
class ClusterRegroupTest {

  private final OlderRules rules = new OlderRules();
  private final Incidents shop = rules.shop;
  private final ClusterRegroup regroup = rules.regroup;

  @Test
  void theLatestRunsOfAProjectAreListedTheLastOneFirst() {
    rules.visit("s1", "boom");
    rules.run(true);
    shop.clock.pass(Duration.ofMinutes(1));
    rules.run(false);

    assertThat(regroup.latest(shop.project))
        .extracting(RegroupRun::dryRun, RegroupRun::state, run -> run.report() != null)
        .containsExactly(
            tuple(false, RegroupRun.State.DONE, true), tuple(true, RegroupRun.State.DONE, true));
    assertThat(regroup.latest(new Incidents().project)).isEmpty();
  }

  @Test
  void aDryRunChangesNothingAndSaysWhatTheRealRunThenDoes() {
    ClusterKey old = rules.visit("s1", "total is undefined in old words");
    rules.visit("s2", "total is undefined in old words");
    rules.visit("s3", "total is undefined in old words");
    ClusterKey twin = rules.visit("s4", "sum is undefined in old words");
    ClusterKey fixed = rules.visit("s5", "nothing changes here");
    shop.settle();
    rules.triage(old);
    shop.jdbi.useHandle(
        handle ->
            handle.execute(
                "insert into report_rule_use (project_id, rule, cluster_key) values (?, 'r', ?)",
                shop.project,
                old));
    rules.tell("s1", "total is undefined");
    rules.tell("s2", "total is undefined");
    rules.tell("s3", "another failure by newer rules");
    rules.tell("s4", "total is undefined");
    List<Map<String, Object>> before = rules.everything();

    RegroupReport dry = rules.run(true);

    assertThat(rules.everything()).isEqualTo(before);
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
    RegroupReport real = rules.run(false);
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
    assertThat(rules.run(false).markersMoved()).isZero();
    assertThat(shop.miscounted()).isEmpty();
  }

  @Test
  void aSmallMutedClusterDoesNotMuteTheLargeOneThatItBecomesOneWith() {
    ClusterKey large = rules.visit("s1", "alpha in old words");
    rules.visit("s2", "alpha in old words");
    ClusterKey small = rules.visit("s3", "beta in old words");
    shop.settle();
    rules.mute(small);
    for (String session : List.of("s1", "s2", "s3")) {
      rules.tell(session, "gamma");
    }

    rules.run(false);
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
    ClusterKey muted = rules.visit("s1", "alpha in old words");
    rules.visit("s2", "alpha in old words");
    shop.settle();
    rules.mute(muted);
    ClusterKey fresh = rules.visit("s3", "alpha");
    shop.settle();
    rules.tell("s1", "alpha");
    rules.tell("s2", "alpha");

    rules.run(false);
    shop.settle();

    assertThat(shop.queries.find(shop.project, fresh).orElseThrow())
        .satisfies(
            issue -> {
              assertThat(issue.state()).isEqualTo(TriageState.MUTED);
              assertThat(issue.sessionCount()).isEqualTo(3);
            });
  }

  @Test
  void whatARunThatFailedHasEmptiedIsSucceededByTheNext() {
    ClusterKey old = rules.visit("s1", "alpha in old words");
    rules.visit("s2", "alpha in old words");
    shop.settle();
    rules.triage(old);
    rules.tell("s1", "alpha");
    rules.tell("s2", "alpha");
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

    rules.run(true);
    assertThat(shop.cluster(old).sessionCount()).as("a dry run changes nothing").isZero();
    rules.run(false);
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
}
