package dev.retrospec.issues.clustering;

import dev.retrospec.ids.ClusterKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Where clusters go when their markers are grouped anew. What people said comes before the rules: a
 * cluster that was split off by hand stays, what was merged by hand stays together, and two that
 * were said to be different do not become one: then the smaller one keeps its key. What was found
 * alike stays together unless its new key is known.
 */
public final class RegroupPlan {

  /**
   * Markers of a cluster that share what they were and what they are.
   *
   * @param cluster where they are
   * @param before their fingerprint so far; the cluster's key where none was kept
   * @param now their fingerprint by today's rules
   * @param label of one of them
   */
  public record Part(
      ClusterKey cluster, ClusterKey before, ClusterKey now, long markers, String label) {}

  /**
   * What was decided so far.
   *
   * @param aliases from a key to where it leads
   * @param byHand those of the aliases' keys that somebody merged
   * @param byLikeness those that were found alike
   * @param splitOff clusters that people split off
   * @param apart pairs of keys that somebody said are not one
   * @param constraints how many constraints there are of both kinds
   */
  public record Decisions(
      Map<ClusterKey, ClusterKey> aliases,
      Set<ClusterKey> byHand,
      Set<ClusterKey> byLikeness,
      Set<ClusterKey> splitOff,
      List<List<ClusterKey>> apart,
      int constraints) {

    ClusterKey resolve(ClusterKey key) {
      return aliases.getOrDefault(key, key);
    }
  }

  private final List<Part> parts;
  private final Decisions decided;
  private final Map<ClusterKey, List<Part>> byCluster = new TreeMap<>(BY_VALUE);
  private final Map<ClusterKey, ClusterKey> successors = new LinkedHashMap<>();
  private final Map<ClusterKey, ClusterKey> merged = new LinkedHashMap<>();
  private final Map<ClusterKey, ClusterKey> alike = new LinkedHashMap<>();
  private final Set<ClusterKey> staying = new LinkedHashSet<>();

  private static final Comparator<ClusterKey> BY_VALUE = Comparator.comparing(ClusterKey::value);

  private RegroupPlan(Collection<Part> parts, Decisions decided) {
    this.parts = List.copyOf(parts);
    this.decided = decided;
  }

  /** Deterministic: the same parts and decisions give the same plan. */
  public static RegroupPlan of(Collection<Part> parts, Decisions decided) {
    RegroupPlan plan = new RegroupPlan(parts, decided);
    parts.forEach(
        part -> plan.byCluster.computeIfAbsent(part.cluster(), any -> new ArrayList<>()).add(part));
    plan.byCluster.keySet().forEach(plan::succeed);
    plan.keepMerged();
    plan.keepAlike();
    plan.keepApart();
    return plan;
  }

  /** Where each cluster's name, state and links go: to its largest part. Only those that change. */
  public Map<ClusterKey, ClusterKey> successors() {
    Map<ClusterKey, ClusterKey> changed = new LinkedHashMap<>();
    successors.forEach(
        (cluster, ignored) -> {
          ClusterKey to = successor(cluster);
          if (!to.equals(cluster)) {
            changed.put(cluster, to);
          }
        });
    return changed;
  }

  /** Keys that lead elsewhere because their markers were part of what was merged or found alike. */
  public Map<ClusterKey, ClusterKey> merged() {
    return Map.copyOf(merged);
  }

  /** Those of them that were found alike, with the key that was. */
  public Map<ClusterKey, ClusterKey> alike() {
    return Map.copyOf(alike);
  }

  /** Clusters that keep their key because somebody said that they are not one with others. */
  public Set<ClusterKey> staying() {
    return Set.copyOf(staying);
  }

  private ClusterKey successor(ClusterKey cluster) {
    return staying.contains(cluster) || decided.splitOff().contains(cluster)
        ? cluster
        : lead(successors.getOrDefault(cluster, cluster));
  }

  private ClusterKey lead(ClusterKey key) {
    return merged.getOrDefault(decided.resolve(key), decided.resolve(key));
  }

  /** The largest part of its own markers; where none is known to be its own, of all. */
  private void succeed(ClusterKey cluster) {
    Map<ClusterKey, Long> own = new TreeMap<>(BY_VALUE);
    Map<ClusterKey, Long> all = new TreeMap<>(BY_VALUE);
    for (Part part : byCluster.get(cluster)) {
      all.merge(part.now(), part.markers(), Long::sum);
      if (part.before().equals(cluster)) {
        own.merge(part.now(), part.markers(), Long::sum);
      }
    }
    successors.put(cluster, largest(own.isEmpty() ? all : own));
  }

  private static ClusterKey largest(Map<ClusterKey, Long> sizes) {
    ClusterKey largest = sizes.keySet().iterator().next();
    for (Map.Entry<ClusterKey, Long> each : sizes.entrySet()) {
      if (each.getValue() > sizes.getOrDefault(largest, 0L)) {
        largest = each.getKey();
      }
    }
    return largest;
  }

  /**
   * Where it is not known which markers of a cluster came by a merge, all of them stay together.
   */
  private void keepMerged() {
    Set<ClusterKey> targets = new LinkedHashSet<>();
    decided.byHand().forEach(key -> targets.add(decided.resolve(key)));
    for (Part part : parts) {
      boolean together =
          decided.byHand().contains(part.before())
              || part.before().equals(part.cluster()) && targets.contains(part.cluster());
      if (!together || part.now().equals(part.before())) {
        continue;
      }
      ClusterKey from = decided.resolve(part.now());
      ClusterKey to = lead(successors.getOrDefault(part.cluster(), part.cluster()));
      if (!from.equals(to) && !decided.splitOff().contains(part.cluster())) {
        merged.replaceAll((key, target) -> target.equals(from) ? to : target);
        merged.put(from, to);
      }
    }
  }

  /**
   * What was found alike stays one where nothing else has its new key: otherwise one issue would be
   * two until they are compared. A key that others have, too, is a failure of its own.
   */
  private void keepAlike() {
    Map<ClusterKey, Set<ClusterKey>> places = new HashMap<>();
    for (Part part : parts) {
      places
          .computeIfAbsent(part.now(), any -> new HashSet<>())
          .add(isAlike(part) ? part.cluster() : part.now());
    }
    for (Part part : parts) {
      ClusterKey now = part.now();
      ClusterKey to = lead(successors.getOrDefault(part.cluster(), part.cluster()));
      boolean own =
          byCluster.containsKey(now)
              || decided.aliases().containsKey(now)
              || merged.containsKey(now)
              || !places.get(now).equals(Set.of(part.cluster()));
      if (isAlike(part)
          && !own
          && !now.equals(to)
          && !decided.splitOff().contains(part.cluster())) {
        merged.put(now, to);
        alike.put(now, part.before());
      }
    }
  }

  private boolean isAlike(Part part) {
    return !part.now().equals(part.before())
        && decided.byLikeness().contains(part.before())
        && decided.resolve(part.before()).equals(part.cluster());
  }

  private void keepApart() {
    for (List<ClusterKey> pair : decided.apart()) {
      ClusterKey one = decided.resolve(pair.get(0));
      ClusterKey other = decided.resolve(pair.get(1));
      if (!one.equals(other)
          && byCluster.containsKey(one)
          && byCluster.containsKey(other)
          && successor(one).equals(successor(other))) {
        staying.add(size(one) < size(other) ? one : other);
      }
    }
  }

  private long size(ClusterKey cluster) {
    return byCluster.get(cluster).stream().mapToLong(Part::markers).sum();
  }

  private ClusterKey target(Part part) {
    boolean stays =
        part.now().equals(part.before())
            || staying.contains(part.cluster())
            || decided.splitOff().contains(part.cluster());
    return stays ? part.cluster() : lead(part.now());
  }

  /** In words and numbers. */
  public RegroupReport report() {
    Map<ClusterKey, Map<ClusterKey, Long>> from = new TreeMap<>(BY_VALUE);
    Map<ClusterKey, String> examples = new TreeMap<>(BY_VALUE);
    List<RegroupReport.FallApart> apart = new ArrayList<>();
    long moved = 0;
    int renamed = 0;
    for (Map.Entry<ClusterKey, List<Part>> each : byCluster.entrySet()) {
      Map<ClusterKey, Long> into = new TreeMap<>(BY_VALUE);
      for (Part part : each.getValue()) {
        ClusterKey target = target(part);
        into.merge(target, part.markers(), Long::sum);
        examples.putIfAbsent(target, part.label());
        moved += target.equals(part.cluster()) ? 0 : part.markers();
      }
      into.forEach(
          (target, markers) ->
              from.computeIfAbsent(target, any -> new TreeMap<>(BY_VALUE))
                  .put(each.getKey(), markers));
      if (into.size() > 1) {
        apart.add(
            new RegroupReport.FallApart(
                each.getKey(),
                sum(into),
                into.entrySet().stream()
                    .sorted(Map.Entry.<ClusterKey, Long>comparingByValue().reversed())
                    .limit(RegroupReport.MAX_LISTED)
                    .map(
                        piece ->
                            new RegroupReport.Piece(
                                piece.getKey(),
                                piece.getValue(),
                                examples.getOrDefault(piece.getKey(), "")))
                    .toList()));
      } else if (!into.containsKey(each.getKey())) {
        renamed++;
      }
    }
    List<RegroupReport.Join> joins =
        from.entrySet().stream()
            .filter(each -> each.getValue().size() > 1)
            .map(
                each ->
                    new RegroupReport.Join(
                        each.getKey(),
                        sum(each.getValue()),
                        each.getValue().size(),
                        List.copyOf(each.getValue().keySet()),
                        examples.getOrDefault(each.getKey(), "")))
            .sorted(Comparator.comparingLong((RegroupReport.Join join) -> -join.markers()))
            .toList();
    apart.sort(Comparator.comparingLong(one -> -one.markers()));
    return new RegroupReport(
        parts.stream().mapToLong(Part::markers).sum(),
        byCluster.size(),
        from.size(),
        moved,
        renamed,
        joins.size(),
        joins.stream().limit(RegroupReport.MAX_LISTED).toList(),
        apart.size(),
        apart.stream().limit(RegroupReport.MAX_LISTED).toList(),
        decided.constraints(),
        staying.stream().sorted(BY_VALUE).toList());
  }

  private static long sum(Map<ClusterKey, Long> sizes) {
    return sizes.values().stream().mapToLong(Long::longValue).sum();
  }
}
