package dev.retrospec.issues;

import dev.retrospec.ids.ClusterKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an issue is made of, and what people said of it and others.
 *
 * @param parts that were joined to it, the latest first; older names of the same failure are none
 * @param ownMarkerCount occurrences that are of no part; 0 without parts
 * @param ownSessionCount sessions with such an occurrence
 * @param cut whether the issue has more occurrences than were looked at
 * @param said what stands, but for what brought a part here; the oldest first
 */
public record IssuePartsView(
    List<IssuePart> parts, long ownMarkerCount, int ownSessionCount, boolean cut, List<Said> said) {

  /**
   * @param other the key of which the constraint speaks beside the issue
   * @param issue what that leads to; null when it is no issue any more
   */
  public record Said(ClusterConstraint constraint, ClusterKey other, @Nullable IssueView issue) {}

  public IssuePartsView {
    parts = List.copyOf(parts);
    said = List.copyOf(said);
  }
}
