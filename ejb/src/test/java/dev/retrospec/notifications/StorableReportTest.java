package dev.retrospec.notifications;

import static dev.retrospec.notifications.RunReports.aReport;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.ids.TestRunId;
import dev.retrospec.notifications.RunReport.FailedTest;
import dev.retrospec.notifications.RunReport.SnapshotLinks;
import dev.retrospec.platform.json.Json;
import org.junit.jupiter.api.Test;

class StorableReportTest {

  @Test
  void secretsAndAddressesAreTakenOut() {
    RunReport stored =
        StorableReport.of(
            aReport()
                .failing(
                    "signs in",
                    "401 for ada@example.com with Authorization: Bearer abcdef1234567890abcdef",
                    "at https://ada:hunter2@db.test/x password=hunter2")
                .analysed("ada@example.com could not sign in")
                .changing("+const me = 'ada@example.com';\n+DB_PASSWORD=hunter2")
                .make());

    assertThat(Json.write(stored))
        .doesNotContain("ada@example.com")
        .doesNotContain("abcdef1234567890abcdef")
        .doesNotContain("hunter2")
        .contains("[email]");
    assertThat(stored.origin().author()).isEqualTo("john@example.com");
  }

  @Test
  void coloursAndWhatCannotBeStoredAreTakenOut() {
    FailedTest test =
        StorableReport.of(
                aReport()
                    .failing(
                        "colours",
                        "\u001B[31mexpected\u001B[0m\r\n\u0000 \uD83D cut \uD83D\uDE80 whole",
                        "\u001B]8;;https://x.test\u0007link\u001B]8;;\u0007")
                    .make())
            .failedTests()
            .get(0);

    assertThat(test.errorMessage()).isEqualTo("expected\n \uFFFD cut \uD83D\uDE80 whole");
    assertThat(test.stackTrace()).isEqualTo("link");
  }

  @Test
  void thousandsOfFailuresAreCutButCounted() {
    RunReports many = aReport();
    for (int i = 0; i < 5_000; i++) {
      many.failing("test " + i, "e".repeat(10_000), "s".repeat(100_000));
    }

    RunReport stored = StorableReport.of(many.make());

    assertThat(stored.failedTests()).hasSize(100);
    assertThat(stored.failedCount()).isEqualTo(5_000);
    assertThat(Json.write(stored).length()).isLessThan(800_000);
  }

  @Test
  void onlyWebAddressesBecomeLinks() {
    RunReport report = aReport().of(TestRunId.mint()).make();
    RunReport stored =
        StorableReport.of(
            new RunReport(
                report.runId(),
                report.outcome(),
                report.origin(),
                null,
                report.failedTests(),
                new SnapshotLinks("javascript:alert(1)", "/etc/passwd", "https://ok.test/a", " "),
                report.similarPatterns(),
                report.recommendedTests(),
                null,
                null,
                "data:text/html,x"));

    assertThat(stored.snapshots())
        .isEqualTo(new SnapshotLinks(null, null, "https://ok.test/a", null));
    assertThat(stored.reportUrl()).isNull();
  }

  @Test
  void doingItTwiceChangesNothing() {
    RunReport once = StorableReport.of(aReport().make());

    assertThat(StorableReport.of(once)).isEqualTo(once);
    assertThat(Json.read(Json.write(once), RunReport.class)).isEqualTo(once);
  }
}
