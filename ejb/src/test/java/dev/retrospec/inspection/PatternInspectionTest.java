package dev.retrospec.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.PatternId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.TestRunId;
import dev.retrospec.inspection.PatternPageView.OccurrenceLine;
import dev.retrospec.inspection.PatternPageView.TestShare;
import dev.retrospec.issues.ClusterDecisions;
import dev.retrospec.issues.ClusterSessionFilter;
import dev.retrospec.issues.IssueQueries;
import dev.retrospec.patterns.DayCount;
import dev.retrospec.patterns.PatternLinks;
import dev.retrospec.patterns.PatternQueries;
import dev.retrospec.testing.TestDatabase;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PatternInspectionTest {

  private static final Instant NOW = Instant.parse("2026-03-04T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final long DAY = 24 * 60;

  private final StoredRows rows = new StoredRows(NOW);
  private final ProjectId project = rows.project();
  private final StoredCi stored = new StoredCi(project, NOW);

  private final Jdbi jdbi = TestDatabase.get().jdbi();
  private final PatternQueries queries = new PatternQueries(jdbi, new PatternLinks(jdbi), CLOCK);
  private final PatternInspection patterns = new PatternInspection(jdbi, queries);

  private TestRunId run;
  private PatternId pattern;

  @BeforeEach
  void aPatternThatTwoTestsHave() {
    run = stored.run("feature", "failed", 0, 10);
    pattern = stored.pattern("card is null", 10);
    long known = stored.test("BasketTest.adds");
    assertThat(known).isPositive();
    stored.occurrence(pattern, run, "BasketTest.adds", 10);
    stored.occurrence(pattern, TestRunId.mint(), "BasketTest.adds", 3 * DAY);
    stored.occurrence(pattern, TestRunId.mint(), "PayTest.pays", 40 * DAY);
  }

  @Test
  void drawsTheLastThirtyDays() {
    DailyCounts days = open().days();

    assertThat(days.days()).hasSize(30).endsWith(1);
    assertThat(days.total()).isEqualTo(2);
  }

  @Test
  void countsDaysAsTheApiDoes() {
    stored.occurrence(pattern, TestRunId.mint(), "PayTest.pays", 13 * 60);

    List<Integer> days = open().days().days();

    assertThat(days.subList(26, 30))
        .as("13 hours before noon is yesterday")
        .containsExactly(1, 0, 1, 1);
    assertThat(queries.byDay(project, pattern, 30))
        .extracting(DayCount::occurrences)
        .isEqualTo(days);
  }

  @Test
  void namesTheTestsThatFailSo() {
    assertThat(open().tests())
        .containsExactly(
            new TestShare("BasketTest.adds", stored.test("BasketTest.adds"), 2),
            new TestShare("PayTest.pays", null, 1));
  }

  @Test
  void knowsWhichRunsAreStillThere() {
    List<OccurrenceLine> occurrences = open().occurrences();

    assertThat(occurrences)
        .extracting(OccurrenceLine::isStored)
        .containsExactly(true, false, false);
    assertThat(occurrences.get(0).prNumber()).isEqualTo(7);
  }

  @Test
  void leadsToTheIssueOfProductionAndItsReplay() {
    rows.session("s1", 5, 1);
    rows.issue("gift", "open", 5);
    stored.link(pattern, "gift", 0.9);

    ProductionIssue issue = open().issues().get(0);

    assertThat(issue.symptom()).isEqualTo("Broken gift");
    assertThat(issue.representativeSession().value()).isEqualTo("s1");
  }

  @Test
  void theIssueSaysWhereInCiItWasSeen() {
    rows.issue("gift", "open", 5);
    stored.link(pattern, "gift", 0.9);
    stored.decide(pattern, "known");

    List<SeenInCi> seen =
        new IssueInspection(jdbi, new IssueQueries(jdbi, new ClusterDecisions(jdbi), CLOCK), CLOCK)
            .open(project, new ClusterKey("gift"), ClusterSessionFilter.ALL)
            .orElseThrow()
            .seenInCi();

    assertThat(seen).hasSize(1);
    assertThat(seen.get(0).sighting().decision()).isEqualTo("known");
    assertThat(seen.get(0).runs()).extracting(RunLine::id).containsExactly(run);
    assertThat(seen.get(0).runs().get(0).pullRequestUrl())
        .isEqualTo("https://github.com/tea/shop/pull/7");
  }

  @Test
  void anotherProjectHasNoSuchPattern() {
    assertThat(patterns.open(TestDatabase.get().newProject(), pattern)).isEmpty();
  }

  private PatternPageView open() {
    return patterns.open(project, pattern).orElseThrow();
  }
}
