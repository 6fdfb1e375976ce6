package dev.retrospec.inspection;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.issues.IssueView;
import dev.retrospec.issues.MergePreview;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody is about to merge.
 *
 * @param issues as they are now, in the order in which they were chosen
 * @param keeper the key of the one that would stay; null without issues
 * @param together what they would be; null with fewer than two issues
 * @param moved keys that were chosen and have become part of another issue meanwhile
 * @param gone keys of which the project has no issue
 * @param found other issues that the search finds; null when none is looked for
 */
public record MergeView(
    List<IssueView> issues,
    @Nullable ClusterKey keeper,
    @Nullable MergePreview together,
    List<Moved> moved,
    List<ClusterKey> gone,
    @Nullable List<IssueView> found) {

  /** A key that leads to an issue. */
  public record Moved(ClusterKey key, IssueView into) {}

  public MergeView {
    issues = List.copyOf(issues);
    moved = List.copyOf(moved);
    gone = List.copyOf(gone);
  }
}
