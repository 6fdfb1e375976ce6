package dev.retrospec.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.PatternId;
import dev.retrospec.inspection.PatternTies.Candidate;
import dev.retrospec.inspection.PatternTies.RefusedTie;
import dev.retrospec.issues.ClusterDecisions;
import dev.retrospec.issues.IssueQueries;
import dev.retrospec.patterns.CiMemory;
import dev.retrospec.patterns.PatternView;
import dev.retrospec.patterns.SimilarPattern;
import dev.retrospec.signatures.Signatures;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PatternTiesInspectionTest {

  private static final ClusterKey ISSUE = new ClusterKey("v1-sign-in");

  private final CiMemory ci = new CiMemory();
  private final PatternTiesInspection ties =
      new PatternTiesInspection(
          ci.jdbi,
          ci.queries,
          ci.neighbours,
          ci.search,
          new IssueQueries(ci.jdbi, new ClusterDecisions(ci.jdbi), ci.clock));

  private PatternId signIn;
  private PatternId payment;
  private PatternId total;

  @BeforeEach
  void threePatternsAndAnIssue() {
    signIn = ci.fails("signsIn", CiMemory.refused(1)).pattern();
    payment = ci.fails("pays", CiMemory.refusedElsewhere()).pattern();
    total = ci.fails("showsTheTotal", CiMemory.nullTotal()).pattern();
    ci.jdbi.useHandle(
        handle ->
            handle.execute(
                "insert into issue_cluster (project_id, key, symptom, kind, route, confidence,"
                    + " first_seen_at, last_seen_at, created_at, promoted_at)"
                    + " values (?, ?, 'The sign-in is refused', 'api_error', '/login', 0.9, now(),"
                    + " now(), now(), now())",
                ci.project.value(),
                ISSUE.value()));
  }

  @Test
  void namesWhatIsAlikeAndLeavesTheRestOut() {
    assertThat(open(signIn, null, null, null).alike())
        .extracting(SimilarPattern::patternId)
        .containsExactly(payment);
  }

  @Test
  void findsAPatternByItsAddressAndByWords() {
    PatternTies byAddress =
        open(signIn, "https://retro.test/admin/patterns/" + total + "?project=p", null, null);
    PatternTies byWords = open(signIn, "Cart total null", null, null);

    assertThat(byAddress.found()).extracting(hit -> hit.pattern().id()).containsExactly(total);
    assertThat(byWords.found()).extracting(hit -> hit.pattern().id()).contains(total);
    assertThat(open(signIn, signIn.value(), null, null).found())
        .extracting(hit -> hit.pattern().id())
        .doesNotContain(signIn);
  }

  @Test
  void findsAnIssueByKeyAddressAndWordsUntilItIsLinked() {
    for (String text :
        new String[] {"v1-sign", "is REFUSED", "http://retro.test/admin/issues/v1-sign-in?x=y"}) {
      assertThat(open(signIn, null, text, null).foundIssues())
          .as(text)
          .extracting(Candidate::key)
          .containsExactly(ISSUE);
    }

    ci.inTransaction(() -> ci.decisions.issue(ci.project, signIn, ISSUE, true, "ann"));

    assertThat(open(signIn, null, "v1-sign", null).foundIssues()).isEmpty();
  }

  @Test
  void suggestsIssuesOfProductionThatAreAlike() {
    ci.inTransaction(
        () ->
            ci.production.linkIssue(ci.project, ISSUE, Signatures.of(CiMemory.refusedElsewhere())));

    assertThat(open(signIn, null, null, null).issues())
        .extracting(Candidate::key)
        .containsExactly(ISSUE);
  }

  @Test
  void tellsWhatWasSaidToBeDifferentOnBothSides() {
    ci.inTransaction(
        () -> {
          ci.decisions.apart(ci.project, signIn, payment, "ann");
          return ci.decisions.issue(ci.project, signIn, ISSUE, false, "bob");
        });

    assertThat(open(signIn, null, null, null).refused())
        .extracting(RefusedTie::otherId)
        .containsExactlyInAnyOrder(payment.value(), ISSUE.value());
    assertThat(open(payment, null, null, null).refused())
        .extracting(RefusedTie::otherId, RefusedTie::isIssue, RefusedTie::decidedBy)
        .containsExactly(tuple(signIn.value(), false, "ann"));
  }

  @Test
  void mergesWithNothingButAnotherPatternOfTheProject() {
    PatternId foreign = new CiMemory().fails("signsIn", CiMemory.refused(1)).pattern();

    assertThat(open(signIn, null, null, total.value()).into().id()).isEqualTo(total);
    assertThat(open(signIn, null, null, signIn.value()).into()).isNull();
    assertThat(open(signIn, null, null, foreign.value()).into()).isNull();
    assertThat(open(signIn, null, null, "no id").into()).isNull();
  }

  private PatternTies open(
      PatternId pattern, @Nullable String like, @Nullable String issue, @Nullable String into) {
    PatternView view = ci.queries.find(ci.project, pattern).orElseThrow();
    return ci.inTransaction(() -> ties.open(ci.project, view, like, issue, into));
  }
}
