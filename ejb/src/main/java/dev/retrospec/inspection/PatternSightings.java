package dev.retrospec.inspection;

import dev.retrospec.ids.PatternId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.patterns.DayCount;
import dev.retrospec.patterns.PatternQueries;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * What the pages on patterns read alike: occurrences by day, and the same failure in production.
 */
final class PatternSightings {

  /** How far back the pages look. */
  static final int DAYS = 30;

  private static final String ISSUES =
      """
      select l.pattern_id, k.key, k.symptom, k.state, k.kind, k.route, k.session_count, k.user_count,
        k.last_seen_at, l.similarity, l.linked_by, s.id as representative_session,
        case when s.id is not null then k.representative_marker_id end as representative_marker
      from pattern_issue l
      join issue_cluster k on k.project_id = l.project_id and k.key = l.cluster_key
      left join session s on s.project_id = k.project_id and s.id = k.representative_session_id
      where l.project_id = :project and l.pattern_id = any(:patterns) and k.promoted_at is not null
      order by l.similarity desc, k.key
      """;

  private PatternSightings() {}

  /** The issues of production that are these failures, the most similar first. */
  static Map<PatternId, List<ProductionIssue>> issues(
      Handle handle, ProjectId project, Collection<PatternId> patterns) {
    return handle
        .createQuery(ISSUES)
        .bind("project", project)
        .bindArray("patterns", String.class, patterns.stream().map(PatternId::value).toList())
        .map(ConstructorMapper.of(ProductionIssue.class))
        .stream()
        .collect(Collectors.groupingBy(ProductionIssue::patternId));
  }

  /** Occurrences of each on each of the last {@value #DAYS} days, as every answer counts them. */
  static Map<PatternId, DailyCounts> days(
      PatternQueries queries, ProjectId project, Collection<PatternId> patterns) {
    return queries.byDay(project, patterns, DAYS).entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                days ->
                    new DailyCounts(days.getValue().stream().map(DayCount::occurrences).toList())));
  }
}
