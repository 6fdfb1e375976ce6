package dev.retrospec.inspection;

import dev.retrospec.ids.PatternId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.inspection.PatternListView.Row;
import dev.retrospec.patterns.PatternDecision;
import dev.retrospec.patterns.PatternFilter;
import dev.retrospec.patterns.PatternHit;
import dev.retrospec.patterns.PatternQueries;
import dev.retrospec.patterns.PatternSearch;
import dev.retrospec.patterns.PatternView;
import dev.retrospec.platform.paging.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Reads the page that lists a project's patterns, or searches them. */
@ApplicationScoped
public class PatternListInspection {

  private static final String COUNTS =
      """
      select coalesce(decision, :undecided) as decision, count(*) as patterns
      from failure_pattern where project_id = :project group by 1
      """;

  private final Jdbi jdbi;
  private final PatternQueries patterns;
  private final PatternSearch search;

  @Inject
  public PatternListInspection(Jdbi jdbi, PatternQueries patterns, PatternSearch search) {
    this.jdbi = jdbi;
    this.patterns = patterns;
    this.search = search;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected PatternListInspection() {
    this(null, null, null);
  }

  /** A piece of the list, those seen last first. */
  public PatternListView list(ProjectId project, PatternFilter filter) {
    Page<PatternView> page = patterns.list(project, filter);
    return view(project, page.items(), Map.of(), page.nextCursor());
  }

  /**
   * What resembles the words, the most similar first, in one piece.
   *
   * @param decision one of {@link PatternDecision}, {@link PatternFilter#UNDECIDED}, or null for
   *     all
   * @param threshold 0 to 1
   */
  public PatternListView search(
      ProjectId project, String words, @Nullable String decision, int limit, double threshold) {
    List<PatternHit> hits =
        search.search(project, words, limit, threshold).stream()
            .filter(hit -> decision == null || decision.equals(decisionOf(hit.pattern())))
            .toList();
    return view(
        project,
        hits.stream().map(PatternHit::pattern).toList(),
        hits.stream().collect(Collectors.toMap(PatternHit::id, PatternHit::similarity)),
        null);
  }

  private static String decisionOf(PatternView pattern) {
    return pattern.decision() == null ? PatternFilter.UNDECIDED : pattern.decision().wireName();
  }

  private PatternListView view(
      ProjectId project,
      List<PatternView> found,
      Map<PatternId, Double> similarities,
      @Nullable String nextCursor) {
    List<PatternId> ids = found.stream().map(PatternView::id).toList();
    return jdbi.withHandle(
        handle -> {
          Map<PatternId, DailyCounts> days = PatternSightings.days(patterns, project, ids);
          Map<PatternId, List<ProductionIssue>> issues =
              PatternSightings.issues(handle, project, ids);
          return new PatternListView(
              found.stream()
                  .map(
                      pattern ->
                          new Row(
                              pattern,
                              days.get(pattern.id()),
                              similarities.get(pattern.id()),
                              issues.getOrDefault(pattern.id(), List.of()).stream()
                                  .findFirst()
                                  .orElse(null)))
                  .toList(),
              counts(handle, project),
              nextCursor);
        });
  }

  private static Map<String, Long> counts(Handle handle, ProjectId project) {
    Map<String, Long> counts = new HashMap<>();
    counts.put(PatternFilter.UNDECIDED, 0L);
    for (PatternDecision decision : PatternDecision.values()) {
      counts.put(decision.wireName(), 0L);
    }
    handle
        .createQuery(COUNTS)
        .bind("project", project)
        .bind("undecided", PatternFilter.UNDECIDED)
        .map((row, context) -> counts.put(row.getString("decision"), row.getLong("patterns")))
        .list();
    return counts;
  }
}
