package dev.retrospec.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.ids.PatternId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PatternDataTest {

  private final CiMemory ci = new CiMemory();
  private final PatternData data =
      new PatternData(
          ci.jdbi,
          new ExpiredPatterns(ci.jdbi, ci.patterns, ci.store, ci.words),
          PatternConfig.DEFAULT,
          ci.clock);

  @Test
  void aPatternSeenOnceAndNotAgainForNinetyDaysIsForgotten() {
    PatternId once = ci.fails("showsTheTotal", CiMemory.nullTotal()).pattern();
    ci.clock.pass(Duration.ofDays(90).plusSeconds(1));

    sweep();

    assertThat(ci.queries.find(ci.project, once)).isEmpty();
    assertThat(
            ci.count(
                """
                select (select count(*) from failure_signature where project_id = :project)
                     + (select count(*) from pattern_occurrence where project_id = :project)
                     + (select coalesce(sum(signatures), 0) from signature_term
                        where project_id = :project)
                     + (select coalesce(sum(holders), 0) from pattern_word
                        where project_id = :project)
                """))
        .isZero();
    assertThat(ci.fails("showsTheTotal", CiMemory.nullTotal()).isNew()).isTrue();
  }

  @Test
  void whatWasSeenTwiceOrLatelyOrDecidedStays() {
    PatternId twice = ci.fails("signsIn", CiMemory.refused(1)).pattern();
    ci.fails("signsIn", CiMemory.refused(2));
    PatternId decided = ci.fails("showsTheTotal", CiMemory.nullTotal()).pattern();
    ci.inTransaction(
        () ->
            ci.decisions.decide(
                ci.project,
                decided,
                new PatternDecisions.Change(PatternDecision.KNOWN, null, "ann", null)));
    ci.clock.pass(Duration.ofDays(89));
    PatternId lately = ci.fails("other", CiMemory.unlike(1)).pattern();
    ci.clock.pass(Duration.ofDays(2));

    sweep();

    assertThat(ci.queries.find(ci.project, twice)).isPresent();
    assertThat(ci.queries.find(ci.project, decided)).isPresent();
    assertThat(ci.queries.find(ci.project, lately)).isPresent();
  }

  private void sweep() {
    ci.inTransaction(() -> data.sweep(ci.clock.instant()));
  }
}
