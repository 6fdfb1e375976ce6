package dev.retrospec.patterns;

import dev.retrospec.ids.PatternId;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.platform.paging.Cursor;
import dev.retrospec.platform.paging.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.Query;

/** Reads patterns and where they occurred. */
@ApplicationScoped
public class PatternQueries {

  /** A year and a day: the same day last year is in it. */
  public static final int MAX_DAYS = 366;

  private static final int MAX_OCCURRENCES = 500;

  private static final String BY_DAY =
      """
      select pattern_id, cast(seen_at at time zone 'UTC' as date) as day,
             count(*)::integer as occurrences, count(distinct test_run_id)::integer as runs
      from pattern_occurrence
      where project_id = :project and pattern_id = any(:patterns) and seen_at >= :since
      group by 1, 2
      """;

  private static final String OCCURRENCES =
      """
      select test_run_id, test_name, commit_hash, branch, author, similarity, seen_at
      from pattern_occurrence
      where project_id = :project and pattern_id = :pattern
      order by seen_at desc, test_run_id, test_name limit :limit
      """;

  private final Jdbi jdbi;
  private final PatternLinks links;
  private final Clock clock;

  @Inject
  public PatternQueries(Jdbi jdbi, PatternLinks links, Clock clock) {
    this.jdbi = jdbi;
    this.links = links;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected PatternQueries() {
    this(null, null, null);
  }

  /** A piece of the list, those seen last first. */
  public Page<PatternView> list(ProjectId project, PatternFilter filter) {
    StringBuilder sql =
        new StringBuilder("select")
            .append(PatternRows.COLUMNS)
            .append("from failure_pattern p where p.project_id = :project");
    if (filter.text() != null) {
      sql.append(" and p.words @> :words");
    }
    if (filter.decision() != null) {
      sql.append(
          filter.decision().equals(PatternFilter.UNDECIDED)
              ? " and p.decision is null"
              : " and p.decision = :decision");
    }
    if (filter.testName() != null) {
      sql.append(" and p.test_name = :test");
    }
    if (filter.branch() != null) {
      sql.append(" and :branch = any(p.branches)");
    }
    if (filter.after() != null) {
      sql.append(" and (p.last_seen, p.id) < (:afterTime, :afterId)");
    }
    sql.append(" order by p.last_seen desc, p.id desc limit :limit");
    List<PatternView> rows =
        jdbi.withHandle(
            handle ->
                bound(handle.createQuery(sql), project, filter).map(PatternRows::view).list());
    return Page.of(
        rows, filter.limit(), last -> new Cursor(last.lastSeen(), last.id().value()).encoded());
  }

  private static Query bound(Query query, ProjectId project, PatternFilter filter) {
    query.bind("project", project).bind("limit", filter.limit() + 1);
    if (filter.text() != null) {
      List<Integer> words = new ArrayList<>();
      // A beginning finds more than a whole word, and who types is rarely at its end.
      SearchWords.of(filter.text()).stream()
          .filter(word -> SearchWords.isStem(word) || SearchWords.stem(word).equals(word))
          .forEach(word -> words.add(SearchWords.id(project, word)));
      query.bindArray("words", Integer.class, words);
    }
    if (filter.decision() != null && !filter.decision().equals(PatternFilter.UNDECIDED)) {
      query.bind("decision", filter.decision());
    }
    if (filter.testName() != null) {
      query.bind("test", filter.testName());
    }
    if (filter.branch() != null) {
      query.bind("branch", filter.branch());
    }
    Cursor after = filter.after();
    if (after != null) {
      query.bind("afterTime", after.at()).bind("afterId", after.id());
    }
    return query;
  }

  public Optional<PatternView> find(ProjectId project, PatternId pattern) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select"
                        + PatternRows.COLUMNS
                        + "from failure_pattern p where p.project_id = :project and p.id = :id")
                .bind("project", project)
                .bind("id", pattern)
                .map(PatternRows::view)
                .findOne());
  }

  /**
   * Each of the last days, by UTC, today included and those without an occurrence too, in their
   * order.
   *
   * @throws InvalidRequest when {@code days} is not between 1 and {@value #MAX_DAYS}
   */
  public List<DayCount> byDay(ProjectId project, PatternId pattern, int days) {
    return byDay(project, List.of(pattern), days).get(pattern);
  }

  /**
   * The same for several.
   *
   * @return the days of each of them
   */
  public Map<PatternId, List<DayCount>> byDay(
      ProjectId project, Collection<PatternId> patterns, int days) {
    if (days < 1 || days > MAX_DAYS) {
      throw new InvalidRequest("days must be between 1 and " + MAX_DAYS);
    }
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    LocalDate first = today.minusDays(days - 1L);
    Map<PatternId, Map<LocalDate, DayCount>> counts = new HashMap<>();
    patterns.forEach(pattern -> counts.put(pattern, new HashMap<>()));
    jdbi.useHandle(
        handle ->
            handle
                .createQuery(BY_DAY)
                .bind("project", project)
                .bindArray(
                    "patterns", String.class, patterns.stream().map(PatternId::value).toList())
                .bind("since", first.atStartOfDay(ZoneOffset.UTC).toInstant())
                .map(
                    (row, context) -> {
                      LocalDate day = row.getObject("day", LocalDate.class);
                      DayCount count =
                          new DayCount(day, row.getInt("occurrences"), row.getInt("runs"));
                      return counts.get(new PatternId(row.getString("pattern_id"))).put(day, count);
                    })
                .forEach(ignored -> {}));
    Map<PatternId, List<DayCount>> all = new HashMap<>();
    counts.forEach(
        (pattern, counted) ->
            all.put(
                pattern,
                first
                    .datesUntil(today.plusDays(1))
                    .map(day -> counted.getOrDefault(day, new DayCount(day, 0, 0)))
                    .toList()));
    return all;
  }

  /**
   * The latest occurrences.
   *
   * @throws InvalidRequest when {@code limit} is not between 1 and {@value #MAX_OCCURRENCES}
   */
  public List<OccurrenceView> occurrences(ProjectId project, PatternId pattern, int limit) {
    if (limit < 1 || limit > MAX_OCCURRENCES) {
      throw new InvalidRequest("limit must be between 1 and " + MAX_OCCURRENCES);
    }
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(OCCURRENCES)
                .bind("project", project)
                .bind("pattern", pattern)
                .bind("limit", limit)
                .map(ConstructorMapper.of(OccurrenceView.class))
                .list());
  }

  /** The pattern that has taken this one over; empty when none has. */
  public Optional<PatternId> successor(ProjectId project, PatternId merged) {
    return links.successor(project, merged);
  }

  /** What people said is another failure than this pattern, the latest first. */
  public List<Refused> refused(ProjectId project, PatternId pattern) {
    return links.refused(project, List.of(pattern));
  }

  /** Issues of production that are this failure, the most similar first. */
  public List<LinkedIssue> issues(ProjectId project, PatternId pattern) {
    return links.ofPatterns(project, List.of(pattern));
  }
}
