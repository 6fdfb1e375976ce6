package dev.retrospec.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.testing.TestDatabase;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProjectInspectionTest {

  private static final Instant NOW = Instant.parse("2026-03-04T12:00:00Z");

  private final ProjectInspection projects = new ProjectInspection(TestDatabase.get().jdbi());
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
    TestDatabase.get()
        .jdbi()
        .useHandle(
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
  void showsTheDefaultRulesOfAProjectWithoutOwnOnes() {
    assertThat(projects.open(project).orElseThrow().rules().policy()).isEqualTo("continuous");
  }

  @Test
  void offersEveryProject() {
    assertThat(projects.choices()).extracting(choice -> choice.id()).contains(project);
    assertThat(projects.list()).extracting(line -> line.id()).contains(project);
    assertThat(projects.open(new ProjectId("proj_nobody"))).isEmpty();
  }
}
