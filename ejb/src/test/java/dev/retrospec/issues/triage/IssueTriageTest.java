package dev.retrospec.issues.triage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.issues.Incidents;
import dev.retrospec.issues.IssueFilter;
import dev.retrospec.issues.IssueFilter.Tab;
import dev.retrospec.issues.IssueMuteEnded;
import dev.retrospec.issues.IssueReopened;
import dev.retrospec.issues.IssueResolved;
import dev.retrospec.issues.IssueView;
import dev.retrospec.issues.MuteCondition;
import dev.retrospec.issues.TriageState;
import dev.retrospec.platform.failure.ChangedMeanwhile;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.sessions.ReleaseSighting;
import dev.retrospec.sessions.Releases;
import dev.retrospec.testing.RecordedEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IssueTriageTest {

  private static final Actor ANN = Actor.user("ann");

  private final Incidents shop = new Incidents();
  private final RecordedEvents<IssueResolved> resolutions = new RecordedEvents<>();
  private final RecordedEvents<IssueReopened> reopenings = new RecordedEvents<>();
  private final RecordedEvents<IssueMuteEnded> endedMutes = new RecordedEvents<>();
  private final IssueMutes mutes = new IssueMutes(shop.jdbi);
  private final IssueActivities activities = new IssueActivities(shop.jdbi, shop.decisions);
  private final MuteEnding ending = new MuteEnding(mutes, endedMutes, shop.clock);
  private final IssueTriage triage =
      new IssueTriage(
          new IssueClusters(shop.database.entityManager()),
          mutes,
          activities,
          shop.decisions,
          resolutions,
          reopenings,
          new RecordedEvents<>(),
          shop.clock);

  private ClusterKey key = new ClusterKey("none");

  @BeforeEach
  void breakSomething() {
    key = shop.only(shop.visit("s1", "u:ann", shop.exception("m1", "boom")).touched());
    shop.visit("s2", "u:bob", shop.exception("m1", "boom"));
  }

  @Test
  void decisionIsStoredWithAssigneeAndNote() {
    IssueState state = change(TriageState.ACKNOWLEDGED, " ann ", "looking");

    assertThat(state.assignee()).isEqualTo("ann");
    assertThat(state.version()).isEqualTo(1);
    IssueView issue = view();
    assertThat(issue.state()).isEqualTo(TriageState.ACKNOWLEDGED);
    assertThat(issue.assignee()).isEqualTo("ann");
    assertThat(issue.stateNote()).isEqualTo("looking");
    assertThat(issue.stateUpdatedAt()).isEqualTo(shop.clock.instant());
    assertThat(issue.version()).isEqualTo(1);
  }

  @Test
  void absentFieldsStayAndEmptyOnesClear() {
    change(TriageState.ACKNOWLEDGED, "ann", "looking");

    IssueState kept = change(TriageState.RESOLVED, null, null);
    IssueState cleared = change(TriageState.OPEN, "", " ");

    assertThat(kept.assignee()).isEqualTo("ann");
    assertThat(kept.note()).isEqualTo("looking");
    assertThat(cleared.assignee()).isEmpty();
    assertThat(cleared.note()).isEmpty();
  }

  @Test
  void decisionOnAnOldVersionChangesNothing() {
    change(TriageState.ACKNOWLEDGED, "ann", null);

    assertThatThrownBy(() -> changeAt(0)).isInstanceOf(ChangedMeanwhile.class);

    assertThat(view().state()).isEqualTo(TriageState.ACKNOWLEDGED);
    assertThat(changeAt(1).state()).isEqualTo(TriageState.RESOLVED);
  }

  @Test
  void ofManyDecisionsOnOneVersionOneWins() throws Exception {
    ExecutorService people = Executors.newFixedThreadPool(6);
    int won = 0;
    try {
      Callable<IssueState> resolve = () -> changeAt(0);
      List<Future<IssueState>> all =
          people.invokeAll(List.of(resolve, resolve, resolve, resolve, resolve, resolve));
      for (Future<IssueState> one : all) {
        try {
          one.get();
          won++;
        } catch (ExecutionException e) {
          assertThat(e).hasCauseInstanceOf(ChangedMeanwhile.class);
        }
      }
    } finally {
      people.shutdownNow();
    }
    assertThat(won).isEqualTo(1);
  }

  @Test
  void countsThatArriveDuringADecisionAreNotLost() {
    change(TriageState.ACKNOWLEDGED, "ann", null);
    shop.visit("s3", "u:cy", shop.exception("m1", "boom"));
    shop.settle();

    changeAt(1);

    assertThat(view().sessionCount()).isEqualTo(3);
  }

  @Test
  void muteEndsByItself() {
    shop.inTransaction(
        () ->
            triage.change(
                shop.project,
                key,
                new TriageChange(
                    TriageState.MUTED,
                    null,
                    null,
                    shop.clock.instant().plus(Duration.ofHours(1)),
                    null),
                ANN));
    assertThat(keys(Tab.MUTED)).containsExactly(key);
    assertThat(keys(Tab.ACTIVE)).isEmpty();

    shop.visit("s3", "u:cy", shop.exception("m1", "boom"));
    assertThat(view().state()).isEqualTo(TriageState.MUTED);

    shop.clock.pass(Duration.ofHours(1));
    assertThat(view().state()).isEqualTo(TriageState.OPEN);
    assertThat(view().mutedUntil()).isNull();
    assertThat(keys(Tab.MUTED)).isEmpty();
    assertThat(keys(Tab.OPEN)).containsExactly(key);
    assertThat(shop.queries.counts(shop.project))
        .containsEntry(Tab.OPEN, 1L)
        .containsEntry(Tab.MUTED, 0L);
  }

  @Test
  void muteNeedsAnEndInTheFuture() {
    assertThatThrownBy(() -> new TriageChange(TriageState.MUTED, null, null, null, null))
        .isInstanceOf(InvalidRequest.class);
    assertThatThrownBy(
            () ->
                shop.inTransaction(
                    () ->
                        triage.change(
                            shop.project,
                            key,
                            new TriageChange(
                                TriageState.MUTED, null, null, shop.clock.instant(), null),
                            ANN)))
        .isInstanceOf(InvalidRequest.class);
  }

  @Test
  void whatTheSystemFindsCannotBeChosen() {
    for (TriageState finding : List.of(TriageState.REGRESSED, TriageState.ESCALATING)) {
      assertThatThrownBy(() -> new TriageChange(finding, null, null, null, null))
          .isInstanceOf(InvalidRequest.class);
    }
  }

  @Test
  void endedMuteIsWrittenDownAndToldOnce() {
    mute(new MuteCondition(shop.clock.instant().plus(Duration.ofHours(1)), null, null, false));
    end();
    assertThat(ended()).isEmpty();

    shop.clock.pass(Duration.ofHours(1));
    end();
    end();

    assertThat(ended()).containsExactly(new IssueMuteEnded(shop.project, key, "its time is over"));
    assertThat(view().version()).isEqualTo(2);
    assertThat(view().stateUpdatedAt()).isEqualTo(shop.clock.instant());
    assertThat(stored()).isEqualTo("open");
  }

  @Test
  void muteEndsAfterSoManyMoreSessions() {
    mute(new MuteCondition(null, 2, null, false));

    visit("s3", "u:cy");
    shop.visit("s3", "u:cy", shop.exception("again", "boom"));
    assertThat(view().state()).isEqualTo(TriageState.MUTED);
    assertThat(view().mute().sessionsLeft()).isEqualTo(1);

    visit("s4", "u:cy");
    assertThat(view().state()).as("before it is folded").isEqualTo(TriageState.OPEN);
    shop.settle();
    end();
    assertThat(ended())
        .containsExactly(new IssueMuteEnded(shop.project, key, "2 more sessions showed it"));
    assertThat(view().mute()).isNull();
  }

  @Test
  void muteEndsAfterSoManyMoreUsersHoweverOftenTheyCome() {
    mute(new MuteCondition(null, null, 1, false));

    visit("s3", "u:ann");
    visit("s4", "u:bob");
    shop.settle();
    end();
    assertThat(view().state()).isEqualTo(TriageState.MUTED);

    visit("s5", "u:cy");
    shop.settle();
    end();
    assertThat(ended())
        .containsExactly(new IssueMuteEnded(shop.project, key, "1 more user met it"));
  }

  @Test
  void sessionsThatWereSeenBeforeAMuteDoNotEndIt() {
    mute(new MuteCondition(null, 1, 1, false));

    shop.settle();
    end();

    assertThat(view().state()).isEqualTo(TriageState.MUTED);
    assertThat(view().mute().sessionsLeft()).isEqualTo(1);
  }

  @Test
  void sessionsThatExpireDoNotProlongAMute() {
    mute(new MuteCondition(null, 1, null, false));
    shop.settle();
    shop.jdbi.useHandle(
        handle ->
            handle.execute(
                "insert into cluster_delta (project_id, cluster_key, sessions, users, markers)"
                    + " values (?, ?, -1, -1, -1)",
                shop.project,
                key));
    shop.settle();

    visit("s3", "u:cy");
    shop.settle();
    end();

    assertThat(ended()).hasSize(1);
  }

  @Test
  void muteWithoutAnyConditionIsRefused() {
    assertThatThrownBy(() -> new MuteCondition(null, null, null, false))
        .isInstanceOf(InvalidRequest.class);
    for (int count : List.of(0, -1, MuteCondition.MAX_COUNT + 1)) {
      assertThatThrownBy(() -> new MuteCondition(null, count, null, false))
          .isInstanceOf(InvalidRequest.class);
    }
  }

  @Test
  void resolutionIsToldOnceWithItsRelease() {
    resolveIn("2.4.1");
    change(TriageState.RESOLVED, null, "a note");

    assertThat(resolutions.fired()).containsExactly(new IssueResolved(shop.project, key, "2.4.1"));
    assertThat(view().resolvedInRelease()).isEqualTo("2.4.1");

    change(TriageState.OPEN, null, null);
    assertThat(view().resolvedInRelease()).isNull();
    change(TriageState.RESOLVED, null, null);
    assertThat(resolutions.fired()).last().isEqualTo(new IssueResolved(shop.project, key, null));
  }

  @Test
  void releaseIsForResolutionsOnly() {
    assertThatThrownBy(() -> new TriageChange(TriageState.OPEN, null, null, null, "2.4.1", null))
        .isInstanceOf(InvalidRequest.class);
  }

  @Test
  void noteAloneLeavesTheState() {
    mute(new MuteCondition(null, 5, null, false));

    shop.inTransaction(
        () ->
            triage.change(
                shop.project, key, new TriageChange(null, "ann", "known", null, null, null), ANN));

    assertThat(view().state()).isEqualTo(TriageState.MUTED);
    assertThat(view().mute().sessionsLeft()).isEqualTo(5);
    assertThat(view().assignee()).isEqualTo("ann");
  }

  @Test
  void ofAFixInAReleaseOlderOnesShowNothing() {
    visitOn("2.4.0", "s3", "u:cy");
    visitOn("2.4.1", "s4", "u:dee");
    resolveIn("2.4.1");
    shop.clock.pass(Duration.ofMinutes(5));

    visitOn("2.4.0", "s5", "u:eve");
    visit("s6", "u:fay");
    assertThat(view().state()).isEqualTo(TriageState.RESOLVED);

    visitOn("2.4.1", "s7", "u:gil");
    assertThat(view().state()).isEqualTo(TriageState.REGRESSED);
    assertThat(view().resolvedInRelease()).isNull();
  }

  @Test
  void releaseSeenFirstAfterTheFixRegressesAsWell() {
    visitOn("2.4.1", "s3", "u:cy");
    resolveIn("2.4.1");
    shop.clock.pass(Duration.ofMinutes(5));

    visitOn("a-name-without-order", "s4", "u:dee");

    assertThat(view().state()).isEqualTo(TriageState.REGRESSED);
  }

  @Test
  void fixInAReleaseThatNobodyHasSeenWaitsForIt() {
    visitOn("2.4.0", "s3", "u:cy");
    resolveIn("2.5.0");
    shop.clock.pass(Duration.ofMinutes(5));

    visitOn("2.4.9", "s4", "u:dee");
    assertThat(view().state()).isEqualTo(TriageState.RESOLVED);

    visitOn("2.5.0", "s5", "u:eve");
    assertThat(view().state()).isEqualTo(TriageState.REGRESSED);
  }

  @Test
  void visitThatGoesOnOverTheDeployOfTheFixFailedBeforeIt() {
    visitOn("1.9", "s3", "u:cy");
    resolveIn("2.0");
    shop.clock.pass(Duration.ofMinutes(5));
    visitOn("1.9", "s4", "u:dee");

    isNowOn("2.0", "s4");
    visitOn("1.9", "s5", "u:eve");
    assertThat(view().state()).isEqualTo(TriageState.RESOLVED);

    shop.visit("s4", "u:dee", shop.exception("m2", "boom"));
    assertThat(view().state()).isEqualTo(TriageState.REGRESSED);
  }

  private void visit(String session, String visitor) {
    shop.visit(session, visitor, shop.exception("m1", "boom"));
  }

  /** A session on a release, sighted a minute later. */
  private void visitOn(String release, String session, String visitor) {
    shop.store(session);
    isNowOn(release, session);
    visit(session, visitor);
    shop.clock.pass(Duration.ofMinutes(1));
    new ReleaseSighting(new Releases(shop.jdbi), shop.clock).run();
  }

  private void isNowOn(String release, String session) {
    shop.jdbi.useHandle(
        handle ->
            handle.execute(
                "update session set release = ? where project_id = ? and id = ?",
                release,
                shop.project,
                session));
  }

  private void resolveIn(String release) {
    shop.inTransaction(
        () ->
            triage.change(
                shop.project,
                key,
                new TriageChange(TriageState.RESOLVED, null, null, null, release, null),
                ANN));
  }

  private void mute(MuteCondition condition) {
    shop.inTransaction(
        () ->
            triage.change(
                shop.project,
                key,
                new TriageChange(TriageState.MUTED, null, null, condition, null, null),
                ANN));
  }

  /** Other tests' issues stand in the same database. */
  private List<IssueMuteEnded> ended() {
    return endedMutes.fired().stream().filter(one -> one.projectId().equals(shop.project)).toList();
  }

  private void end() {
    shop.inTransaction(ending::run);
  }

  private String stored() {
    return shop.jdbi.withHandle(
        handle ->
            handle
                .select("select state from issue_cluster where project_id = ?", shop.project)
                .mapTo(String.class)
                .one());
  }

  @Test
  void unknownIssueIsNotFoundAndSoIsAnotherProjects() {
    Incidents other = new Incidents();

    for (Callable<IssueState> attempt :
        List.<Callable<IssueState>>of(
            () -> triage.change(shop.project, new ClusterKey("v1-none"), resolve(null), ANN),
            () -> triage.change(other.project, key, resolve(null), ANN))) {
      assertThatThrownBy(() -> shop.inTransaction(attempt)).isInstanceOf(NotFound.class);
    }
  }

  @Test
  void noteOnAResolvedIssueDoesNotHideARegression() {
    change(TriageState.RESOLVED, null, null);
    shop.clock.pass(Duration.ofMinutes(1));
    shop.store("s3");
    shop.clock.pass(Duration.ofMinutes(1));
    change(TriageState.RESOLVED, null, "fixed in 1.2");

    shop.visit("s3", "u:cy", shop.exception("m1", "boom"));

    assertThat(view().state()).isEqualTo(TriageState.REGRESSED);
    assertThat(view().version()).isEqualTo(3);
  }

  private IssueState change(TriageState state, @Nullable String assignee, @Nullable String note) {
    return shop.inTransaction(
        () ->
            triage.change(
                shop.project, key, new TriageChange(state, assignee, note, null, null), ANN));
  }

  private IssueState changeAt(int version) {
    return shop.inTransaction(() -> triage.change(shop.project, key, resolve(version), ANN));
  }

  private static TriageChange resolve(@Nullable Integer version) {
    return new TriageChange(TriageState.RESOLVED, null, null, null, version);
  }

  private IssueView view() {
    return shop.queries.find(shop.project, key).orElseThrow();
  }

  private List<ClusterKey> keys(Tab tab) {
    return new ArrayList<>(
        shop
            .queries
            .list(
                shop.project,
                new IssueFilter(tab, null, null, false, IssueFilter.Sort.LAST_SEEN, 10, null))
            .items()
            .stream()
            .map(IssueView::key)
            .toList());
  }
}
