package dev.retrospec.issues.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.PatternId;
import dev.retrospec.ids.TestRunId;
import dev.retrospec.issues.Incidents;
import dev.retrospec.issues.IssuePromoted;
import dev.retrospec.issues.PromotionTrigger;
import dev.retrospec.jobs.JobKind;
import dev.retrospec.jobs.Outbox;
import dev.retrospec.patterns.CiMemory;
import dev.retrospec.patterns.LinkedIssue;
import dev.retrospec.patterns.Occurrence;
import dev.retrospec.sessions.ErrorDetail;
import dev.retrospec.sessions.ObservedMarker;
import dev.retrospec.signatures.FailureText;
import dev.retrospec.testing.LockOrder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IssueRecognitionTest {

  private final Incidents shop = new Incidents();
  private final IssueRecognition recognition =
      new IssueRecognition(
          new IssueFailures(shop.jdbi),
          shop.duplicates,
          shop.tests,
          new Outbox(shop.database, shop.clock, Map.of()).queue);

  @Test
  void aPromotionAsksForIt() {
    shop.database.inTransaction(
        () ->
            recognition.promoted(
                new IssuePromoted(shop.project, new ClusterKey("v1-x"), PromotionTrigger.INGEST)));

    assertThat(
            shop.count(
                "select count(*) from job where project_id = ? and kind = ? and subject = 'v1-x'",
                shop.project,
                JobKind.RECOGNITION.wireName()))
        .isEqualTo(1);
  }

  @Test
  void aTestThatFailsAsAnIssueOfProductionIsLinkedWithIt() {
    ClusterKey key =
        shop.only(shop.visit("s1", "u:ann", shop.exception("m1", "total is undefined")).touched());
    shop.visit("s2", "u:bob", shop.exception("m1", "total is undefined"));
    PatternId pattern =
        shop.inTransaction(
            () ->
                CiMemory.of(shop.database, shop.clock)
                    .remember(
                        shop.project,
                        List.of(
                            new Occurrence(
                                TestRunId.mint(),
                                "showsTheTotal",
                                new FailureText(null, "total is undefined", null),
                                "c0ffee",
                                "main",
                                "ann",
                                List.of(),
                                shop.clock.instant())))
                    .get(0)
                    .pattern());

    List<LinkedIssue> linked = shop.inTransaction(() -> recognition.recognise(shop.project, key));

    assertThat(linked).extracting(LinkedIssue::patternId).containsExactly(pattern);
    assertThat(shop.inTransaction(() -> recognition.recognise(shop.project, key))).hasSize(1);
  }

  @Test
  void aTestIsNotToldOfWhatIsNoIssueYet() {
    ClusterKey key =
        shop.only(shop.visit("s1", "u:ann", shop.exception("m1", "total is undefined")).touched());

    assertThat(shop.inTransaction(() -> recognition.recognise(shop.project, key))).isEmpty();
    assertThat(origins()).containsExactly("observed");

    shop.visit("s2", "u:bob", shop.exception("m1", "total is undefined"));
    shop.inTransaction(() -> recognition.recognise(shop.project, key));
    assertThat(origins()).containsExactly("production");
  }

  /** A run that is being remembered has the memory's lock, and goes on to the stock. */
  @Test
  void nothingIsWrittenOfSignaturesBeforeARunOfTestsIsRemembered() throws Exception {
    ClusterKey key =
        shop.only(shop.visit("s1", "u:ann", shop.exception("m1", "total is undefined")).touched());
    shop.inTransaction(() -> recognition.recognise(shop.project, key));
    shop.visit("s2", "u:bob", shop.exception("m1", "total is undefined"));

    int free =
        LockOrder.freeWhileWaiting(
            shop.database,
            LockOrder.Rows.of(
                "select 1 from pg_advisory_xact_lock(hashtextextended('failure memory ' || ?, 0))",
                shop.project),
            LockOrder.Rows.of(
                "select 1 from signature_stock where project_id = ? for update skip locked",
                shop.project),
            () -> recognition.recognise(shop.project, key));

    assertThat(free).isEqualTo(1);
    assertThat(origins()).containsExactly("production");
  }

  private List<String> origins() {
    return shop
        .rows("select origin from failure_signature where project_id = ?", shop.project)
        .stream()
        .map(row -> (String) row.get("origin"))
        .toList();
  }

  @Test
  void theCauseIsPartOfWhatFailed() {
    ObservedMarker plain = shop.exception("m1", "no basket");
    ErrorDetail wrapped =
        new ErrorDetail(
            "Error",
            "no basket",
            "Error: no basket\n    at load (a.js:1:1)",
            "HttpError: 503",
            null);
    ClusterKey key =
        shop.only(
            shop.visit(
                    "s1",
                    "u:ann",
                    new ObservedMarker(
                        plain.id(),
                        plain.kind(),
                        null,
                        null,
                        plain.label(),
                        null,
                        plain.route(),
                        0,
                        wrapped,
                        null,
                        null,
                        List.of(),
                        shop.clock.instant()))
                .touched());

    assertThat(new IssueFailures(shop.jdbi).of(shop.project, key))
        .map(FailureText::stack)
        .contains("Error: no basket\n    at load (a.js:1:1)\nCaused by: HttpError: 503");
  }

  @Test
  void anIssueThatIsGoneIsForgotten() {
    ClusterKey key = shop.only(shop.visit("s1", "u:ann", shop.exception("m1", "boom")).touched());
    shop.inTransaction(() -> recognition.recognise(shop.project, key));
    shop.jdbi.useHandle(
        handle -> handle.execute("delete from issue_cluster where project_id = ?", shop.project));

    shop.inTransaction(() -> recognition.sweep(shop.clock.instant()));

    assertThat(
            shop.count("select count(*) from failure_signature where project_id = ?", shop.project))
        .isZero();
    assertThat(recognition.deleteRows(shop.project, Set.of()).issueClusters()).isZero();
  }

  @Test
  void issuesFromBeforeTheMemoryAreAskedForOnceAndThenKnown() {
    ClusterKey key = shop.only(shop.visit("s1", "u:ann", shop.exception("m1", "boom")).touched());
    shop.jdbi.useHandle(
        handle ->
            handle.execute(
                "update issue_cluster set promoted_at = now() where project_id = ?", shop.project));

    shop.inTransaction(recognition::askForUnrecognised);
    shop.inTransaction(recognition::askForUnrecognised);

    assertThat(
            shop.count(
                "select count(*) from job where project_id = ? and kind = ? and subject = ?",
                shop.project,
                JobKind.RECOGNITION.wireName(),
                key))
        .isEqualTo(1);

    shop.inTransaction(() -> recognition.recognise(shop.project, key));

    assertThat(new IssueFailures(shop.jdbi).unrecognised(1_000))
        .extracting(IssueFailures.Issue::projectId)
        .doesNotContain(shop.project);
  }
}
