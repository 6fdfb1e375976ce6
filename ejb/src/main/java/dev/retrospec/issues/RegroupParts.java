package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.issues.clustering.RegroupPlan;
import dev.retrospec.sessions.StoredMarker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/**
 * What a regroup run knows of the clusters on its way: how many markers of each have which
 * fingerprint now, and what becomes of them. All methods take part in the caller's transaction.
 */
@ApplicationScoped
public class RegroupParts {

  private static final String COUNT =
      """
      insert into regroup_part as p
        (project_id, run_id, cluster, before, now, markers, label)
      select :project, :id, g.cluster, g.before, g.now, count(*), min(left(g.label, 200))
      from unnest(:clusters, :before, :now, :labels) as g(cluster, before, now, label)
      group by g.cluster, g.before, g.now
      on conflict (project_id, run_id, cluster, before, now) do update
        set markers = p.markers + excluded.markers
      """;

  private static final String PARTS =
      """
      select cluster, before, now, markers, label from regroup_part
      where project_id = :project and run_id = :id order by cluster, before, now
      """;

  private static final String SUCCEED =
      """
      update regroup_part p set successor = s.successor
      from unnest(:clusters, :successors) as s(cluster, successor)
      where p.project_id = :project and p.run_id = :id and p.cluster = s.cluster
      """;

  private static final String PIN =
      """
      insert into cluster_pin (project_id, source_key, session_id, target_key, note)
      select distinct p.project_id, p.now, s.session_id, p.cluster, 'Kept when the rules changed'
      from regroup_part p
      join cluster_session s on s.project_id = p.project_id and s.cluster_key = p.cluster
      where p.project_id = :project and p.run_id = :id and p.cluster = any(:clusters)
        and p.now <> p.cluster
      on conflict do nothing
      """;

  /** The largest first: of several that become one it may give the name and the state. */
  private static final String EMPTIED =
      """
      select p.cluster, max(p.successor) as successor
      from regroup_part p
      join issue_cluster c on c.project_id = p.project_id and c.key = p.cluster
      where p.project_id = :project and p.run_id = :id and p.successor is not null
        and not p.settled and not exists (select from cluster_session s
          where s.project_id = p.project_id and s.cluster_key = p.cluster)
      group by p.cluster order by sum(p.markers) desc, p.cluster limit :most
      """;

  /** It has as many markers as the target had when the run began, and none went there before it. */
  private static final String LEADS =
      """
      select coalesce(sum(markers) filter (where cluster = :cluster), 0)
               >= coalesce(sum(markers) filter (where cluster = :target), 0)
             and not coalesce(bool_or(settled and successor = :target), false)
      from regroup_part where project_id = :project and run_id = :id
      """;

  private final Jdbi jdbi;

  @Inject
  public RegroupParts(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected RegroupParts() {
    this(null);
  }

  /** A cluster that nothing is left of. */
  record Emptied(ClusterKey cluster, ClusterKey successor) {}

  /** Adds markers with their fingerprints by today's rules, in their order. */
  void count(ProjectId project, String id, List<StoredMarker> markers, List<ClusterKey> now) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(COUNT)
                .bind("project", project)
                .bind("id", id)
                .bindArray(
                    "clusters", String.class, markers.stream().map(m -> m.key().value()).toList())
                .bindArray(
                    "before",
                    String.class,
                    markers.stream().map(m -> m.fingerprint().value()).toList())
                .bindArray("now", String.class, now.stream().map(ClusterKey::value).toList())
                .bindArray(
                    "labels", String.class, markers.stream().map(m -> m.marker().label()).toList())
                .execute());
  }

  List<RegroupPlan.Part> of(ProjectId project, String id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(PARTS)
                .bind("project", project)
                .bind("id", id)
                .map(
                    (row, context) -> {
                      // Mostly they are one: a plan has all of a project's clusters in memory.
                      ClusterKey cluster = new ClusterKey(row.getString("cluster"));
                      ClusterKey before = same(cluster, row.getString("before"));
                      return new RegroupPlan.Part(
                          cluster,
                          before,
                          same(before, row.getString("now")),
                          row.getLong("markers"),
                          row.getString("label"));
                    })
                .list());
  }

  private static ClusterKey same(ClusterKey known, String key) {
    return known.value().equals(key) ? known : new ClusterKey(key);
  }

  void successors(ProjectId project, String id, Map<ClusterKey, ClusterKey> successors) {
    List<Map.Entry<ClusterKey, ClusterKey>> each = List.copyOf(successors.entrySet());
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(SUCCEED)
                .bind("project", project)
                .bind("id", id)
                .bindArray(
                    "clusters", String.class, each.stream().map(e -> e.getKey().value()).toList())
                .bindArray(
                    "successors",
                    String.class,
                    each.stream().map(e -> e.getValue().value()).toList())
                .execute());
  }

  /** Clusters of the run that have become empty and are still there. */
  List<Emptied> emptied(ProjectId project, String id, int most) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(EMPTIED)
                .bind("project", project)
                .bind("id", id)
                .bind("most", most)
                .map(
                    (row, context) ->
                        new Emptied(
                            new ClusterKey(row.getString("cluster")),
                            new ClusterKey(row.getString("successor"))))
                .list());
  }

  /** Whether a cluster is the largest of those that become the target, which counts as one. */
  boolean leads(ProjectId project, String id, ClusterKey cluster, ClusterKey target) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(LEADS)
                .bind("project", project)
                .bind("id", id)
                .bind("cluster", cluster)
                .bind("target", target)
                .mapTo(Boolean.class)
                .one());
  }

  /** The cluster has become the target and is not looked at again. */
  void settled(ProjectId project, String id, ClusterKey cluster, ClusterKey target) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    "update regroup_part set successor = :target, settled = true"
                        + " where project_id = :project and run_id = :id and cluster = :cluster")
                .bind("project", project)
                .bind("id", id)
                .bind("cluster", cluster)
                .bind("target", target)
                .execute());
  }

  /** The sessions of these clusters stay there, whatever their fingerprints are by now. */
  void pin(ProjectId project, String id, Set<ClusterKey> clusters) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(PIN)
                .bind("project", project)
                .bind("id", id)
                .bindArray("clusters", String.class, ClusterDecisions.texts(clusters))
                .execute());
  }

  /** What was only needed on the way. */
  void forget(ProjectId project, String id) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    "delete from regroup_part where project_id = :project and run_id = :id")
                .bind("project", project)
                .bind("id", id)
                .execute());
  }

  /** What people and machines decided so far. */
  RegroupPlan.Decisions decisions(ProjectId project, List<ClusterConstraint> constraints) {
    Map<ClusterKey, ClusterKey> aliases = new HashMap<>();
    Map<AliasKind, Set<ClusterKey>> byKind = new EnumMap<>(AliasKind.class);
    jdbi.useHandle(
        handle ->
            handle
                .createQuery(
                    "select source_key, target_key, kind from cluster_alias"
                        + " where project_id = :project")
                .bind("project", project)
                .map(
                    (row, context) -> {
                      ClusterKey source = new ClusterKey(row.getString("source_key"));
                      aliases.put(source, new ClusterKey(row.getString("target_key")));
                      return Map.entry(AliasKind.fromWireName(row.getString("kind")), source);
                    })
                .forEach(
                    each ->
                        byKind
                            .computeIfAbsent(each.getKey(), any -> new HashSet<>())
                            .add(each.getValue())));
    Collection<ClusterKey> splitOff =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        "select distinct target_key from cluster_pin where project_id = :project")
                    .bind("project", project)
                    .mapTo(ClusterKey.class)
                    .list());
    return new RegroupPlan.Decisions(
        aliases,
        byKind.getOrDefault(AliasKind.HAND, Set.of()),
        byKind.getOrDefault(AliasKind.LIKENESS, Set.of()),
        Set.copyOf(splitOff),
        constraints.stream()
            .filter(said -> said.kind() == ConstraintKind.CANNOT_LINK)
            .map(said -> List.of(said.one(), said.other()))
            .toList(),
        constraints.size());
  }
}
