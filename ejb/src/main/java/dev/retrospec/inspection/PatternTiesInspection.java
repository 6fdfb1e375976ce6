package dev.retrospec.inspection;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.PatternId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.inspection.PatternTies.Candidate;
import dev.retrospec.inspection.PatternTies.FoundPattern;
import dev.retrospec.inspection.PatternTies.RefusedTie;
import dev.retrospec.issues.IssueQueries;
import dev.retrospec.issues.IssueView;
import dev.retrospec.patterns.LinkedIssue;
import dev.retrospec.patterns.PatternNeighbours;
import dev.retrospec.patterns.PatternQueries;
import dev.retrospec.patterns.PatternSearch;
import dev.retrospec.patterns.PatternView;
import dev.retrospec.patterns.SimilarIssue;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** Reads what a pattern is tied to, or may be. */
@ApplicationScoped
public class PatternTiesInspection {

  private static final int FOUND = 8;

  /** Who searches by words looks for what is related. */
  private static final double LEAST_ALIKE = 0.1;

  private static final Pattern PATTERN_ID =
      Pattern.compile("[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}");

  private static final String CANDIDATES =
      """
      select key, symptom, state, kind, route, user_count, session_count, last_seen_at,
        cast(null as float8) as similarity
      from issue_cluster
      where project_id = :project and key = any(:keys) and promoted_at is not null
      """;

  /** Of two patterns either may have been named first. */
  private static final String REFUSED =
      """
      select r.other_kind = 'issue' as is_issue, r.other_id, coalesce(p.summary, k.symptom) as name,
        r.decided_by, r.decided_at
      from (
        select other_kind, other_id, decided_by, decided_at from pattern_link_rule
        where project_id = :project and pattern_id = :pattern and not same
        union all
        select 'pattern', pattern_id, decided_by, decided_at from pattern_link_rule
        where project_id = :project and other_kind = 'pattern' and other_id = :pattern
          and not same) r
      left join failure_pattern p on r.other_kind = 'pattern' and p.project_id = :project
        and p.id = r.other_id
      left join issue_cluster k on r.other_kind = 'issue' and k.project_id = :project
        and k.key = r.other_id
      where p.id is not null or k.key is not null
      order by r.decided_at desc, r.other_id
      limit 50
      """;

  private final Jdbi jdbi;
  private final PatternQueries patterns;
  private final PatternNeighbours neighbours;
  private final PatternSearch search;
  private final IssueQueries issues;

  @Inject
  public PatternTiesInspection(
      Jdbi jdbi,
      PatternQueries patterns,
      PatternNeighbours neighbours,
      PatternSearch search,
      IssueQueries issues) {
    this.jdbi = jdbi;
    this.patterns = patterns;
    this.neighbours = neighbours;
    this.search = search;
    this.issues = issues;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected PatternTiesInspection() {
    this(null, null, null, null, null);
  }

  /**
   * @param like id, address or words of another pattern; null when none is looked for
   * @param issue key, address or words of an issue; null when none is looked for
   * @param into id of the pattern that this one may be merged with
   */
  public PatternTies open(
      ProjectId project,
      PatternView pattern,
      @Nullable String like,
      @Nullable String issue,
      @Nullable String into) {
    PatternNeighbours.Neighbours near = neighbours.of(project, pattern);
    return new PatternTies(
        near.patterns(),
        like == null ? null : found(project, pattern, like),
        candidates(project, near.issues()),
        issue == null ? null : foundIssues(project, pattern, issue),
        refused(project, pattern.id()),
        into == null ? null : named(project, pattern, into).orElse(null));
  }

  private List<FoundPattern> found(ProjectId project, PatternView pattern, String like) {
    Optional<PatternView> named = named(project, pattern, like);
    if (named.isPresent()) {
      return List.of(new FoundPattern(named.get(), null));
    }
    return search.search(project, like, FOUND, LEAST_ALIKE).stream()
        .filter(hit -> !hit.id().equals(pattern.id()))
        .map(hit -> new FoundPattern(hit.pattern(), hit.similarity()))
        .toList();
  }

  /** The other pattern whose id stands in the text. */
  private Optional<PatternView> named(ProjectId project, PatternView pattern, String text) {
    Matcher id = PATTERN_ID.matcher(text);
    return id.find()
        ? patterns
            .find(project, new PatternId(id.group()))
            .filter(other -> !other.id().equals(pattern.id()))
        : Optional.empty();
  }

  private List<Candidate> candidates(ProjectId project, List<SimilarIssue> similar) {
    Map<ClusterKey, Candidate> known = byKey(project, similar);
    return similar.stream()
        .filter(one -> known.containsKey(one.key()))
        .map(one -> with(known.get(one.key()), one.similarity()))
        .toList();
  }

  private Map<ClusterKey, Candidate> byKey(ProjectId project, List<SimilarIssue> similar) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(CANDIDATES)
                .bind("project", project)
                .bindArray(
                    "keys", String.class, similar.stream().map(one -> one.key().value()).toList())
                .map(ConstructorMapper.of(Candidate.class))
                .stream()
                .collect(Collectors.toMap(Candidate::key, Function.identity())));
  }

  private static Candidate with(Candidate issue, double similarity) {
    return new Candidate(
        issue.key(),
        issue.symptom(),
        issue.state(),
        issue.kind(),
        issue.route(),
        issue.userCount(),
        issue.sessionCount(),
        issue.lastSeenAt(),
        similarity);
  }

  private List<Candidate> foundIssues(ProjectId project, PatternView pattern, String text) {
    Set<ClusterKey> linked =
        patterns.issues(project, pattern.id()).stream()
            .map(LinkedIssue::clusterKey)
            .collect(Collectors.toSet());
    return IssueSearch.find(issues, project, text, linked).stream()
        .map(PatternTiesInspection::candidate)
        .toList();
  }

  private static Candidate candidate(IssueView issue) {
    return new Candidate(
        issue.key(),
        issue.symptom(),
        issue.state().wireName(),
        issue.kind().wireName(),
        issue.route(),
        issue.userCount(),
        issue.sessionCount(),
        issue.lastSeenAt(),
        null);
  }

  private List<RefusedTie> refused(ProjectId project, PatternId pattern) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(REFUSED)
                .bind("project", project)
                .bind("pattern", pattern)
                .map(ConstructorMapper.of(RefusedTie.class))
                .list());
  }
}
