package dev.retrospec.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.SessionId;
import dev.retrospec.issues.clustering.RegroupReport;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people decided, and what was found alike, outlives a regroup. */
class RegroupDecisionsTest {

  private final OlderRules rules = new OlderRules();
  private final Incidents shop = rules.shop;
  private final ClusterRegroup regroup = rules.regroup;

  @Test
  void whatWasMergedStaysMerged() {
    ClusterKey a = rules.visit("s1", "alpha in old words");
    ClusterKey b = rules.visit("s2", "beta in old words");
    shop.inTransaction(
        () -> shop.merge.merge(shop.project, new IssueMerge.Request(a, List.of(b), null, "ann")));
    rules.tell("s1", "alpha");
    rules.tell("s2", "beta");

    RegroupReport dry = rules.run(true);
    assertThat(rules.run(false)).isEqualTo(dry);
    shop.settle();

    assertThat(dry.clustersAfter()).isEqualTo(1);
    assertThat(dry.constraintsKept()).isEqualTo(1);
    ClusterKey now = shop.decisions.current(shop.project, a);
    assertThat(now).isNotEqualTo(a);
    assertThat(shop.decisions.current(shop.project, b)).isEqualTo(now);
    assertThat(rules.visit("s3", "beta")).isEqualTo(now);
    assertThat(rules.visit("s4", "alpha")).isEqualTo(now);
    shop.settle();
    assertThat(shop.cluster(now).sessionCount()).isEqualTo(4);
    assertThat(shop.miscounted()).isEmpty();
  }

  @Test
  void whatWasFoundAlikeStaysOneAndTheReportSaysSo() {
    ClusterKey a = rules.visit("s1", "alpha in old words");
    rules.visit("s2", "alpha in old words");
    ClusterKey b = rules.visit("s3", "beta in old words");
    foundAlike(b, a);
    shop.settle();
    rules.tell("s1", "alpha");
    rules.tell("s2", "alpha");
    rules.tell("s3", "beta");

    RegroupReport dry = rules.run(true);
    assertThat(rules.run(false)).isEqualTo(dry);
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
    ClusterKey a = rules.visit("s1", "alpha in old words");
    ClusterKey b = rules.visit("s2", "beta in old words");
    foundAlike(b, a);
    ClusterKey other = rules.visit("s3", "gamma in old words");
    rules.tell("s1", "alpha");
    rules.tell("s2", "beta");
    rules.tell("s3", "beta");

    RegroupReport dry = rules.run(true);
    assertThat(rules.run(false)).isEqualTo(dry);
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
    ClusterKey a = rules.visit("s1", "alpha in old words");
    ClusterKey b = rules.visit("s2", "beta in old words");
    shop.inTransaction(
        () -> shop.merge.merge(shop.project, new IssueMerge.Request(a, List.of(b), null, "ann")));
    shop.jdbi.useHandle(
        handle ->
            handle.execute(
                "update error_marker set fingerprint = null where project_id = ?", shop.project));
    rules.tell("s1", "alpha");
    rules.tell("s2", "beta");

    RegroupReport dry = rules.run(true);
    assertThat(rules.run(false)).isEqualTo(dry);
    shop.settle();

    assertThat(dry.clustersAfter()).isEqualTo(1);
    assertThat(shop.cluster(shop.decisions.current(shop.project, b)).sessionCount()).isEqualTo(2);
    assertThat(shop.miscounted()).isEmpty();
  }

  @Test
  void whatWasSplitOffStaysApart() {
    ClusterKey a = rules.visit("s1", "alpha in old words");
    rules.visit("s2", "alpha in old words");
    ClusterKey apart =
        shop.inTransaction(
                () ->
                    shop.split.split(
                        shop.project,
                        a,
                        new IssueSplit.Request(List.of(new SessionId("s2")), null, null)))
            .newClusterKey();
    rules.tell("s1", "alpha");
    rules.tell("s2", "alpha");

    RegroupReport dry = rules.run(true);
    assertThat(rules.run(false)).isEqualTo(dry);
    shop.visit("s2", "u:s2", shop.exception("later", "alpha"));
    shop.settle();

    assertThat(dry.clustersAfter()).isEqualTo(2);
    assertThat(shop.cluster(apart).markerCount()).isEqualTo(2);
    assertThat(shop.cluster(shop.decisions.current(shop.project, a)).markerCount()).isEqualTo(1);
    assertThat(shop.miscounted()).isEmpty();
  }

  @Test
  void whatWasSaidToBeDifferentDoesNotBecomeOne() {
    ClusterKey a = rules.visit("s1", "alpha in old words");
    rules.visit("s2", "alpha in old words");
    ClusterKey b = rules.visit("s3", "beta in old words");
    shop.inTransaction(
        () -> {
          shop.constraints.say(
              shop.project, List.of(a), b, ConstraintKind.CANNOT_LINK, null, "ann");
          return true;
        });
    rules.tell("s1", "gamma");
    rules.tell("s2", "gamma");
    rules.tell("s3", "gamma");

    RegroupReport dry = rules.run(true);
    assertThat(rules.run(false)).isEqualTo(dry);
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
  void whatIsKeptTogetherUnderAKeyThatIsNewStaysAnIssue() {
    ClusterKey a = rules.visit("s1", "alpha in old words");
    ClusterKey b = rules.visit("s2", "beta in old words");
    shop.inTransaction(
        () -> shop.merge.merge(shop.project, new IssueMerge.Request(a, List.of(b), null, "ann")));
    // What came under the new key of the part already, and is an issue.
    ClusterKey own = rules.visit("s3", "beta");
    rules.visit("s4", "beta");
    shop.settle();
    assertThat(shop.cluster(own).promotedAt()).isNotNull();
    rules.tell("s1", "alpha");
    rules.tell("s2", "beta");

    RegroupReport dry = rules.run(true);
    RegroupRun real = shop.inTransaction(() -> regroup.request(shop.project, false, "ann"));
    while (regroup.find(shop.project, real.id()).orElseThrow().state() != RegroupRun.State.MOVING) {
      shop.inTransaction(() -> regroup.step(shop.project, real.id()));
    }
    // The source is gone already, and what it was part of has not come yet.
    assertThat(shop.queries.find(shop.project, own).orElseThrow().sessionCount()).isEqualTo(2);
    rules.finish(real);
    assertThat(regroup.find(shop.project, real.id()).orElseThrow().report()).isEqualTo(dry);
    shop.settle();

    ClusterKey now = shop.decisions.current(shop.project, a);
    assertThat(shop.decisions.current(shop.project, own)).isEqualTo(now);
    assertThat(shop.cluster(now).sessionCount()).isEqualTo(4);
    assertThat(shop.cluster(now).promotedAt()).isNotNull();
    assertThat(shop.miscounted()).isEmpty();
  }
}
