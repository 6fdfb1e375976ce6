package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import org.jspecify.annotations.Nullable;

/**
 * Somebody named another release for the fix of an issue that is resolved already. Said within the
 * transaction that stored it.
 *
 * @param inRelease the release that brings the fix
 */
public record FixReleaseChanged(ProjectId projectId, ClusterKey key, @Nullable String inRelease) {}
