package dev.retrospec.inspection;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.inspection.MergeView.Moved;
import dev.retrospec.issues.IssueQueries;
import dev.retrospec.issues.IssueView;
import dev.retrospec.issues.MergePreviews;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the page on which issues are merged. */
@ApplicationScoped
public class MergeInspection {

  /** The one that most sessions know, of equal ones the older. */
  private static final Comparator<IssueView> LARGEST =
      Comparator.comparingInt(IssueView::sessionCount)
          .thenComparing(IssueView::firstSeenAt, Comparator.reverseOrder());

  private final IssueQueries issues;
  private final MergePreviews previews;

  @Inject
  public MergeInspection(IssueQueries issues, MergePreviews previews) {
    this.issues = issues;
    this.previews = previews;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected MergeInspection() {
    this(null, null);
  }

  /**
   * @param keys what was chosen; keys of one issue count once
   * @param keeper which is to stay; null, or none of them: the largest
   * @param search key, address or words of another issue; null when none is looked for
   */
  public MergeView open(
      ProjectId project,
      List<ClusterKey> keys,
      @Nullable ClusterKey keeper,
      @Nullable String search) {
    Map<ClusterKey, IssueView> known = issues.find(project, keys);
    Map<ClusterKey, IssueView> chosen = new LinkedHashMap<>();
    List<Moved> moved = new ArrayList<>();
    List<ClusterKey> gone = new ArrayList<>();
    for (ClusterKey key : new LinkedHashSet<>(keys)) {
      IssueView issue = known.get(key);
      if (issue == null) {
        gone.add(key);
      } else {
        chosen.put(issue.key(), issue);
        if (!issue.key().equals(key)) {
          moved.add(new Moved(key, issue));
        }
      }
    }
    return new MergeView(
        List.copyOf(chosen.values()),
        keeper(chosen, keeper),
        chosen.size() < 2 ? null : previews.of(project, chosen.keySet()),
        moved,
        gone,
        search == null ? null : IssueSearch.find(issues, project, search, chosen.keySet()));
  }

  private static @Nullable ClusterKey keeper(
      Map<ClusterKey, IssueView> chosen, @Nullable ClusterKey wanted) {
    return wanted != null && chosen.containsKey(wanted)
        ? wanted
        : chosen.values().stream().max(LARGEST).map(IssueView::key).orElse(null);
  }
}
