package dev.retrospec.alerts;

import dev.retrospec.alerts.rules.IssueFacts;
import dev.retrospec.alerts.rules.RuleFilter;
import dev.retrospec.alerts.rules.RuleSettings;
import dev.retrospec.alerts.rules.Threshold;
import dev.retrospec.ids.AlertRuleId;
import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.issues.IssueView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/** Where and how often issues were seen lately. In the caller's transaction. */
@ApplicationScoped
public class IssueSightings {

  /** The latest sessions of an issue say in which releases and environments it is. */
  private static final int LATEST = 200;

  /** Of one look; an application with more issues at once has one problem, not many. */
  private static final int MAX_ISSUES = 500;

  /** A browser's clock, or a recording that came late, may be off by so much. */
  private static final Duration SKEW = Duration.ofDays(1);

  private static final String PLACES =
      """
      select distinct s.release, s.environment
      from (
        select session_id from cluster_session
        where project_id = :project and cluster_key = :key
        order by created_at desc limit :latest) cs
      join session s on s.project_id = :project and s.id = cs.session_id
      """;

  /**
   * For each issue that was seen lately, and is not written down for this window already, one range
   * of an index, of no more rows than the threshold counts; so many sessions may still be fewer
   * users. Those that may have crossed it are then counted for good. What a look costs depends on
   * neither the age of the project nor the size of an issue.
   */
  private static final String CROSSED =
      """
      with seen as materialized (
        select c.key from (
          select key from issue_cluster
          where project_id = :project and promoted_at is not null
            and state not in ('resolved', 'muted') and last_seen_at > :recently
          order by last_seen_at desc limit :maxIssues) c
        where not exists (select from alert_rule_event e
          where e.project_id = :project and e.rule_id = :rule
            and e.event_key = :before || c.key || :after)),
      many as materialized (
        select key from seen
        where (select count(*) from (
          select from %1$s s
          where s.project_id = :project and s.cluster_key = seen.key and s.created_at > :since
          limit :count) one) >= :count)
      select key, counted from (
        select key, (select %2$s::integer from (
          select %3$s from %1$s s
          where s.project_id = :project and s.cluster_key = many.key and s.created_at > :since
          limit :maxCount) one) as counted
        from many) crossed
      where counted >= :count
      order by key
      """;

  /** As they came in, those of sessions that showed the issue long before, too. */
  private static final String MARKERS = "(select * from error_marker where noise is null)";

  /** As they showed the issue first. */
  private static final String SESSIONS = "cluster_session";

  /** An issue with how much of it there was. */
  public record Crossed(ClusterKey key, int counted) {}

  private final Jdbi jdbi;

  @Inject
  public IssueSightings(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected IssueSightings() {
    this(null);
  }

  /** What the rule asks of the issue; places are looked up only where it asks for them. */
  IssueFacts facts(ProjectId project, IssueView issue, RuleSettings rule) {
    RuleFilter filter = rule.filter();
    if (filter == null || (filter.release() == null && filter.environment() == null)) {
      return new IssueFacts(issue, Set.of(), Set.of());
    }
    Set<String> releases = new HashSet<>();
    Set<String> environments = new HashSet<>();
    jdbi.useHandle(
        handle ->
            handle
                .createQuery(PLACES)
                .bind("project", project)
                .bind("key", issue.key())
                .bind("latest", LATEST)
                .mapToMap()
                .forEach(
                    row -> {
                      releases.add(String.valueOf(row.get("release")));
                      environments.add(String.valueOf(row.get("environment")));
                    }));
    return new IssueFacts(issue, releases, environments);
  }

  /**
   * The issues of which there is so much within the window that ends now, without those that the
   * rule has been told of in this window.
   */
  public List<Crossed> crossed(
      ProjectId project, AlertRuleId rule, Threshold threshold, Instant now) {
    String crossed =
        switch (threshold.measure()) {
          case SESSIONS -> CROSSED.formatted(SESSIONS, "count(*)", "");
          case USERS -> CROSSED.formatted(SESSIONS, "count(distinct visitor)", "visitor");
          case MARKERS -> CROSSED.formatted(MARKERS, "count(*)", "");
        };
    CrossingKey written = new CrossingKey(threshold.windowNumber(now));
    Instant since = now.minus(threshold.window());
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(crossed)
                .bind("project", project)
                .bind("rule", rule)
                .bind("before", written.before())
                .bind("after", written.after())
                .bind("since", since)
                .bind("recently", since.minus(SKEW))
                .bind("maxIssues", MAX_ISSUES)
                .bind("maxCount", Threshold.MAX_COUNT)
                .bind("count", threshold.count())
                .map(
                    (row, context) ->
                        new Crossed(new ClusterKey(row.getString("key")), row.getInt("counted")))
                .list());
  }

  /** The issues that a session shows. */
  List<ClusterKey> issuesOf(ProjectId project, SessionId session) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select cs.cluster_key from cluster_session cs
                    join issue_cluster c on c.project_id = cs.project_id and c.key = cs.cluster_key
                    where cs.project_id = :project and cs.session_id = :session
                      and c.promoted_at is not null
                    order by cs.cluster_key limit 20
                    """)
                .bind("project", project)
                .bind("session", session)
                .mapTo(ClusterKey.class)
                .list());
  }
}
