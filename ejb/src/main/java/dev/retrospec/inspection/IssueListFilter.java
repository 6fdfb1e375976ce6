package dev.retrospec.inspection;

import dev.retrospec.sessions.MarkerKind;
import org.jspecify.annotations.Nullable;

/**
 * Which issues of a project to list; null means any.
 *
 * @param text part of what the issue is called, where it happens, or who has it
 * @param page from 0; each page holds {@value #PAGE_SIZE}
 */
public record IssueListFilter(
    IssueTab tab, @Nullable MarkerKind kind, @Nullable String text, IssueOrder order, int page) {

  public static final int PAGE_SIZE = 50;

  /** Where everybody starts. */
  public static final IssueListFilter ACTIVE =
      new IssueListFilter(IssueTab.ACTIVE, null, null, IssueOrder.LAST_SEEN, 0);

  public IssueListFilter {
    if (page < 0) {
      throw new IllegalArgumentException("page must not be negative");
    }
  }

  /** Whether anything but the tab narrows the list. */
  public boolean isNarrowed() {
    return kind != null || text != null;
  }
}
