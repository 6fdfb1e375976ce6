package dev.retrospec.issues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.SessionId;
import dev.retrospec.platform.failure.ChangedMeanwhile;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.sessions.MarkerKind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegroupingTest {

  private final Incidents shop = new Incidents();
  private final IssueMerge merge = shop.merge;
  private final IssueSplit split = shop.split;
  private final IssueFeedback feedback =
      new IssueFeedback(new FeedbackEntries(shop.jdbi), shop.decisions, shop.clock);

  @Test
  void mergedClustersAreCountedFromTheGround() {
    ClusterKey a = visit("s1", "u:ann", "boom");
    ClusterKey b = visit("s1", "u:ann", "bang");
    visit("s2", "u:ann", "bang");
    visit("s3", "u:bob", "bang");

    IssueMerge.Result result = merge(a, b);

    assertThat(result.movedMarkerCount()).isEqualTo(3);
    assertThat(result.targetCluster().sessionCount()).isEqualTo(3);
    assertThat(result.targetCluster().userCount()).isEqualTo(2);
    assertThat(result.targetCluster().markerCount()).isEqualTo(4);
    assertThat(shop.queries.cluster(shop.project, b)).isEmpty();
    assertThat(shop.queries.find(shop.project, b).orElseThrow().key()).isEqualTo(a);
    assertThat(sessions(b)).containsExactlyInAnyOrder("s1", "s2", "s3");
  }

  @Test
  void mergeSurvivesWhatComesInLater() {
    ClusterKey a = visit("s1", "u:ann", "boom");
    ClusterKey b = visit("s2", "u:bob", "bang");
    merge(a, b);

    ClusterKey later = visit("s3", "u:cy", "bang");

    assertThat(later).isEqualTo(a);
    assertThat(shop.cluster(a).sessionCount()).isEqualTo(3);
    shop.settle();
    assertThat(shop.cluster(a).sessionCount()).isEqualTo(3);
    assertThat(shop.cluster(a).userCount()).isEqualTo(3);
  }

  @Test
  void chainOfMergesLeadsToItsEnd() {
    ClusterKey a = visit("s1", "u:ann", "boom");
    ClusterKey b = visit("s2", "u:bob", "bang");
    ClusterKey c = visit("s3", "u:cy", "crash");

    merge(b, c);
    merge(a, b);

    assertThat(visit("s4", "u:dee", "crash")).isEqualTo(a);
    assertThat(shop.cluster(a).sessionCount()).isEqualTo(4);
    assertThat(shop.count("select count(*) from issue_cluster where project_id = ?", shop.project))
        .isEqualTo(1);
  }

  @Test
  void mergeInACircleIsRefused() {
    ClusterKey a = visit("s1", "u:ann", "boom");
    ClusterKey b = visit("s2", "u:bob", "bang");
    merge(a, b);

    assertThatThrownBy(() -> merge(b, a)).isInstanceOf(InvalidRequest.class);
    assertThatThrownBy(() -> merge(a, a)).isInstanceOf(InvalidRequest.class);
  }

  @Test
  void mergingAgainChangesNothing() {
    ClusterKey a = visit("s1", "u:ann", "boom");
    ClusterKey b = visit("s2", "u:bob", "bang");
    merge(a, b);

    IssueMerge.Result again = merge(a, b);

    assertThat(again.movedMarkerCount()).isZero();
    assertThat(again.targetCluster().sessionCount()).isEqualTo(2);
  }

  @Test
  void mergeKnowsItsOwnProjectOnly() {
    ClusterKey a = visit("s1", "u:ann", "boom");
    Incidents other = new Incidents();
    ClusterKey foreign =
        other.only(other.visit("s1", "u:x", other.exception("m1", "bang")).touched());

    assertThatThrownBy(() -> merge(a, foreign)).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> merge(foreign, a)).isInstanceOf(NotFound.class);
    assertThat(other.cluster(foreign).sessionCount()).isEqualTo(1);
  }

  @Test
  void mergeOfWhatSomebodyChangedMeanwhileIsRefused() {
    ClusterKey a = issue("s1", "s2", "boom");
    ClusterKey b = issue("s3", "s4", "bang");
    ClusterKey c = issue("s5", "s6", "crash");
    Map<ClusterKey, Integer> seen = Map.of(a, 0, b, 0);
    IssueMerge.Request request = new IssueMerge.Request(a, List.of(b), null, "ann", seen);

    shop.jdbi.useHandle(
        handle ->
            handle.execute(
                "update issue_cluster set version = 1 where project_id = ? and key = ?",
                shop.project,
                b));
    assertThatThrownBy(() -> shop.inTransaction(() -> merge.merge(shop.project, request)))
        .isInstanceOf(ChangedMeanwhile.class);
    assertThat(shop.cluster(b).sessionCount()).isEqualTo(2);

    merge(c, b);
    assertThatThrownBy(() -> shop.inTransaction(() -> merge.merge(shop.project, request)))
        .isInstanceOf(ChangedMeanwhile.class);
    assertThat(shop.cluster(a).sessionCount()).isEqualTo(2);
  }

  @Test
  void mergeThatIsSentTwiceChangesNothingTheSecondTime() {
    ClusterKey a = issue("s1", "s2", "boom");
    ClusterKey b = issue("s3", "s4", "bang");
    IssueMerge.Request request =
        new IssueMerge.Request(a, List.of(b), null, "ann", Map.of(a, 0, b, 0));
    shop.inTransaction(() -> merge.merge(shop.project, request));

    IssueMerge.Result again = shop.inTransaction(() -> merge.merge(shop.project, request));

    assertThat(again.joined()).isEmpty();
    assertThat(again.targetCluster().sessionCount()).isEqualTo(4);
  }

  @Test
  void mergeTakesBackThatItsSourcesAreNotTheSame() {
    ClusterKey a = issue("s1", "s2", "boom");
    ClusterKey b = issue("s3", "s4", "bang");
    ClusterKey c = issue("s5", "s6", "crash");
    merge(b, c);
    shop.inTransaction(() -> shop.separation.separate(shop.project, b, c, "no", "ann"));
    MergePreviews previews = new MergePreviews(shop.jdbi, shop.constraints);
    assertThat(previews.of(shop.project, List.of(a, b)).disputed()).isEmpty();
    assertThat(previews.of(shop.project, List.of(a, b, c)).disputed())
        .singleElement()
        .satisfies(said -> assertThat(said.by()).isEqualTo("ann"));

    merge(a, b, c);

    assertThat(shop.constraints.of(shop.project, a))
        .extracting(ClusterConstraint::kind)
        .containsOnly(ConstraintKind.MUST_LINK);
  }

  @Test
  void whatIsTakenOutIsOfItsOwnKindAgain() {
    ClusterKey a = visit("s1", "u:ann", "boom");
    ClusterKey b =
        shop.only(
            shop.visit(
                    "s2", "u:bob", shop.marker("m1", MarkerKind.API_ERROR, "GET /cart 500", null))
                .touched());
    merge(a, b);

    shop.inTransaction(() -> shop.separation.separate(shop.project, a, b, null, "ann"));

    assertThat(shop.cluster(b).kind()).isEqualTo(MarkerKind.API_ERROR);
    assertThat(shop.cluster(b).symptom()).isEqualTo("GET /cart 500");
    assertThat(shop.cluster(a).kind()).isEqualTo(MarkerKind.JS_EXCEPTION);
  }

  @Test
  void whatWouldBeMergedIsCountedAsItWillBe() {
    ClusterKey a = visit("s1", "u:ann", "boom");
    visit("s2", "u:bob", "boom");
    ClusterKey b = visit("s1", "u:ann", "bang");
    visit("s3", "u:bob", "bang");

    MergePreview preview =
        new MergePreviews(shop.jdbi, shop.constraints).of(shop.project, List.of(a, b));
    IssueView merged = merge(a, b).targetCluster();

    assertThat(preview.sessionCount()).isEqualTo(3).isEqualTo(merged.sessionCount());
    assertThat(preview.userCount()).isEqualTo(2).isEqualTo(merged.userCount());
    assertThat(preview.markerCount()).isEqualTo(4).isEqualTo(merged.markerCount());
  }

  @Test
  void targetBecomesAnIssueWithItsSourceOrWithTheNextFold() {
    ClusterKey a = visit("s1", "u:ann", "boom");
    ClusterKey b = visit("s2", "u:bob", "bang");
    visit("s3", "u:cy", "bang");
    assertThat(merge(a, b).targetCluster().promotionTrigger()).isEqualTo(PromotionTrigger.MERGE);

    ClusterKey c = visit("s4", "u:dee", "crash");
    ClusterKey d = visit("s5", "u:eve", "smash");
    merge(c, d);
    shop.settle();
    assertThat(shop.queries.find(shop.project, c)).isPresent();
  }

  @Test
  void requestThatAskedBeforeTheMergeIsBroughtHome() {
    ClusterKey a = visit("s1", "u:ann", "boom");
    ClusterKey b = visit("s2", "u:bob", "bang");
    shop.inTransaction(
        () -> {
          // What a request leaves behind that had asked for aliases just before.
          shop.visitUnconsidered("s3", "u:cy", shop.exception("m1", "bang"));
          shop.decisions.alias(shop.project, java.util.Set.of(b), a, AliasOrigin.hand(null, null));
          return true;
        });

    shop.settle();

    assertThat(shop.queries.cluster(shop.project, b)).isEmpty();
    assertThat(shop.cluster(a).sessionCount()).isEqualTo(3);
    assertThat(shop.cluster(a).userCount()).isEqualTo(3);
    assertThat(sessions(a)).containsExactlyInAnyOrder("s1", "s2", "s3");
  }

  @Test
  void splitTakesTheSessionsAndSurvivesWhatTheyStillReport() {
    ClusterKey a = visit("s1", "u:ann", "boom");
    visit("s2", "u:bob", "boom");
    visit("s3", "u:cy", "boom");

    IssueSplit.Result result = split(a, null, "s2", "s3");

    assertThat(result.movedMarkerCount()).isEqualTo(2);
    assertThat(result.sourceCluster().sessionCount()).isEqualTo(1);
    assertThat(result.newCluster().sessionCount()).isEqualTo(2);
    assertThat(result.newCluster().userCount()).isEqualTo(2);
    assertThat(result.newCluster().representativeSessionId()).isNotNull();
    assertThat(result.newCluster().promotedAt()).isNotNull();

    shop.visit("s2", "u:bob", shop.exception("m2", "boom"));
    visit("s4", "u:dee", "boom");
    shop.settle();

    assertThat(shop.cluster(result.newClusterKey()).markerCount()).isEqualTo(3);
    assertThat(shop.cluster(result.newClusterKey()).sessionCount()).isEqualTo(2);
    assertThat(shop.cluster(a).sessionCount()).isEqualTo(2);
  }

  @Test
  void splitSurvivesAMergeOfItsSource() {
    ClusterKey a = visit("s1", "u:ann", "boom");
    visit("s2", "u:bob", "boom");
    ClusterKey apart = split(a, null, "s2").newClusterKey();
    ClusterKey b = visit("s3", "u:cy", "bang");

    merge(b, a);
    shop.visit("s2", "u:bob", shop.exception("m2", "boom"));

    assertThat(shop.cluster(apart).markerCount()).isEqualTo(2);
    assertThat(shop.cluster(b).sessionCount()).isEqualTo(2);
  }

  @Test
  void splitIsUndoneByAMerge() {
    ClusterKey a = visit("s1", "u:ann", "boom");
    visit("s2", "u:bob", "boom");
    ClusterKey apart = split(a, null, "s2").newClusterKey();

    merge(a, apart);
    shop.visit("s2", "u:bob", shop.exception("m2", "boom"));

    assertThat(shop.cluster(a).sessionCount()).isEqualTo(2);
    assertThat(shop.cluster(a).markerCount()).isEqualTo(3);
    assertThat(shop.queries.cluster(shop.project, apart)).isEmpty();
  }

  @Test
  void splitMustLeaveSomethingAndTakeWhatIsThere() {
    ClusterKey a = visit("s1", "u:ann", "boom");
    visit("s2", "u:bob", "boom");

    assertThatThrownBy(() -> split(a, null, "s1", "s2")).isInstanceOf(InvalidRequest.class);
    assertThatThrownBy(() -> split(a, null, "s9")).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> split(a, a, "s2")).isInstanceOf(InvalidRequest.class);
    assertThatThrownBy(() -> split(new ClusterKey("none"), null, "s2"))
        .isInstanceOf(NotFound.class);
    assertThat(split(a, new ClusterKey("by-hand"), "s2").newClusterKey()).hasToString("by-hand");
  }

  @Test
  void feedbackFollowsTheIssue() {
    ClusterKey a = visit("s1", "u:ann", "boom");
    ClusterKey b = visit("s2", "u:bob", "bang");
    IssueFeedback.Said said =
        new IssueFeedback.Said(
            "false_positive", new SessionId("s2"), "a test", "ann", Map.of("browser", "Chrome"));
    FeedbackEntry entry = shop.inTransaction(() -> feedback.add(shop.project, b, said));
    assertThat(entry.clusterKey()).isEqualTo(b);

    merge(a, b);

    assertThat(feedback.of(shop.project, b))
        .singleElement()
        .satisfies(
            kept -> {
              assertThat(kept.clusterKey()).isEqualTo(a);
              assertThat(kept.note()).isEqualTo("a test");
              assertThat(kept.metadata()).isEqualTo(Map.of("browser", "Chrome"));
              assertThat(kept.sessionId()).hasToString("s2");
            });
    assertThatThrownBy(() -> feedback.of(new Incidents().project, a)).isInstanceOf(NotFound.class);
  }

  private ClusterKey issue(String session, String other, String label) {
    visit(session, "u:of-" + session, label);
    return visit(other, "u:of-" + other, label);
  }

  private ClusterKey visit(String session, String visitor, String label) {
    String id = "m-" + label;
    return shop.only(shop.visit(session, visitor, shop.exception(id, label)).touched());
  }

  private IssueMerge.Result merge(ClusterKey target, ClusterKey... sources) {
    return shop.inTransaction(
        () ->
            merge.merge(
                shop.project,
                new IssueMerge.Request(target, Arrays.asList(sources), "same cause", "ann")));
  }

  private IssueSplit.Result split(
      ClusterKey source, @org.jspecify.annotations.Nullable ClusterKey target, String... sessions) {
    return shop.inTransaction(
        () ->
            split.split(
                shop.project,
                source,
                new IssueSplit.Request(
                    Arrays.stream(sessions).map(SessionId::new).toList(), target, null)));
  }

  private List<String> sessions(ClusterKey key) {
    return shop
        .queries
        .sessions(shop.project, key, new ClusterSessionFilter(50, null, null))
        .stream()
        .map(session -> session.sessionId().value())
        .toList();
  }
}
