package dev.retrospec.issues.trends;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.sessions.MarkerKind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Reads the hourly counts of a project; as old as those of its clusters, a minute mostly. */
@ApplicationScoped
public class ProjectTrends {

  /** As long as hours are kept. */
  public static final int MAX_HOURS = (int) ClusterHours.KEPT.toHours();

  /** More colours nobody can tell apart. */
  public static final int MAX_SERIES = 6;

  private static final String HOURS =
      """
      with counted as (
        select hour, %s as name, sum(sessions) as sessions from project_hour
        where project_id = :project and hour >= :from
          and (cast(:kind as text) is null or kind = :kind)
        group by 1, 2),
      ranked as (
        select name, row_number() over (order by sum(sessions) desc, name) as place
        from counted group by name having sum(sessions) > 0)
      select least(place, :series + 1)::integer as place, hour,
             case when place <= :series then name end as name, sum(sessions)::integer as sessions
      from counted join ranked using (name) group by 1, 2, 3
      """;

  private final Jdbi jdbi;
  private final Clock clock;

  @Inject
  public ProjectTrends(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected ProjectTrends() {
    this(null, null);
  }

  private record Cell(int place, @Nullable String name, int hour, int sessions) {}

  /**
   * The last hours, the current one included.
   *
   * @param hours 1 to {@link #MAX_HOURS}
   * @param kind null: all
   */
  public ProjectTrend of(ProjectId project, int hours, TrendBy by, @Nullable MarkerKind kind) {
    if (hours < 1 || hours > MAX_HOURS) {
      throw new InvalidRequest("hours must be 1 to " + MAX_HOURS);
    }
    Instant from =
        clock.instant().truncatedTo(ChronoUnit.HOURS).minus(hours - 1L, ChronoUnit.HOURS);
    List<Integer> all = zeros(hours);
    Map<Integer, String> names = new TreeMap<>();
    Map<Integer, List<Integer>> counts = new HashMap<>();
    for (Cell cell : cells(project, from, by, kind)) {
      int hour = Math.min(hours - 1, cell.hour());
      all.set(hour, all.get(hour) + cell.sessions());
      if (cell.name() != null) {
        names.put(cell.place(), cell.name());
        counts.computeIfAbsent(cell.place(), place -> zeros(hours)).set(hour, cell.sessions());
      }
    }
    List<ProjectTrend.Series> series = new ArrayList<>();
    names.forEach(
        (place, name) ->
            series.add(new ProjectTrend.Series(name, counts.getOrDefault(place, List.of()))));
    return new ProjectTrend(from, all, series);
  }

  private List<Cell> cells(ProjectId project, Instant from, TrendBy by, @Nullable MarkerKind kind) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(HOURS.formatted(by.wireName()))
                .bind("project", project)
                .bind("from", from)
                .bind("kind", kind == null ? null : kind.wireName())
                .bind("series", MAX_SERIES)
                .map(
                    (row, context) ->
                        new Cell(
                            row.getInt("place"),
                            row.getString("name"),
                            (int)
                                Duration.between(from, row.getTimestamp("hour").toInstant())
                                    .toHours(),
                            row.getInt("sessions")))
                .list());
  }

  private static List<Integer> zeros(int hours) {
    return new ArrayList<>(Collections.nCopies(hours, 0));
  }
}
