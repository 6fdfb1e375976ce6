package dev.retrospec.inspection;

import dev.retrospec.ids.ClusterKey;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.issues.IssueFilter;
import dev.retrospec.issues.IssueQueries;
import dev.retrospec.issues.IssueView;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds issues by what somebody types or pastes: a key, the address of an issue's page, or words.
 */
final class IssueSearch {

  private static final int FOUND = 8;

  private static final Pattern ADDRESS = Pattern.compile(".*/admin/issues/([^/?#]+).*");

  private IssueSearch() {}

  /**
   * Those that were seen last, a handful.
   *
   * @param but what is not looked for
   */
  static List<IssueView> find(
      IssueQueries issues, ProjectId project, String text, Collection<ClusterKey> but) {
    Matcher address = ADDRESS.matcher(text);
    IssueFilter filter =
        new IssueFilter(
            IssueFilter.Tab.ALL,
            address.matches() ? address.group(1) : text,
            null,
            false,
            IssueFilter.Sort.LAST_SEEN,
            Math.min(FOUND + but.size(), IssueFilter.MAX_LIMIT),
            null);
    return issues.list(project, filter).items().stream()
        .filter(one -> !but.contains(one.key()))
        .limit(FOUND)
        .toList();
  }
}
