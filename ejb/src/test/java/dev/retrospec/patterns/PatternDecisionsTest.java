package dev.retrospec.patterns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.PatternId;
import dev.retrospec.platform.failure.ChangedMeanwhile;
import dev.retrospec.platform.failure.NotFound;
import dev.retrospec.platform.paging.Cursor;
import dev.retrospec.platform.paging.Page;
import dev.retrospec.signatures.Signatures;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PatternDecisionsTest {

  private final CiMemory ci = new CiMemory();

  @Test
  void aDecisionIsKeptWithWhoAndWhen() {
    PatternId pattern = ci.fails("signsIn", CiMemory.refused(1)).pattern();

    PatternView decided = decide(pattern, PatternDecision.INFRASTRUCTURE, "the proxy", 0);

    assertThat(decided.decision()).isEqualTo(PatternDecision.INFRASTRUCTURE);
    assertThat(decided.decidedBy()).isEqualTo("ann");
    assertThat(decided.decidedAt()).isEqualTo(ci.clock.instant());
    assertThat(decided.note()).isEqualTo("the proxy");
    assertThat(decided.version()).isEqualTo(1);
    PatternView takenBack = decide(pattern, null, null, 1);
    assertThat(takenBack.decision()).isNull();
    assertThat(takenBack.note()).isEqualTo("the proxy");
  }

  @Test
  void aDecisionOnAnOlderVersionStoresNothing() {
    PatternId pattern = ci.fails("signsIn", CiMemory.refused(1)).pattern();
    decide(pattern, PatternDecision.FLAKY, null, 0);

    assertThatThrownBy(() -> decide(pattern, PatternDecision.KNOWN, null, 0))
        .isInstanceOf(ChangedMeanwhile.class);

    assertThat(ci.queries.find(ci.project, pattern).orElseThrow().decision())
        .isEqualTo(PatternDecision.FLAKY);
  }

  @Test
  void anotherProjectsPatternIsNotFound() {
    PatternId pattern = new CiMemory().fails("signsIn", CiMemory.refused(1)).pattern();

    assertThatThrownBy(() -> decide(pattern, PatternDecision.KNOWN, null, null))
        .isInstanceOf(NotFound.class);
  }

  @Test
  void whatSomebodySaidIsNotTheSameIsNotLinkedAgain() {
    ClusterKey issue = new ClusterKey("v1-checkout");
    PatternId pattern = ci.fails("showsTheTotal", CiMemory.nullTotal()).pattern();
    link(issue);
    assertThat(ci.queries.issues(ci.project, pattern)).hasSize(1);

    ci.inTransaction(() -> ci.decisions.issue(ci.project, pattern, issue, false, "ann"));
    link(issue);

    assertThat(ci.queries.issues(ci.project, pattern)).isEmpty();
  }

  @Test
  void aRunThatIsBeingRememberedDoesNotOvertakeWhatSomebodySays() throws Exception {
    ClusterKey issue = new ClusterKey("v1-checkout");
    PatternId pattern = ci.fails("showsTheTotal", CiMemory.nullTotal()).pattern();
    ExecutorService person = Executors.newSingleThreadExecutor();
    try {
      Future<List<LinkedIssue>> said =
          ci.inTransaction(
              () -> {
                ci.production.linkIssue(ci.project, issue, Signatures.of(CiMemory.nullTotal()));
                Future<List<LinkedIssue>> saying =
                    person.submit(
                        () ->
                            ci.inTransaction(
                                () ->
                                    ci.decisions.issue(ci.project, pattern, issue, false, "ann")));
                await().until(() -> saying.isDone() || someoneWaits());
                return saying;
              });

      assertThat(said.get(10, TimeUnit.SECONDS)).isEmpty();
      assertThat(ci.queries.issues(ci.project, pattern)).isEmpty();
    } finally {
      person.shutdownNow();
    }
  }

  private boolean someoneWaits() {
    return ci.jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select exists (select from pg_locks where locktype = 'advisory'"
                        + " and not granted)")
                .mapTo(Boolean.class)
                .one());
  }

  @Test
  void whatSomebodySaidIsTheSameIsLinked() {
    PatternId pattern = ci.fails("signsIn", CiMemory.refused(1)).pattern();
    ClusterKey issue = new ClusterKey("v1-sign-in");

    ci.inTransaction(() -> ci.decisions.issue(ci.project, pattern, issue, true, "ann"));

    LinkedIssue linked = ci.queries.issues(ci.project, pattern).get(0);
    assertThat(linked.linkedBy()).isEqualTo("ann");
    assertThat(linked.similarity()).isEqualTo(1);
    assertThat(ci.fails("signsIn", CiMemory.refused(2)).issues()).containsExactly(issue);
  }

  @Test
  void aMergedPatternLivesOnInTheOther() {
    PatternId stays = ci.fails("signsIn", CiMemory.refused(1)).pattern();
    PatternId goes = ci.fails("showsTheTotal", CiMemory.nullTotal()).pattern();

    PatternView merged = merge(goes, stays, null);

    assertThat(merged.occurrenceCount()).isEqualTo(2);
    assertThat(merged.runCount()).isEqualTo(2);
    assertThat(ci.queries.find(ci.project, goes)).isEmpty();
    assertThat(ci.queries.successor(ci.project, goes)).contains(stays);
    assertThat(ci.mergers.fired()).containsExactly(new PatternMerged(ci.project, goes, stays));
    Remembered next = ci.fails("showsTheTotal", CiMemory.nullTotal());
    assertThat(next.pattern()).isEqualTo(stays);
    assertThat(next.isNew()).isFalse();
  }

  @Test
  void aMergeKeepsWhatWasSaidOfTheOneThatGoes() {
    PatternId stays = ci.fails("signsIn", CiMemory.refused(1)).pattern();
    PatternId goes = ci.fails("showsTheTotal", CiMemory.nullTotal()).pattern();
    PatternId older = ci.fails("older", CiMemory.unlike(1)).pattern();
    PatternId another = ci.fails("another", CiMemory.unlike(2)).pattern();
    ClusterKey refused = new ClusterKey("v1-other");
    merge(older, goes, null);
    decide(goes, PatternDecision.FLAKY, "retry it", null);
    ci.inTransaction(
        () -> {
          ci.decisions.apart(ci.project, another, goes, "ann");
          return ci.decisions.issue(ci.project, goes, refused, false, "ann");
        });

    PatternView merged = merge(goes, stays, null);

    assertThat(merged.decision()).isEqualTo(PatternDecision.FLAKY);
    assertThat(merged.decidedBy()).isEqualTo("ann");
    assertThat(merged.note()).isEqualTo("retry it");
    assertThat(ci.queries.successor(ci.project, older)).contains(stays);
    assertThat(ci.queries.refused(ci.project, stays))
        .extracting(Refused::otherId)
        .containsExactlyInAnyOrder(another.value(), refused.value());
  }

  @Test
  void aMergeOfAnOlderVersionStoresNothing() {
    PatternId stays = ci.fails("signsIn", CiMemory.refused(1)).pattern();
    PatternId goes = ci.fails("showsTheTotal", CiMemory.nullTotal()).pattern();
    decide(goes, PatternDecision.FLAKY, null, 0);

    assertThatThrownBy(() -> merge(goes, stays, 0)).isInstanceOf(ChangedMeanwhile.class);

    assertThat(ci.queries.find(ci.project, goes)).isPresent();
    assertThat(merge(goes, stays, 1).occurrenceCount()).isEqualTo(2);
  }

  @Test
  void whatIsSaidToBeAnotherFailureIsNotNamedAgain() {
    PatternId one = ci.fails("signsIn", CiMemory.refused(1)).pattern();
    PatternId other = ci.fails("paysIn", CiMemory.refusedElsewhere()).pattern();
    assertThat(other).isNotEqualTo(one);
    assertThat(neighbours(one)).containsExactly(other);
    assertThat(neighbours(other)).containsExactly(one);

    apart(one, other);

    assertThat(neighbours(one)).isEmpty();
    assertThat(neighbours(other)).isEmpty();
    ci.inTransaction(
        () -> {
          ci.decisions.takeBack(ci.project, other, one);
          return true;
        });
    assertThat(neighbours(one)).containsExactly(other);
  }

  private List<PatternId> neighbours(PatternId pattern) {
    PatternView view = ci.queries.find(ci.project, pattern).orElseThrow();
    return ci.inTransaction(() -> ci.neighbours.of(ci.project, view)).patterns().stream()
        .map(SimilarPattern::patternId)
        .toList();
  }

  private void apart(PatternId one, PatternId other) {
    ci.inTransaction(
        () -> {
          ci.decisions.apart(ci.project, one, other, "ann");
          return true;
        });
  }

  private PatternView merge(PatternId goes, PatternId stays, @Nullable Integer version) {
    return ci.inTransaction(() -> ci.decisions.merge(ci.project, goes, stays, version, "ann"));
  }

  @Test
  void mergedIssuesHandTheirPatternsOver() {
    ClusterKey source = new ClusterKey("v1-one");
    ClusterKey target = new ClusterKey("v1-other");
    PatternId pattern = ci.fails("showsTheTotal", CiMemory.nullTotal()).pattern();
    link(source);

    ci.inTransaction(
        () -> {
          ci.production.merged(ci.project, List.of(source), target);
          return true;
        });

    assertThat(ci.production.patternsOf(ci.project, target))
        .extracting(LinkedIssue::patternId)
        .containsExactly(pattern);
    assertThat(ci.production.patternsOf(ci.project, source)).isEmpty();
  }

  @Test
  void listsGoOnWhereTheyStopped() {
    for (int i = 0; i < 5; i++) {
      ci.fails("test" + i, CiMemory.unlike(i));
      ci.clock.pass(Duration.ofMinutes(1));
    }
    decide(
        ci.queries.list(ci.project, PatternFilter.latest(1)).items().get(0).id(),
        PatternDecision.FLAKY,
        null,
        null);

    Page<PatternView> first = list(null, null, 3, null);
    Page<PatternView> rest =
        list(null, null, 3, Cursor.parse(java.util.Objects.requireNonNull(first.nextCursor())));

    assertThat(first.items())
        .extracting(PatternView::testName)
        .containsExactly("test4", "test3", "test2");
    assertThat(rest.items()).extracting(PatternView::testName).containsExactly("test1", "test0");
    assertThat(rest.nextCursor()).isNull();
    assertThat(list(null, "flaky", 10, null).items()).hasSize(1);
    assertThat(list(null, PatternFilter.UNDECIDED, 10, null).items()).hasSize(4);
    assertThat(list("test3", null, 10, null).items())
        .extracting(PatternView::testName)
        .containsExactly("test3");
  }

  @Test
  void daysWithoutAnOccurrenceAreThereToo() {
    PatternId pattern = ci.fails("signsIn", CiMemory.refused(1)).pattern();
    ci.clock.pass(Duration.ofDays(2));
    ci.fails("signsIn", CiMemory.refused(2));

    assertThat(ci.queries.byDay(ci.project, pattern, 4))
        .extracting(DayCount::occurrences)
        .containsExactly(0, 1, 0, 1);
    assertThat(ci.queries.occurrences(ci.project, pattern, 10)).hasSize(2);
  }

  private Page<PatternView> list(
      @Nullable String text, @Nullable String decision, int limit, @Nullable Cursor after) {
    return ci.queries.list(ci.project, new PatternFilter(text, decision, null, null, limit, after));
  }

  private void link(ClusterKey issue) {
    ci.inTransaction(
        () -> ci.production.linkIssue(ci.project, issue, Signatures.of(CiMemory.nullTotal())));
  }

  private PatternView decide(
      PatternId pattern,
      @Nullable PatternDecision decision,
      @Nullable String note,
      @Nullable Integer version) {
    return ci.inTransaction(
        () ->
            ci.decisions.decide(
                ci.project, pattern, new PatternDecisions.Change(decision, note, "ann", version)));
  }
}
