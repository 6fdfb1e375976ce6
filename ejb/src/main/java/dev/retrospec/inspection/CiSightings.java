package dev.retrospec.inspection;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.PatternId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.inspection.SeenInCi.Sighting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Reads where in CI the failure of an issue was seen. */
final class CiSightings {

  private static final int MAX_PATTERNS = 5;
  private static final int RUNS_OF_A_PATTERN = 5;
  private static final RowMapper<RunLine> RUN = ConstructorMapper.of(RunLine.class);

  private static final String PATTERNS =
      """
      select p.id as pattern_id, p.summary, p.test_name, p.occurrence_count, p.run_count,
        p.first_seen, p.last_seen, p.decision, p.note, l.similarity, l.linked_by
      from pattern_issue l
      join failure_pattern p on p.project_id = l.project_id and p.id = l.pattern_id
      where l.project_id = :project and l.cluster_key = :key
      order by l.similarity desc, p.last_seen desc
      limit :rows
      """;

  private static final String RUNS =
      """
      select o.pattern_id, r.id, r.repository, r.commit_hash, r.branch, r.base_branch, r.author,
        r.status, r.pr_number, r.source, r.duration_ms, r.tests, r.failed, r.flaky, r.skipped,
        r.created_at
      from unnest(:patterns) as p (id)
      cross join lateral (
        select pattern_id, test_run_id, max(seen_at) as seen_at
        from (
          select pattern_id, test_run_id, seen_at
          from pattern_occurrence
          where project_id = :project and pattern_id = p.id
          order by seen_at desc
          limit 200) latest
        group by pattern_id, test_run_id
        order by max(seen_at) desc
        limit :rows) o
      join test_run r on r.project_id = :project and r.id = o.test_run_id
      order by o.seen_at desc
      """;

  private CiSightings() {}

  /** The most similar first; empty when no test failed this way. */
  static List<SeenInCi> of(Handle handle, ProjectId project, ClusterKey key) {
    List<Sighting> sightings =
        handle
            .createQuery(PATTERNS)
            .bind("project", project)
            .bind("key", key)
            .bind("rows", MAX_PATTERNS)
            .map(ConstructorMapper.of(Sighting.class))
            .list();
    if (sightings.isEmpty()) {
      return List.of();
    }
    Map<PatternId, List<RunLine>> runs = new HashMap<>();
    handle
        .createQuery(RUNS)
        .bind("project", project)
        .bindArray(
            "patterns",
            String.class,
            sightings.stream().map(sighting -> sighting.patternId().value()).toList())
        .bind("rows", RUNS_OF_A_PATTERN)
        .map(
            (row, context) ->
                runs.computeIfAbsent(
                        new PatternId(row.getString("pattern_id")), id -> new ArrayList<>())
                    .add(RUN.map(row, context)))
        .list();
    return sightings.stream()
        .map(one -> new SeenInCi(one, runs.getOrDefault(one.patternId(), List.of())))
        .toList();
  }
}
