package dev.retrospec.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.ids.ClusterKey;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PartKeysTest {

  @Test
  void whatCameByWayOfAPartGoesWithItAndIsAPartItself() {
    List<ClusterAlias> aliases =
        List.of(
            alias("b", "whole", AliasKind.HAND),
            alias("c", "b", AliasKind.LIKENESS),
            alias("d", "c", AliasKind.HAND),
            alias("e", "whole", AliasKind.LIKENESS));

    assertThat(PartKeys.of(aliases))
        .containsOnlyKeys(key("b"), key("c"), key("d"), key("e"))
        .containsEntry(key("b"), Set.of(key("b"), key("c"), key("d")))
        .containsEntry(key("c"), Set.of(key("c"), key("d")))
        .containsEntry(key("e"), Set.of(key("e")));
  }

  @Test
  void anOlderNameIsNoPartButGoesWithWhatItNamed() {
    List<ClusterAlias> aliases =
        List.of(
            alias("old", "whole", AliasKind.REGROUP),
            alias("b", "whole", AliasKind.HAND),
            alias("old-b", "b", AliasKind.REGROUP));

    assertThat(PartKeys.of(aliases))
        .containsOnlyKeys(key("b"))
        .containsEntry(key("b"), Set.of(key("b"), key("old-b")));
  }

  private static ClusterAlias alias(String key, String joined, AliasKind kind) {
    return new ClusterAlias(key(key), key(joined), kind, Instant.EPOCH, null, null, null);
  }

  private static ClusterKey key(String value) {
    return new ClusterKey(value);
  }
}
