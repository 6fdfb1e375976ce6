package dev.retrospec.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.ids.PatternId;
import org.junit.jupiter.api.Test;

class OutdatedPatternsTest {

  private final CiMemory ci = new CiMemory();
  private final OutdatedPatterns renewal = new OutdatedPatterns(ci.jdbi, ci.patterns, ci.store);

  @Test
  void aPatternFromBeforeTheRulesChangedIsKnownByTodaysHashAgain() {
    PatternId pattern = ci.fails("signsIn", CiMemory.refused(1)).pattern();
    String today = hash();
    ci.jdbi.useHandle(
        handle ->
            handle.execute(
                "update failure_signature set version = 0, exact_hash = 'of old rules'"
                    + " where project_id = ?",
                ci.project));

    renewAll();

    assertThat(hash()).isEqualTo(today);
    assertThat(ci.fails("signsIn", CiMemory.refused(2)).pattern()).isEqualTo(pattern);
    assertThat(ci.count("select count(*) from failure_signature where project_id = :project"))
        .isEqualTo(2);
  }

  @Test
  void againNothingMoreHappens() {
    ci.fails("signsIn", CiMemory.refused(1));

    renewAll();

    assertThat(ci.inTransaction(renewal::renewSome)).isZero();
    assertThat(ci.count("select count(*) from failure_signature where project_id = :project"))
        .isEqualTo(1);
  }

  /** Other tests' projects may hold outdated patterns too. */
  private void renewAll() {
    int renewed;
    do {
      renewed = ci.inTransaction(renewal::renewSome);
    } while (renewed > 0);
  }

  private String hash() {
    return ci.jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select exact_hash from failure_signature where project_id = :project"
                        + " and version > 0")
                .bind("project", ci.project)
                .mapTo(String.class)
                .one());
  }
}
