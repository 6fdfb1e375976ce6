package dev.retrospec.issues;

import java.util.List;

/**
 * What clusters would be together.
 *
 * @param sessionCount of all of them, each counted once
 * @param userCount distinct visitors of these
 * @param disputed what people said against it, the oldest first: that two of them are not one
 */
public record MergePreview(
    int sessionCount, int userCount, long markerCount, List<ClusterConstraint> disputed) {

  public MergePreview {
    disputed = List.copyOf(disputed);
  }
}
