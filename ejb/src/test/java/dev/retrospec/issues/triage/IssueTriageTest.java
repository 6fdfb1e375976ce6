package dev.retrospec.issues.triage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.issues.Incidents;
import dev.retrospec.issues.IssueFilter;
import dev.retrospec.issues.IssueFilter.Tab;
import dev.retrospec.issues.IssueView;
import dev.retrospec.issues.TriageState;
import dev.retrospec.platform.failure.ChangedMeanwhile;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.failure.NotFound;
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

  private final Incidents shop = new Incidents();
  private final IssueTriage triage =
      new IssueTriage(new IssueClusters(shop.database.entityManager()), shop.decisions, shop.clock);

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
                    null)));
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
                                TriageState.MUTED, null, null, shop.clock.instant(), null))))
        .isInstanceOf(InvalidRequest.class);
  }

  @Test
  void regressedCannotBeChosen() {
    assertThatThrownBy(() -> new TriageChange(TriageState.REGRESSED, null, null, null, null))
        .isInstanceOf(InvalidRequest.class);
  }

  @Test
  void unknownIssueIsNotFoundAndSoIsAnotherProjects() {
    Incidents other = new Incidents();

    for (Callable<IssueState> attempt :
        List.<Callable<IssueState>>of(
            () -> triage.change(shop.project, new ClusterKey("v1-none"), resolve(null)),
            () -> triage.change(other.project, key, resolve(null)))) {
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
            triage.change(shop.project, key, new TriageChange(state, assignee, note, null, null)));
  }

  private IssueState changeAt(int version) {
    return shop.inTransaction(() -> triage.change(shop.project, key, resolve(version)));
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
                new IssueFilter(tab, null, null, IssueFilter.Sort.LAST_SEEN, 10, null))
            .items()
            .stream()
            .map(IssueView::key)
            .toList());
  }
}
