package dev.retrospec.patterns;

import dev.retrospec.ids.PatternId;
import dev.retrospec.ids.ProjectId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** What decisions change in the patterns' rows. In the caller's transaction. */
@ApplicationScoped
public class DecidedPatterns {

  private static final String DECIDE =
      """
      update failure_pattern set
        decision = :decision, decided_by = :by, decided_at = :now,
        note = case when cast(:note as text) is null then note else nullif(:note, '') end,
        version = version + 1
      where project_id = :project and id = :id
        and (cast(:version as integer) is null or version = :version)
      """;

  /** A run counts once even if both were seen in it. */
  private static final List<String> MERGE =
      List.of(
          """
          update pattern_occurrence set pattern_id = :target
          where project_id = :project and pattern_id = :source
          """,
          """
          insert into pattern_issue
            (project_id, pattern_id, cluster_key, similarity, linked_by, linked_at)
          select project_id, :target, cluster_key, similarity, linked_by, linked_at
          from pattern_issue i where project_id = :project and pattern_id = :source
            and not exists (
              select from pattern_link_rule r
              where r.project_id = :project and r.pattern_id = :target
                and r.other_kind = 'issue' and r.other_id = i.cluster_key and not r.same)
          on conflict (project_id, pattern_id, cluster_key) do nothing
          """,
          """
          update failure_pattern t set
            occurrence_count = t.occurrence_count + s.occurrence_count,
            run_count = greatest(t.run_count, s.run_count, (
              select count(distinct o.test_run_id) from pattern_occurrence o
              where o.project_id = :project and o.pattern_id = :target)),
            first_seen = least(t.first_seen, s.first_seen),
            last_seen = greatest(t.last_seen, s.last_seen),
            branches = array(
              select distinct on (u.label) u.label
              from unnest(t.branches || s.branches) as u(label) limit 50),
            authors = array(
              select distinct on (u.label) u.label
              from unnest(t.authors || s.authors) as u(label) limit 50),
            affected_files = array(
              select distinct on (u.label) u.label
              from unnest(t.affected_files || s.affected_files) as u(label) limit 100),
            decision = coalesce(t.decision, s.decision),
            decided_by = case when t.decision is null then s.decided_by else t.decided_by end,
            decided_at = case when t.decision is null then s.decided_at else t.decided_at end,
            note = coalesce(t.note, s.note),
            version = t.version + 1
          from failure_pattern s
          where t.project_id = :project and t.id = :target
            and s.project_id = :project and s.id = :source
          """,
          """
          delete from pattern_link_rule
          where project_id = :project and pattern_id = :source
            and other_kind = 'pattern' and other_id = :target
          """,
          """
          update pattern_link_rule r set pattern_id = :target
          where project_id = :project and pattern_id = :source
            and not exists (
              select from pattern_link_rule t
              where t.project_id = :project and t.pattern_id = :target
                and t.other_kind = r.other_kind and t.other_id = r.other_id)
            and not exists (
              select from pattern_issue i
              where i.project_id = :project and i.pattern_id = :target and not r.same
                and r.other_kind = 'issue' and r.other_id = i.cluster_key)
          """,
          """
          update pattern_link_rule r set other_id = :target
          where project_id = :project and other_kind = 'pattern' and other_id = :source
            and pattern_id <> :target
            and not exists (
              select from pattern_link_rule t
              where t.project_id = :project and t.pattern_id = r.pattern_id
                and t.other_kind = 'pattern' and t.other_id = :target)
          """,
          """
          update pattern_word w set holders = greatest(0, holders - 1)
          where w.project_id = :project and w.word in (
            select unnest(words) from failure_pattern where project_id = :project and id = :source)
          """,
          "delete from failure_pattern where project_id = :project and id = :source");

  private final Jdbi jdbi;

  @Inject
  public DecidedPatterns(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected DecidedPatterns() {
    this(null);
  }

  /** False when the stored version is another one. */
  boolean decide(
      ProjectId project, PatternId pattern, PatternDecisions.Change change, Instant now) {
    PatternDecision decision = change.decision();
    return jdbi.withHandle(
            handle ->
                handle
                    .createUpdate(DECIDE)
                    .bind("project", project)
                    .bind("id", pattern)
                    .bind("decision", decision == null ? null : decision.wireName())
                    .bind("by", change.by())
                    .bind("note", change.note())
                    .bind("version", change.expectedVersion())
                    .bind("now", now)
                    .execute())
        == 1;
  }

  /** Keeps others from changing it until the transaction ends; empty when it is gone. */
  Optional<Integer> lockedVersion(ProjectId project, PatternId pattern) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select version from failure_pattern"
                        + " where project_id = :project and id = :id for update")
                .bind("project", project)
                .bind("id", pattern)
                .mapTo(Integer.class)
                .findOne());
  }

  /** What was said of the target stands; where nothing was, what was said of the source does. */
  void merge(ProjectId project, PatternId source, PatternId target) {
    jdbi.useHandle(
        handle -> {
          for (String sql : MERGE) {
            handle
                .createUpdate(sql)
                .bind("project", project)
                .bind("source", source)
                .bind("target", target)
                .execute();
          }
        });
  }
}
