package dev.retrospec.issues.trends;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.issues.ClusterDecisions;
import dev.retrospec.issues.NewInRelease;
import dev.retrospec.platform.failure.InvalidRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** Reads the hourly counts of one issue; they are at most a minute old. */
@ApplicationScoped
public class IssueTrends {

  /** A week and the hour that is not over. */
  public static final int MAX_HOURS = 168;

  private static final int MAX_PARTS = 8;

  private static final String HOURS =
      """
      select hour, sum(sessions)::integer as sessions from cluster_hour
      where project_id = :project and cluster_key = :key and hour >= :from
      group by hour
      """;

  private static final String PARTS =
      """
      select %1$s as name, sum(sessions)::integer as sessions from cluster_hour
      where project_id = :project and cluster_key = :key and hour >= :from
      group by 1 order by 2 desc, 1 limit :limit
      """;

  private static final String NEW_IN =
      "select "
          + NewInRelease.LATEST
          + " from issue_cluster c where c.project_id = :project and c.key = :key and "
          + NewInRelease.CONDITION;

  private final Jdbi jdbi;
  private final ClusterDecisions decisions;
  private final Clock clock;

  @Inject
  public IssueTrends(Jdbi jdbi, ClusterDecisions decisions, Clock clock) {
    this.jdbi = jdbi;
    this.decisions = decisions;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected IssueTrends() {
    this(null, null, null);
  }

  /**
   * The last hours, the current one included; zeros for an issue that nothing is known of.
   *
   * @param hours 1 to {@link #MAX_HOURS}
   */
  public IssueTrend of(ProjectId project, ClusterKey key, int hours) {
    if (hours < 1 || hours > MAX_HOURS) {
      throw new InvalidRequest("hours must be 1 to " + MAX_HOURS);
    }
    ClusterKey current = decisions.current(project, key);
    Instant from =
        clock.instant().truncatedTo(ChronoUnit.HOURS).minus(hours - 1L, ChronoUnit.HOURS);
    return jdbi.withHandle(
        handle ->
            new IssueTrend(
                from,
                hours(handle, project, current, from, hours),
                parts(handle, project, current, from, "release"),
                parts(handle, project, current, from, "browser"),
                newIn(handle, project, current)));
  }

  private static List<Integer> hours(
      Handle handle, ProjectId project, ClusterKey key, Instant from, int hours) {
    List<Integer> sessions = new ArrayList<>(Collections.nCopies(hours, 0));
    handle
        .createQuery(HOURS)
        .bind("project", project)
        .bind("key", key)
        .bind("from", from)
        .map(
            (row, context) -> {
              long place = Duration.between(from, row.getTimestamp("hour").toInstant()).toHours();
              return sessions.set((int) Math.min(hours - 1L, place), row.getInt("sessions"));
            })
        .list();
    return sessions;
  }

  private static List<IssueTrend.Part> parts(
      Handle handle, ProjectId project, ClusterKey key, Instant from, String column) {
    return handle
        .createQuery(PARTS.formatted(column))
        .bind("project", project)
        .bind("key", key)
        .bind("from", from)
        .bind("limit", MAX_PARTS)
        .map(ConstructorMapper.of(IssueTrend.Part.class))
        .list();
  }

  private static @Nullable String newIn(Handle handle, ProjectId project, ClusterKey key) {
    return handle
        .createQuery(NEW_IN)
        .bind("project", project)
        .bind("key", key)
        .mapTo(String.class)
        .findOne()
        .orElse(null);
  }
}
