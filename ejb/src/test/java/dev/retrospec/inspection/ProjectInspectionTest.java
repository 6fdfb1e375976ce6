package dev.retrospec.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.platform.config.Settings;
import dev.retrospec.projects.ApiKeys;
import dev.retrospec.projects.RecorderRules;
import dev.retrospec.projects.RecordingPolicy;
import dev.retrospec.projects.RecordingRules;
import dev.retrospec.testing.TestDatabase;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

class ProjectInspectionTest {

  private static final Instant NOW = Instant.parse("2026-03-04T12:00:00Z");

  private final Jdbi jdbi = TestDatabase.get().jdbi();
  private final ProjectInspection projects = projects(Map.of());
  private final StoredRows stored = new StoredRows(NOW);
  private final ProjectId project = stored.project();

  @Test
  void tellsWhenAProjectWasLastSeen() {
    assertThat(projects.open(project).orElseThrow().project().lastSessionAt()).isNull();

    stored.session("s1", 20, 0);
    stored.session("s2", 10, 0);

    assertThat(projects.open(project).orElseThrow().project().lastSessionAt())
        .isEqualTo(NOW.minusSeconds(600));
  }

  @Test
  void listsWorkingKeysBeforeRevokedOnes() {
    jdbi.useHandle(
        handle ->
            handle.execute(
                """
                    insert into api_key (id, project_id, label, scope, key_hash, created_at,
                      revoked_at)
                    values (?, ?, 'old', 'secret', ?, now() - interval '1 day', now()),
                      (?, ?, 'shop', 'ingest', ?, now(), null)
                    """,
                "old-" + project,
                project,
                ("old" + project).getBytes(),
                "new-" + project,
                project,
                ("new" + project).getBytes()));

    ProjectPageView view = projects.open(project).orElseThrow();

    assertThat(view.keys()).extracting(key -> key.label()).containsExactly("shop", "old");
    assertThat(view.project().activeKeys()).isEqualTo(1);
  }

  @Test
  void showsTheRulesThatAreInForce() {
    assertThat(projects.open(project).orElseThrow().rules())
        .returns(true, RecorderRules::enabled)
        .returns(RecordingPolicy.CONTINUOUS, RecorderRules::policy);

    assertThat(projects(Map.of("REPLAY_ENABLED", "false")).open(project).orElseThrow().rules())
        .returns(false, RecorderRules::enabled);
  }

  @Test
  void offersEveryProject() {
    assertThat(projects.choices()).extracting(choice -> choice.id()).contains(project);
    assertThat(projects.list()).extracting(line -> line.id()).contains(project);
    assertThat(projects.open(new ProjectId("proj_nobody"))).isEmpty();
  }

  private ProjectInspection projects(Map<String, String> settings) {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    return new ProjectInspection(
        jdbi,
        new ApiKeys(jdbi, clock),
        new RecordingRules(
            jdbi, clock, Settings.of(name -> Optional.ofNullable(settings.get(name)))));
  }
}
