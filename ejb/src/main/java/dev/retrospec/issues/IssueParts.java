package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Tells what an issue is made of, and what people said of it and others. */
@ApplicationScoped
public class IssueParts {

  /** Some dozens of milliseconds. */
  static final int MAX_READ = 20_000;

  private static final String COUNTS =
      """
      with read as (
        select fingerprint, session_id, label, observed_at from error_marker
        where project_id = :project and cluster_key = :key and noise is null
        order by session_id limit :most)
      select coalesce(p.part, :key) as part, count(*) as markers,
             count(distinct r.session_id)::integer as sessions, max(r.observed_at) as last_at,
             (array_agg(r.label order by r.observed_at desc))[1] as example,
             (select count(*) from read) as read
      from read r
      left join unnest(:fingerprints, :parts) as p(fingerprint, part)
        on p.fingerprint = r.fingerprint
      group by 1
      """;

  private final Jdbi jdbi;
  private final ClusterAliases aliases;
  private final ClusterConstraints constraints;
  private final IssueQueries issues;

  @Inject
  public IssueParts(
      Jdbi jdbi, ClusterAliases aliases, ClusterConstraints constraints, IssueQueries issues) {
    this.jdbi = jdbi;
    this.aliases = aliases;
    this.constraints = constraints;
    this.issues = issues;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected IssueParts() {
    this(null, null, null, null);
  }

  private record Count(
      ClusterKey part,
      long markers,
      int sessions,
      @Nullable Instant lastAt,
      String example,
      long read) {

    static Count none(ClusterKey part) {
      return new Count(part, 0, 0, null, "", 0);
    }
  }

  /**
   * @param cluster that is not part of another one
   */
  public IssuePartsView of(ProjectId project, ClusterKey cluster) {
    List<ClusterAlias> leading = aliases.of(project, cluster);
    Map<ClusterKey, Set<ClusterKey>> keys = PartKeys.of(leading);
    Map<ClusterKey, Count> counts = keys.isEmpty() ? Map.of() : counts(project, cluster, keys);
    Count own = counts.getOrDefault(cluster, Count.none(cluster));
    return new IssuePartsView(
        leading.stream()
            .filter(alias -> keys.containsKey(alias.key()))
            .map(alias -> part(alias, counts.getOrDefault(alias.key(), Count.none(alias.key()))))
            .toList(),
        own.markers(),
        own.sessions(),
        counts.values().stream().anyMatch(count -> count.read() >= MAX_READ),
        said(project, cluster, leading));
  }

  private static IssuePart part(ClusterAlias alias, Count count) {
    return new IssuePart(alias, count.markers(), count.sessions(), count.lastAt(), count.example());
  }

  private Map<ClusterKey, Count> counts(
      ProjectId project, ClusterKey cluster, Map<ClusterKey, Set<ClusterKey>> keys) {
    List<String> fingerprints = new ArrayList<>();
    List<String> parts = new ArrayList<>();
    keys.forEach(
        (part, all) ->
            all.forEach(
                key -> {
                  fingerprints.add(key.value());
                  parts.add(part.value());
                }));
    Map<ClusterKey, Count> counts = new HashMap<>();
    jdbi.useHandle(
        handle ->
            handle
                .createQuery(COUNTS)
                .bind("project", project)
                .bind("key", cluster)
                .bind("most", MAX_READ)
                .bindArray("fingerprints", String.class, fingerprints)
                .bindArray("parts", String.class, parts)
                .map(
                    (row, context) -> {
                      Timestamp last = row.getTimestamp("last_at");
                      return new Count(
                          new ClusterKey(row.getString("part")),
                          row.getLong("markers"),
                          row.getInt("sessions"),
                          last == null ? null : last.toInstant(),
                          row.getString("example"),
                          row.getLong("read"));
                    })
                .forEach(count -> counts.put(count.part(), count)));
    return counts;
  }

  /** That a part was merged stands with the part. */
  private List<IssuePartsView.Said> said(
      ProjectId project, ClusterKey cluster, List<ClusterAlias> leading) {
    Set<ClusterKey> inside = new HashSet<>(Set.of(cluster));
    leading.forEach(alias -> inside.add(alias.key()));
    List<ClusterConstraint> outward =
        constraints.of(project, cluster).stream()
            .filter(one -> !(inside.contains(one.one()) && inside.contains(one.other())))
            .toList();
    Map<ClusterKey, IssueView> known =
        issues.find(project, outward.stream().map(one -> other(inside, one)).toList());
    return outward.stream()
        .map(
            one -> {
              ClusterKey other = other(inside, one);
              return new IssuePartsView.Said(one, other, known.get(other));
            })
        .toList();
  }

  private static ClusterKey other(Set<ClusterKey> inside, ClusterConstraint said) {
    return inside.contains(said.one()) ? said.other() : said.one();
  }
}
