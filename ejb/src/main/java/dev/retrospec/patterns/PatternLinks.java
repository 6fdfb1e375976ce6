package dev.retrospec.patterns;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.PatternId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.platform.json.Json;
import dev.retrospec.signatures.Calibration;
import dev.retrospec.signatures.Judged;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/**
 * Which patterns and issues are one, and what people said about it. In the caller's transaction.
 */
@ApplicationScoped
public class PatternLinks {

  /** The latest judgements tell most; more would not move the calibration. */
  private static final int MAX_JUDGED = 2_000;

  /** What people refused stays refused. */
  private static final String LINK =
      """
      insert into pattern_issue (project_id, pattern_id, cluster_key, similarity, linked_by, linked_at)
      select :project, g.pattern, g.issue, g.similarity, g.by, :now
      from jsonb_to_recordset(cast(:links as jsonb))
        as g(pattern text, issue text, similarity float8, by text)
      where exists (
          select from failure_pattern p where p.project_id = :project and p.id = g.pattern)
        and not exists (
          select from pattern_link_rule r
          where r.project_id = :project and r.pattern_id = g.pattern and r.other_kind = 'issue'
            and r.other_id = g.issue and not r.same)
      on conflict (project_id, pattern_id, cluster_key) do update
        set similarity = excluded.similarity, linked_by = excluded.linked_by,
            linked_at = excluded.linked_at
        where pattern_issue.linked_by = 'match' and excluded.linked_by <> 'match'
      """;

  private static final String COLUMNS =
      "select pattern_id, cluster_key, similarity, linked_by, linked_at from pattern_issue ";

  private static final String RULE =
      """
      insert into pattern_link_rule
        (project_id, pattern_id, other_kind, other_id, same, raw, decided_by, decided_at)
      values (:project, :pattern, :kind, :other, :same, :raw, :by, :now)
      on conflict (project_id, pattern_id, other_kind, other_id) do update
        set same = excluded.same, raw = coalesce(excluded.raw, pattern_link_rule.raw),
            decided_by = excluded.decided_by, decided_at = excluded.decided_at
      """;

  /** Of two patterns either may have been named first. */
  private static final String TAKE_BACK =
      """
      delete from pattern_link_rule
      where project_id = :project and other_kind = :kind and not same
        and (pattern_id = :pattern and other_id = :other
          or other_kind = 'pattern' and pattern_id = :other and other_id = :pattern)
      """;

  private static final String REFUSED =
      """
      select pattern_id, other_kind = 'issue' as is_issue, other_id, decided_by, decided_at
      from pattern_link_rule
      where project_id = :project and pattern_id = any(:patterns) and not same
      union all
      select other_id, false, pattern_id, decided_by, decided_at
      from pattern_link_rule
      where project_id = :project and other_kind = 'pattern' and other_id = any(:patterns)
        and not same
      order by decided_at desc, other_id
      """;

  private final Jdbi jdbi;

  @Inject
  public PatternLinks(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected PatternLinks() {
    this(null);
  }

  /**
   * To be written.
   *
   * @param by {@link LinkedIssue#BY_MATCH} or a person
   */
  record Link(String pattern, String issue, double similarity, String by) {}

  /** What a rule is about: another pattern or an issue. */
  enum Other {
    PATTERN,
    ISSUE
  }

  void link(ProjectId project, Collection<Link> links, Instant now) {
    if (links.isEmpty()) {
      return;
    }
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(LINK)
                .bind("project", project)
                .bind("links", Json.write(links))
                .bind("now", now)
                .execute());
  }

  void unlink(ProjectId project, PatternId pattern, ClusterKey issue) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    "delete from pattern_issue where project_id = :project"
                        + " and pattern_id = :pattern and cluster_key = :issue")
                .bind("project", project)
                .bind("pattern", pattern)
                .bind("issue", issue)
                .execute());
  }

  /** Links of these patterns, the most similar first. */
  List<LinkedIssue> ofPatterns(ProjectId project, Collection<PatternId> patterns) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    COLUMNS
                        + "where project_id = :project and pattern_id = any(:patterns)"
                        + " order by similarity desc, linked_at desc, cluster_key")
                .bind("project", project)
                .bindArray(
                    "patterns", String.class, patterns.stream().map(PatternId::value).toList())
                .map(ConstructorMapper.of(LinkedIssue.class))
                .list());
  }

  /** Links of an issue, the most similar first. */
  List<LinkedIssue> ofIssue(ProjectId project, ClusterKey issue) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    COLUMNS
                        + "where project_id = :project and cluster_key = :issue"
                        + " order by similarity desc, linked_at desc, pattern_id limit 100")
                .bind("project", project)
                .bind("issue", issue)
                .map(ConstructorMapper.of(LinkedIssue.class))
                .list());
  }

  /** The issues are gone. */
  void forget(ProjectId project, Collection<ClusterKey> issues) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    "delete from pattern_issue where project_id = :project"
                        + " and cluster_key = any(:issues)")
                .bind("project", project)
                .bindArray("issues", String.class, keys(issues))
                .execute());
  }

  /** What was said of the sources holds of the target. */
  void moveIssues(ProjectId project, Collection<ClusterKey> sources, ClusterKey target) {
    jdbi.useHandle(
        handle -> {
          handle
              .createUpdate(
                  """
                  insert into pattern_issue
                    (project_id, pattern_id, cluster_key, similarity, linked_by, linked_at)
                  select distinct on (pattern_id)
                         project_id, pattern_id, :target, similarity, linked_by, linked_at
                  from pattern_issue
                  where project_id = :project and cluster_key = any(:sources)
                  order by pattern_id, similarity desc
                  on conflict (project_id, pattern_id, cluster_key) do nothing
                  """)
              .bind("project", project)
              .bind("target", target)
              .bindArray("sources", String.class, keys(sources))
              .execute();
          handle
              .createUpdate(
                  "delete from pattern_issue where project_id = :project"
                      + " and cluster_key = any(:sources)")
              .bind("project", project)
              .bindArray("sources", String.class, keys(sources))
              .execute();
          moveRules(handle, project, sources, target);
        });
  }

  /** What was said of the target itself counts before what was said of its parts. */
  private static void moveRules(
      Handle handle, ProjectId project, Collection<ClusterKey> sources, ClusterKey target) {
    handle
        .createUpdate(
            """
            with said as (
              delete from pattern_link_rule
              where project_id = :project and other_kind = 'issue' and other_id = any(:sources)
              returning *)
            insert into pattern_link_rule
              (project_id, pattern_id, other_kind, other_id, same, raw, decided_by, decided_at)
            select distinct on (pattern_id)
                   project_id, pattern_id, other_kind, :target, same, raw, decided_by, decided_at
            from said order by pattern_id, decided_at desc
            on conflict (project_id, pattern_id, other_kind, other_id) do nothing
            """)
        .bind("project", project)
        .bind("target", target)
        .bindArray("sources", String.class, keys(sources))
        .execute();
  }

  void rule(
      ProjectId project,
      PatternId pattern,
      Other kind,
      String other,
      boolean same,
      @Nullable Double raw,
      String by,
      Instant now) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(RULE)
                .bind("project", project)
                .bind("pattern", pattern)
                .bind("kind", kind == Other.ISSUE ? "issue" : "pattern")
                .bind("other", other)
                .bind("same", same)
                .bind("raw", raw)
                .bind("by", by)
                .bind("now", now)
                .execute());
  }

  /** Nobody says any more whether the two are the same. */
  void takeBack(ProjectId project, PatternId pattern, Other kind, String other) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(TAKE_BACK)
                .bind("project", project)
                .bind("pattern", pattern)
                .bind("kind", kind == Other.ISSUE ? "issue" : "pattern")
                .bind("other", other)
                .execute());
  }

  /** What people said is not the same as these patterns, the latest first. */
  List<Refused> refused(ProjectId project, Collection<PatternId> patterns) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(REFUSED)
                .bind("project", project)
                .bindArray(
                    "patterns", String.class, patterns.stream().map(PatternId::value).toList())
                .map(ConstructorMapper.of(Refused.class))
                .list());
  }

  /** The pattern that has taken this one over. */
  Optional<PatternId> successor(ProjectId project, PatternId merged) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select pattern_id from pattern_link_rule where project_id = :project"
                        + " and other_kind = 'pattern' and other_id = :merged and same"
                        + " order by decided_at desc limit 1")
                .bind("project", project)
                .bind("merged", merged)
                .mapTo(PatternId.class)
                .findFirst());
  }

  /** The project's own, from what people said about pairs. */
  Calibration calibration(ProjectId project) {
    return Calibration.fitted(
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        "select raw, same from pattern_link_rule where project_id = :project"
                            + " and raw is not null order by decided_at desc limit :most")
                    .bind("project", project)
                    .bind("most", MAX_JUDGED)
                    .map((row, context) -> new Judged(row.getDouble(1), row.getBoolean(2)))
                    .list()));
  }

  private static List<String> keys(Collection<ClusterKey> issues) {
    return issues.stream().map(ClusterKey::value).sorted().toList();
  }
}
