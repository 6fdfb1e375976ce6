package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Which keys go with which part of a cluster when it is taken out. */
final class PartKeys {

  private PartKeys() {}

  /**
   * The parts of a cluster, and to each its own key and those that came to the cluster by way of
   * it, in the order of the aliases. Older names of a failure are no parts.
   */
  static Map<ClusterKey, Set<ClusterKey>> of(Collection<ClusterAlias> aliases) {
    Map<ClusterKey, Set<ClusterKey>> parts = new LinkedHashMap<>();
    for (ClusterAlias part : aliases) {
      if (part.kind() != AliasKind.REGROUP) {
        Set<ClusterKey> keys = new LinkedHashSet<>(Set.of(part.key()));
        while (keys.addAll(
            aliases.stream()
                .filter(alias -> keys.contains(alias.joined()))
                .map(ClusterAlias::key)
                .toList())) {
          // until nothing else leads to one of them
        }
        parts.put(part.key(), keys);
      }
    }
    return parts;
  }
}
