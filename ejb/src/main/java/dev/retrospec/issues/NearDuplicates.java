package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.issues.clustering.LikenessDecision;
import dev.retrospec.issues.clustering.LikenessPolicy;
import dev.retrospec.sessions.MarkerKind;
import dev.retrospec.signatures.FailureSignature;
import dev.retrospec.signatures.store.Holding;
import dev.retrospec.signatures.store.Match;
import dev.retrospec.signatures.store.Origin;
import dev.retrospec.signatures.store.Search;
import dev.retrospec.signatures.store.SignatureStore;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Compares a new cluster with those that are there, once, and makes it part of the one that it
 * looks like. One comparison at a time in a project, so that two new clusters at the same moment
 * see each other. What the page groups by a fingerprint of its own is no part of it. All methods
 * take part in the caller's transaction.
 */
@ApplicationScoped
public class NearDuplicates {

  /** More than these are never nearly alike. */
  private static final int MAX_CANDIDATES = 8;

  /** Below the policy's least score, so that what is nearly as good is seen too. */
  private static final double SEARCHED = LikenessPolicy.LEAST_SCORE - 0.05;

  /** Before any lock of counts, and before what is written of signatures. */
  private static final String LOCK =
      "select 1 from pg_advisory_xact_lock(hashtextextended('likeness of ' || :project, 0))";

  private static final String STANDING =
      """
      select kind, compared_at is not null as compared, promoted_at is not null as issue,
             coalesce((select m.client_fingerprint <> '[]' from error_marker m
               where m.project_id = c.project_id and m.cluster_key = c.key limit 1), false) as named
      from issue_cluster c where project_id = :project and key = :key
        and not exists (select from cluster_alias a
          where a.project_id = c.project_id and a.source_key = c.key)
      """;

  /**
   * Of those that the page has not named by a fingerprint of its own, and that the new one is not
   * made of: they are about to go, or what falls apart would be joined again.
   */
  private static final String KINDS =
      """
      select key, kind from issue_cluster c where project_id = :project and key = any(:keys)
        and not coalesce((select m.client_fingerprint <> '[]' from error_marker m
          where m.project_id = c.project_id and m.cluster_key = c.key limit 1), false)
        and not coalesce((select c.key = any(n.made_from) from issue_cluster n
          where n.project_id = c.project_id and n.key = :new), false)
      """;

  private static final String COMPARED =
      """
      update issue_cluster set compared_at = :now
      where project_id = :project and key = :key and compared_at is null
      """;

  private final Jdbi jdbi;
  private final SignatureStore store;
  private final ClusterConstraints constraints;
  private final ClusterCounts counts;
  private final ClusterUnion union;
  private final MeterRegistry meters;
  private final Clock clock;

  @Inject
  public NearDuplicates(
      Jdbi jdbi,
      SignatureStore store,
      ClusterConstraints constraints,
      ClusterCounts counts,
      ClusterUnion union,
      MeterRegistry meters,
      Clock clock) {
    this.jdbi = jdbi;
    this.store = store;
    this.constraints = constraints;
    this.counts = counts;
    this.union = union;
    this.meters = meters;
    this.clock = clock;
  }

  /** For the container's proxy. */
  @SuppressWarnings("NullAway")
  protected NearDuplicates() {
    this(null, null, null, null, null, null, null);
  }

  /** What a cluster is after the comparison. */
  public enum Outcome {
    /** There is no such cluster any more, or it is part of another one. */
    GONE,
    /** It has just become part of another one. */
    JOINED,
    /** A cluster of its own, which is remembered now. */
    CLUSTER,
    /** An issue. */
    ISSUE
  }

  private record Standing(MarkerKind kind, boolean compared, boolean issue, boolean named) {}

  /**
   * Compares; a cluster that was compared before stays what it is. Takes some milliseconds, however
   * many clusters there are: candidates come from an index of rare calls and words.
   */
  public Outcome compare(ProjectId project, ClusterKey key, FailureSignature failure) {
    jdbi.useHandle(
        handle -> handle.createQuery(LOCK).bind("project", project).mapTo(Integer.class).one());
    Standing standing = standing(project, key);
    if (standing == null) {
      return Outcome.GONE;
    }
    if (!standing.compared()) {
      LikenessDecision decision =
          LikenessPolicy.decide(standing.kind(), failure, candidates(project, key, failure));
      if (!standing.named()
          && decision instanceof LikenessDecision.Join join
          && joined(project, key, join)) {
        return Outcome.JOINED;
      }
      jdbi.useHandle(
          handle ->
              handle
                  .createUpdate(COMPARED)
                  .bind("project", project)
                  .bind("key", key)
                  .bind("now", clock.instant())
                  .execute());
    }
    if (standing.issue()) {
      store.remove(project, Origin.OBSERVED, List.of(key.value()));
      return Outcome.ISSUE;
    }
    store.put(project, new Holding(Origin.OBSERVED, key.value(), failure, clock.instant()));
    return Outcome.CLUSTER;
  }

  private List<LikenessPolicy.Candidate> candidates(
      ProjectId project, ClusterKey key, FailureSignature failure) {
    // What joined an issue before it was one is remembered beside it: no rival of its own issue.
    Collection<Match> matches =
        store
            .similar(
                project,
                failure,
                Search.of(Set.of(Origin.PRODUCTION, Origin.OBSERVED), SEARCHED, MAX_CANDIDATES))
            .stream()
            .filter(match -> !match.ownerId().equals(key.value()))
            .collect(
                Collectors.toMap(
                    Match::ownerId,
                    match -> match,
                    BinaryOperator.maxBy(
                        Comparator.comparingDouble(match -> match.similarity().raw())),
                    LinkedHashMap::new))
            .values();
    if (matches.isEmpty()) {
      return List.of();
    }
    List<ClusterKey> owners =
        matches.stream().map(match -> new ClusterKey(match.ownerId())).toList();
    Map<ClusterKey, MarkerKind> kinds = kinds(project, key, owners);
    Set<ClusterKey> refused = constraints.refused(project, key, owners);
    return matches.stream()
        .filter(match -> kinds.containsKey(new ClusterKey(match.ownerId())))
        .map(
            match -> {
              ClusterKey owner = new ClusterKey(match.ownerId());
              return new LikenessPolicy.Candidate(
                  owner, kinds.get(owner), match.similarity(), refused.contains(owner));
            })
        .toList();
  }

  /** The clusters may have changed until the lock was there. */
  private boolean joined(ProjectId project, ClusterKey key, LikenessDecision.Join join) {
    counts.lock();
    boolean still =
        standing(project, key) != null
            && standing(project, join.key()) != null
            && constraints.refused(project, key, List.of(join.key())).isEmpty();
    if (still) {
      union.unite(project, Set.of(key), join.key(), AliasOrigin.likeness(join.similarity()));
      meters.counter("retrospec.clusters.joined").increment();
    }
    return still;
  }

  private @Nullable Standing standing(ProjectId project, ClusterKey key) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(STANDING)
                .bind("project", project)
                .bind("key", key)
                .map(
                    (row, context) ->
                        new Standing(
                            MarkerKind.fromWireName(row.getString("kind")),
                            row.getBoolean("compared"),
                            row.getBoolean("issue"),
                            row.getBoolean("named")))
                .findOne()
                .orElse(null));
  }

  private Map<ClusterKey, MarkerKind> kinds(
      ProjectId project, ClusterKey key, List<ClusterKey> keys) {
    Map<ClusterKey, MarkerKind> kinds = new HashMap<>();
    jdbi.useHandle(
        handle ->
            handle
                .createQuery(KINDS)
                .bind("project", project)
                .bind("new", key)
                .bindArray("keys", String.class, ClusterDecisions.texts(keys))
                .map(
                    (row, context) ->
                        Map.entry(
                            new ClusterKey(row.getString("key")),
                            MarkerKind.fromWireName(row.getString("kind"))))
                .forEach(each -> kinds.put(each.getKey(), each.getValue())));
    return kinds;
  }
}
