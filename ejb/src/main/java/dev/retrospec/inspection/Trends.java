package dev.retrospec.inspection;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Reads {@link Trend}s: one index range per issue, bounded by the window. */
final class Trends {

  private static final String SQL =
      """
      select cluster_key,
        least(:buckets - 1,
          floor(extract(epoch from created_at - :from) / :bucketSeconds)::int) as bucket,
        count(*)::int as sessions
      from cluster_session
      where project_id = :project and cluster_key = any(:keys) and created_at >= :from
      group by 1, 2
      """;

  private Trends() {}

  /** A trend for each key, of zeros where nothing was seen. */
  static Map<ClusterKey, Trend> of(
      Handle handle, ProjectId project, Collection<ClusterKey> keys, Instant now) {
    Map<ClusterKey, List<Integer>> sessions = new HashMap<>();
    keys.forEach(key -> sessions.put(key, new ArrayList<>(Collections.nCopies(Trend.BUCKETS, 0))));
    if (!keys.isEmpty()) {
      handle
          .createQuery(SQL)
          .bind("project", project)
          .bind("from", Trend.beginningOf(now))
          .bind("buckets", Trend.BUCKETS)
          .bind("bucketSeconds", Trend.BUCKET.toSeconds())
          .bindArray("keys", String.class, keys.stream().map(ClusterKey::value).toList())
          .map(
              (row, context) ->
                  sessions
                      .get(new ClusterKey(row.getString("cluster_key")))
                      .set(row.getInt("bucket"), row.getInt("sessions")))
          .list();
    }
    Map<ClusterKey, Trend> trends = new HashMap<>();
    sessions.forEach((key, counts) -> trends.put(key, new Trend(counts)));
    return trends;
  }
}
