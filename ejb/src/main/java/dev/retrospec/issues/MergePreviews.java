package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/** Says what clusters would be together, before somebody merges them. */
@ApplicationScoped
public class MergePreviews {

  private static final String TOGETHER =
      """
      select count(distinct session_id)::integer as sessions,
             count(distinct visitor)::integer as users,
             coalesce(sum(marker_count), 0) as markers
      from cluster_session where project_id = :project and cluster_key = any(:keys)
      """;

  private final Jdbi jdbi;
  private final ClusterConstraints constraints;

  @Inject
  public MergePreviews(Jdbi jdbi, ClusterConstraints constraints) {
    this.jdbi = jdbi;
    this.constraints = constraints;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected MergePreviews() {
    this(null, null);
  }

  /** Of clusters that are not part of another one; as slow as they have sessions. */
  public MergePreview of(ProjectId project, Collection<ClusterKey> clusters) {
    List<ClusterConstraint> disputed = disputed(project, clusters);
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(TOGETHER)
                .bind("project", project)
                .bindArray("keys", String.class, ClusterDecisions.texts(clusters))
                .map(
                    (row, context) ->
                        new MergePreview(
                            row.getInt("sessions"),
                            row.getInt("users"),
                            row.getLong("markers"),
                            disputed))
                .one());
  }

  /** What was said of one of them and again of another one was said of the two. */
  private List<ClusterConstraint> disputed(ProjectId project, Collection<ClusterKey> clusters) {
    Set<ClusterConstraint> said = new LinkedHashSet<>();
    List<ClusterConstraint> between = new ArrayList<>();
    for (ClusterKey cluster : new LinkedHashSet<>(clusters)) {
      for (ClusterConstraint one : new LinkedHashSet<>(constraints.of(project, cluster))) {
        if (one.kind() == ConstraintKind.CANNOT_LINK && !said.add(one)) {
          between.add(one);
        }
      }
    }
    return between;
  }
}
