package dev.retrospec.testruns;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.patterns.FoundAlike;
import dev.retrospec.platform.json.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/**
 * Adds to stored runs what their failures resemble and nobody knew when they came. Only a run's
 * list of similar failures grows: its pattern, its answer and what was told of it stand.
 */
@ApplicationScoped
public class LateMatches {

  private static final String ADD =
      """
      insert into pattern_match
        (project_id, test_run_id, failed_test_id, pattern_id, similarity, why)
      select :project, f.test_run_id, f.id, m.older, m.similarity, cast(m.why as jsonb)
      from unnest(:patterns, :older, :similarities, :whys) as m(pattern, older, similarity, why)
      join failed_test f
        on f.project_id = :project and f.pattern_id = m.pattern and f.pattern_is_new
      on conflict do nothing
      """;

  private final Jdbi jdbi;

  @Inject
  public LateMatches(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected LateMatches() {
    this.jdbi = null;
  }

  /** In the runs in which the new patterns were seen first; again: nothing more happens. */
  @Transactional
  public void found(ProjectId project, List<FoundAlike> alike) {
    if (alike.isEmpty()) {
      return;
    }
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(ADD)
                .bind("project", project)
                .bindArray(
                    "patterns",
                    String.class,
                    alike.stream().map(one -> one.pattern().value()).toList())
                .bindArray(
                    "older", String.class, alike.stream().map(one -> one.older().value()).toList())
                .bindArray(
                    "similarities",
                    Double.class,
                    alike.stream().map(FoundAlike::similarity).toList())
                .bindArray(
                    "whys", String.class, alike.stream().map(one -> Json.write(one.why())).toList())
                .execute());
  }
}
