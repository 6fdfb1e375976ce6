package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.signatures.Similarity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key that leads to a cluster.
 *
 * @param joined what it led to when the alias was made, if that has become part of the cluster
 *     since
 * @param by who said so; null for a machine
 * @param likeness how alike the two were, where that is the reason
 */
public record ClusterAlias(
    ClusterKey key,
    ClusterKey joined,
    AliasKind kind,
    Instant since,
    @Nullable String by,
    @Nullable String note,
    @Nullable Similarity likeness) {}
