package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody said of two keys; it holds for the clusters that they lead to.
 *
 * @param one the smaller of the keys
 */
public record ClusterConstraint(
    ClusterKey one,
    ClusterKey other,
    ConstraintKind kind,
    @Nullable String note,
    @Nullable String by,
    Instant since) {}
